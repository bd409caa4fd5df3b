import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { useRoom } from '../../../live/room-context.tsx';
import { seatOf } from '../../../live/seat-store.ts';
import { emptyInput, inputFromJson, isEmpty, type InputChange, type ObservationInput } from './observation-draft.ts';

interface Kept {
  readonly sessionId: string;
  readonly author: string | null;
  readonly input: ObservationInput;
  /** As in `ObservationInputs`. */
  readonly held: Map<string, ObservationInput>;
}

/**
 * Has the service hold what an author has not recorded, so that a page that is loaded again has it; asked for once for
 * each author who comes in front. What could not be handed over stays in the page, and goes with the next change.
 */
export function useKeptInput({ sessionId, author, input, held }: Kept, change: (change: InputChange) => void): void {
  const { client } = useRoom();
  const latest = useRef({ author, input });
  const underway = useRef<Promise<void> | null>(null);

  const handOver = useCallback(async (): Promise<void> => {
    for (;;) {
      const { author: personId, input: now } = latest.current;
      if (personId === null || !held.has(personId) || held.get(personId) === now) return;
      await client.session.keepDraft({ sessionId, personId, draft: isEmpty(now) ? null : JSON.stringify(now) });
      held.set(personId, now);
    }
  }, [client, sessionId, held]);
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
    if (owner === null || owner !== author) return;
    const isFirst = !held.has(owner);
    held.set(owner, emptyInput);
    const found = inputFromJson(data?.draft ?? null);
    // Read again after a loss of contact it is what this page handed over, or nothing where the service was started again.
    if (!isFirst || isEmpty(found)) void keep();
    else change({ type: 'came', input: found });
  }, [author, data, held, change, keep]);
}
