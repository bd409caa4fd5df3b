import { useSyncExternalStore } from 'react';

const key = 'vigil.waves';
const subscribers = new Set<() => void>();

function isShown(): boolean {
  return window.localStorage.getItem(key) !== 'hidden';
}

function setShown(shown: boolean): void {
  window.localStorage.setItem(key, shown ? 'shown' : 'hidden');
  for (const task of subscribers) task();
}

function subscribe(task: () => void): () => void {
  subscribers.add(task);
  return () => subscribers.delete(task);
}

/** Whether this workstation shows waveforms while a session runs. They are recorded either way. */
export function useWavesShown(): { readonly shown: boolean; readonly setShown: (shown: boolean) => void } {
  return { shown: useSyncExternalStore(subscribe, isShown), setShown };
}
