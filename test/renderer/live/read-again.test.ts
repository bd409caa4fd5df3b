import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, test } from 'vitest';
import { createLiveStore } from '../../../renderer/live/live-store.ts';
import { readAgainOnReturn } from '../../../renderer/live/read-again.ts';
import { goldenBoard } from '../../fixtures/boards/golden-board.ts';

/** A page that shows one record; the contact is lost while it is read again after the signature. */
function page() {
  const store = createLiveStore();
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const room = { status: 'ended', answers: true };
  const record = new QueryObserver(queries, {
    queryKey: ['record', 's'],
    queryFn: () => (room.answers ? Promise.resolve(room.status) : Promise.reject(new Error('The room service has stopped.'))),
  });
  const shown: unknown[] = [];
  record.subscribe(({ data }) => shown.push(data));
  const hear = (number: number): void => void store.take({ kind: 'snapshot', number, board: goldenBoard({ state: 'finished' }) }, number);
  return { store, queries, room, record, hear, shown: () => shown.at(-1) };
}

describe('reads that failed', () => {
  test('READ-1 a record that could not be read again under the signature is read as soon as there is contact', async () => {
    const { store, queries, room, record, hear, shown } = page();
    const end = readAgainOnReturn(store, queries);
    hear(1);
    await expect.poll(shown).toBe('ended');
    // The PIN of the signature keeps the computer busy: the contact is given up, and the read under way with it.
    store.setLink({ state: 'lost', sinceMs: 0, why: 'Nothing heard from the room service.' });
    room.status = 'signed';
    room.answers = false;
    expect((await record.refetch()).isError).toBe(true);
    expect(shown()).toBe('ended');
    room.answers = true;
    hear(2);
    await expect.poll(shown).toBe('signed');
    end();
    record.destroy();
  });

  test('READ-1 as long as there is contact nothing is read again by the feed alone', async () => {
    const { store, queries, room, record, hear, shown } = page();
    const end = readAgainOnReturn(store, queries);
    hear(1);
    await expect.poll(shown).toBe('ended');
    room.status = 'signed';
    hear(2);
    await Promise.resolve();
    expect(queries.isFetching()).toBe(0);
    end();
    record.destroy();
  });
});
