import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { useRoom } from '../../../live/room-context.tsx';
import { seatOf } from '../../../live/seat-store.ts';
import { emptyInput, inputFromJson, isEmpty, type InputChange, type ObservationInput } from './observation-draft.ts';

interface Kept {
  readonly sessionId: string;
  readonly author: string | null;
  readonly input: ObservationInput;
}

/**
 * Has the service hold what an author has not recorded, so that a page that is loaded again has it; asked for once for
 * each author who comes in front. What could not be handed over stays in the page, and goes with the next change.
 */
export function useKeptInput({ sessionId, author, input }: Kept, change: (change: InputChange) => void): void {
  const { client } = useRoom();
  /** What the service holds of each author, as far as this page knows; an author who is not in it was not asked about. */
  const held = useRef(new Map<string, ObservationInput>());
  const latest = useRef({ author, input });
  const underway = useRef<Promise<void> | null>(null);

  const handOver = useCallback(async (): Promise<void> => {
    for (;;) {
      const { author: personId, input: now } = latest.current;
      if (personId === null || !held.current.has(personId) || held.current.get(personId) === now) return;
      await client.session.keepDraft({ sessionId, personId, draft: isEmpty(now) ? null : JSON.stringify(now) });
      held.current.set(personId, now);
    }
  }, [client, sessionId]);
  const keep = useCallback(
    (): Promise<void> =>
      (underway.current ??= handOver()
        .catch(() => undefined)
        .finally(() => (underway.current = null))),
    [handOver],
  );

  useEffect(() => {
    latest.current = { author, input };
    void keep();
  }, [author, input, keep]);
  useEffect(() => seatOf(client).beforeSignOut(keep), [client, keep]);

  const { data } = useQuery({
    queryKey: ['observation-draft', sessionId, author],
    queryFn: async () => ({ author, draft: author === null ? null : (await client.session.draft({ sessionId, personId: author })).draft }),
    enabled: author !== null,
    retry: false,
    gcTime: 0,
  });
  useEffect(() => {
    const owner = data?.author ?? null;
    // Read again after a loss of contact it is what this page handed over, or older.
    if (owner === null || owner !== author || held.current.has(owner)) return;
    held.current.set(owner, emptyInput);
    const found = inputFromJson(data?.draft ?? null);
    if (isEmpty(found)) void keep();
    else change({ type: 'came', input: found });
  }, [author, data, change, keep]);
}
