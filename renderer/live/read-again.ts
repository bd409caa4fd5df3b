import type { QueryClient } from '@tanstack/react-query';
import type { LiveStore } from './live-store.ts';

/**
 * Reads everything that is on the screen again as soon as there is contact after a loss of it. A read that was under
 * way then has failed, and what it would have brought is not asked for by anything else: the record of a session that
 * was signed in that moment went on saying that it was not. Returns what ends it.
 */
export function readAgainOnReturn(store: LiveStore, queries: Pick<QueryClient, 'invalidateQueries'>): () => void {
  let wasLost = false;
  return store.subscribe(() => {
    const { state } = store.getState().link;
    if (state === 'lost' || state === 'refused') wasLost = true;
    if (state !== 'live' || !wasLost) return;
    wasLost = false;
    void queries.invalidateQueries();
  });
}
