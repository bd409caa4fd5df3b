import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readLogHead } from '../../electron/service/store/log-head.ts';
import { openTestRoom } from '../support/test-room.ts';

test('REC-24 without a monitor, too, the kept head has reached the last event within a second', async () => {
  const room = openTestRoom();
  try {
    room.openSession();
    await room.pass(1000);
    for (const text of ['one', 'two', 'three']) {
      room.execute({ type: 'record-observation', text, chips: [], begunAt: room.clock.now().utcMs });
    }
    const kept = () => readLogHead(join(room.folder, 'head'))?.seq;
    const { seq } = room.room.recorder.storage.store.events.head;
    // As after a kill in the middle of a burst.
    expect(kept()).toBeLessThan(seq);
    await room.pass(1000);
    expect(kept()).toBe(seq);
  } finally {
    await room.close();
  }
});
