import { useSyncExternalStore } from 'react';

export type Theme = 'night' | 'day';
const key = 'vigil.theme';
const subscribers = new Set<() => void>();

/** Night unless this workstation chose day. The root element is the one place where the theme stands. */
export function restoreTheme(): void {
  document.documentElement.dataset['theme'] = window.localStorage.getItem(key) === 'day' ? 'day' : 'night';
}

function currentTheme(): Theme {
  return document.documentElement.dataset['theme'] === 'day' ? 'day' : 'night';
}

function setTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  window.localStorage.setItem(key, theme);
  for (const task of subscribers) task();
}

function subscribe(task: () => void): () => void {
  subscribers.add(task);
  return () => subscribers.delete(task);
}

export function useTheme(): { readonly theme: Theme; readonly setTheme: (theme: Theme) => void } {
  return { theme: useSyncExternalStore(subscribe, currentTheme), setTheme };
}
