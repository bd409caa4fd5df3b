/** A monitor that speaks its protocol's real bytes. No I/O and no clock: the caller says what time it is, and it never goes back. */
export interface SimulatedMonitor {
  /** The bytes that became due since the last call, at scenario time `tMs`. After a long pause only the latest are sent. */
  advance(tMs: number): Uint8Array;
  /** What a polled monitor answers to bytes from the host; null where it says nothing. */
  receive(bytes: Uint8Array): Uint8Array | null;
}

/** How far back a monitor that was not asked for long still sends: a real one does not save its bytes up either. */
export const backlogMs = 10_000;
