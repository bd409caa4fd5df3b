import { expect, it } from 'vitest';
import type { FeedReader } from '../../electron/service/projection/live-feed.ts';
import { createLiveStore, type LiveStore } from '../../renderer/live/live-store.ts';
import { readsRecords } from '../support/board-reader.ts';
import { openTestRoom, plugMonitorsIn, startDose } from '../support/test-room.ts';

/** Takes every message into a page's store, as they come. */
function follow(reader: FeedReader, store: LiveStore): void {
  void reader.next().then((message) => {
    if (message === null) return;
    expect(store.take(structuredClone(message), 0)).toBe(true);
    reader.acknowledge(message.number);
    follow(reader, store);
  });
}

it('FEED-14 a page that is told of changes only shows at every step of a session what a new page is shown', async () => {
  const test = openTestRoom();
  try {
    const { feed } = test.room;
    const store = createLiveStore();
    follow(feed.open(readsRecords), store);
    const steps: readonly (() => unknown)[] = [
      () => undefined,
      () => test.openSession(),
      () => startDose(test),
      () => test.execute({ type: 'record-observation', text: 'calm', chips: [], begunAt: test.clock.now().utcMs }),
      () => test.execute({ type: 'enter-vitals', values: { 'nibp-sys': 124, 'nibp-dia': 78 } }),
      () => test.pass(11_000),
      () => test.execute({ type: 'pause-dose', reason: 'patient-anxious' }),
      () => test.pass(20 * 60_000),
      () => plugMonitorsIn(test),
      () => test.pass(11 * 60_000),
    ];
    for (const step of steps) {
      await step();
      // With time enough for a message to go at once, so that both are drawn at the same instant.
      await test.pass(2000);
      feed.changed('session');
      await test.pass(0);
      const { session } = test.room.recorder;
      const drawn = session === null ? null : test.room.records.record(session.sessionId).session;
      // Of a record nothing is offered by the state of a link, which is all that `actions` may differ in.
      expect(store.getState().board?.session).toEqual(drawn === null ? null : { ...drawn, actions: expect.anything() as unknown });
    }
    expect(store.getState().board?.session?.cuffReadings.length).toBeGreaterThan(3);
  } finally {
    await test.close();
  }
});
