import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (task: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', task);
      return () => list.removeEventListener('change', task);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

/** The smaller of the two layouts; the same condition as in `styles/tokens.css`. */
export function useCompact(): boolean {
  return useMedia('(max-width: 1500px), (max-height: 1000px)');
}
