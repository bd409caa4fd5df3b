import { joinBytes } from './line-faults.ts';
import type { Scenario } from './scenario.ts';

/** A monitor that speaks its protocol's real bytes. No I/O and no clock: the caller says what time it is, and it never goes back. */
export interface SimulatedMonitor {
  /** The bytes that became due since the last call, at scenario time `tMs`. After a long pause only the latest are sent. */
  advance(tMs: number): Uint8Array;
  /** What a polled monitor answers to bytes from the host; null where it says nothing. */
  receive(bytes: Uint8Array): Uint8Array | null;
}

/** How far back a monitor that was not asked for long still sends: a real one does not save its bytes up either. */
export const backlogMs = 10_000;

interface Sending {
  /** Milliseconds of the scenario. */
  readonly everyMs: number;
  /** What is sent at a due time; asked once for each, in their order. */
  readonly sentAt: (dueMs: number) => Uint8Array;
  readonly backlogMs?: number;
}

/** A monitor that sends by itself at each whole multiple of `everyMs`, and answers nothing. */
export function createSendingMonitor({ startMs }: Scenario, { everyMs, sentAt, backlogMs: keptMs = backlogMs }: Sending): SimulatedMonitor {
  let lastMs = startMs - 1;
  return {
    advance(tMs) {
      const sent: Uint8Array[] = [];
      const fromMs = Math.max(lastMs, tMs - keptMs);
      for (let dueMs = (Math.floor(fromMs / everyMs) + 1) * everyMs; dueMs <= tMs; dueMs += everyMs) sent.push(sentAt(dueMs));
      lastMs = Math.max(lastMs, tMs);
      return joinBytes(sent);
    },
    receive: () => null,
  };
}
