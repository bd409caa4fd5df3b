import { useSyncExternalStore } from 'react';
import { addressOf, routeOf, type Route } from '../navigation.ts';

function subscribe(task: () => void): () => void {
  window.addEventListener('hashchange', task);
  return () => window.removeEventListener('hashchange', task);
}

/** The route of the page's address, and the way to another. */
export function useRoute(): { readonly route: Route | null; readonly go: (route: Route) => void } {
  const address = useSyncExternalStore(subscribe, () => window.location.hash);
  return { route: routeOf(address), go };
}

function go(route: Route): void {
  window.location.hash = addressOf(route);
}
