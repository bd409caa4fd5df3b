import type { DemoRoom } from '../../electron/service/demo/demo-room.ts';
import type { ManualClock } from '../support/manual-clock.ts';

/** Lets the demo catch up with the clock that it takes for the real one. It waits for real time as well: the key of the private notes takes some. */
export async function playIntoPresent(demo: DemoRoom, clock: ManualClock): Promise<void> {
  while (demo.room.clock.rate !== 1) {
    const before = demo.room.clock.monoMs();
    await clock.pass(100);
    if (demo.room.clock.monoMs() === before) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
