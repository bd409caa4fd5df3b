import { useSyncExternalStore } from 'react';
import { addressOf, placeAt, type Place } from '../navigation.ts';

function subscribe(task: () => void): () => void {
  window.addEventListener('hashchange', task);
  return () => window.removeEventListener('hashchange', task);
}

/** The place of the page's address, and the way to another. */
export function useAddress(): { readonly place: Place | null; readonly go: (place: Place) => void } {
  const address = useSyncExternalStore(subscribe, () => window.location.hash);
  return { place: placeAt(address), go };
}

function go(place: Place): void {
  window.location.hash = addressOf(place);
}
