import type { DemoRoom } from '../../electron/service/demo/demo-room.ts';
import type { ManualClock } from '../support/manual-clock.ts';

/** More than the demo ever needs: half of it is the key of the private notes, which takes real time. */
const secondsMax = 60;

/** Lets the demo catch up with the clock that it takes for the real one. */
export async function playIntoPresent(demo: DemoRoom, clock: ManualClock): Promise<void> {
  const untilMs = performance.now() + secondsMax * 1000;
  while (demo.room.clock.rate !== 1 && performance.now() < untilMs) {
    const before = demo.room.clock.monoMs();
    await clock.pass(100);
    if (demo.room.clock.monoMs() === before) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
