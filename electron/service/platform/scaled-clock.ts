import type { Instant } from '../../../shared/values/instant.ts';
import type { Clock } from './platform.ts';

export interface ScaledClockOptions {
  /** The clock that is scaled. */
  readonly base: Clock;
  /** This clock's seconds per second of `base`. */
  readonly rate: number;
  /** What this clock says at first; the time of `base` when left out. */
  readonly start?: Instant;
}

/**
 * A clock that runs faster or slower than another one, for the demo. Its wall time is worked out from the
 * monotonic time of `base`, so that a stepping wall clock below does not make a demo jump.
 */
export function createScaledClock(options: ScaledClockOptions): Clock {
  const { base, rate } = options;
  if (!(Number.isFinite(rate) && rate > 0)) throw new RangeError(`the rate of a clock is a number above 0, not ${rate}`);
  const start = options.start ?? base.now();
  const baseStartMs = base.monoMs();
  const monoMs = (): number => (base.monoMs() - baseStartMs) * rate;
  return {
    rate: rate * base.rate,
    now: () => ({ utcMs: start.utcMs + Math.floor(monoMs()), offsetMin: start.offsetMin }),
    monoMs,
    // It does not see a sleep, and stands still meanwhile.
    bootMs: monoMs,
    after: (ms, task) => base.after(ms / rate, task),
    every: (ms, task) => base.every(ms / rate, task),
  };
}
