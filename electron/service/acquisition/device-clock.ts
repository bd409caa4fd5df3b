import { statedTimeMs } from '../../../shared/values/calendar.ts';
import type { Instant, UtcMs } from '../../../shared/values/instant.ts';

/** A monitor's clock jumped. */
export interface DeviceClockJump {
  /** Its time minus ours, as people read both, after the jump. */
  readonly offsetMs: number;
  readonly byMs: number;
}

export interface DeviceClockState {
  /** Its time minus ours, as people read both. */
  readonly offsetMs: number;
  /** As the monitor stated it. */
  readonly stated: string;
  readonly heardMs: UtcMs;
  readonly jumps: number;
  readonly lastJump: { readonly byMs: number; readonly atMs: UtcMs } | null;
}

/** A monitor's clock that is off by more than this is kept with a session. */
export const clockOffMs = 60_000;
/** Less than this may be a second rounded, a line delayed, a clock that drifts. */
export const jumpMs = 10_000;
/** A jump is reported after three stated times in a row, because one reading that arrived late looks like a jump, too. */
const timesForJump = 3;
const jumpsToldMax = 20;

/**
 * Compares the times that one monitor states with ours. Nothing is ordered or dated by them: they are kept beside
 * the time of receipt, and a person is told when they are off. A step of our own clock is no jump of the monitor's.
 */
export class DeviceClock {
  #state: DeviceClockState | null = null;
  #doubt: { offsetMs: number; times: number } | null = null;
  /** Our wall clock minus monotonic time, when the offset was last taken. */
  #ourWallMs = 0;
  #told = 0;

  get state(): DeviceClockState | null {
    return this.#state;
  }

  /** `stated`: ISO, with or without a zone. Any other text is ignored. */
  take(stated: string, received: Instant, monoMs: number): DeviceClockJump | null {
    const before = this.#state;
    if (before?.stated === stated) return null;
    const offsetMs = offsetOf(stated, received);
    if (offsetMs === null) return null;
    const ourWallMs = received.utcMs - monoMs;
    const ourStepMs = ourWallMs - this.#ourWallMs;
    this.#ourWallMs = ourWallMs;
    const heard = { stated, heardMs: received.utcMs };
    if (before === null) {
      this.#state = { ...heard, offsetMs, jumps: 0, lastJump: null };
      return null;
    }
    const expectedMs = before.offsetMs - (Math.abs(ourStepMs) > 1000 ? ourStepMs : 0);
    const byMs = offsetMs - expectedMs;
    if (Math.abs(byMs) < jumpMs) {
      this.#doubt = null;
      this.#state = { ...before, ...heard, offsetMs };
      return null;
    }
    const again = this.#doubt !== null && Math.abs(this.#doubt.offsetMs - offsetMs) < jumpMs;
    this.#doubt = { offsetMs, times: again ? (this.#doubt?.times ?? 0) + 1 : 1 };
    // Our own step moves what is expected of the next one, too.
    this.#state = { ...before, ...heard, offsetMs: expectedMs };
    if (this.#doubt.times < timesForJump) return null;
    this.#doubt = null;
    this.#state = { ...heard, offsetMs, jumps: before.jumps + 1, lastJump: { byMs, atMs: received.utcMs } };
    this.#told += 1;
    // A clock that jumps for ever is not told for ever.
    return this.#told > jumpsToldMax ? null : { offsetMs: Math.round(offsetMs), byMs: Math.round(byMs) };
  }
}

const isoTime = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,6})?(Z|[+-]\d\d:\d\d)?$/;

/** A time without a zone is taken as a wall clock in this room. */
function offsetOf(stated: string, received: Instant): number | null {
  const parts = isoTime.exec(stated);
  if (parts === null) return null;
  const zoned = parts[8] !== undefined;
  const statedMs = statedTimeMs(stated);
  if (statedMs === null) return null;
  return statedMs - received.utcMs - (zoned ? 0 : received.offsetMin * 60_000);
}
