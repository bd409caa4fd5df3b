import type { Instant } from '../../../shared/values/instant.ts';
import type { Clock } from './platform.ts';

/**
 * The room's clock. Between sessions it is the computer's. While a session is held it goes on by the time that
 * passes alone: somebody who sets the computer's clock, or a time service that does, moves neither dose nor due time.
 * Time that the computer slept has passed: the pump ran on.
 */
export interface SteadyClock extends Clock {
  /**
   * A session runs from here on. `offsetMin`: of the zone in which it began, and in which its times are written;
   * `aheadMs`: how far the computer's clock is ahead of that session's already; `unsaidMs`: how much of that has not
   * been said.
   */
  hold(offsetMin: number, aheadMs: number, unsaidMs?: number): void;
  /** No session runs: the computer's clock is followed again. */
  follow(): void;
  /** How far the computer's clock is ahead of this one. */
  readonly aheadMs: number;
  /** Minutes east of UTC as the computer writes times now: another than this clock's after a change to or from summer time. */
  readonly computerOffsetMin: number;
  /** By how much the computer's clock was set and nobody has said it yet; null where that is nothing to speak of. */
  unsaidStepMs(): number | null;
  stepSaid(): void;
}

/** If the clock moved this far against the time that passed, it was set, and the record says so. */
const stepMsMin = 5000;
/** Less than this between the clocks is rounding and drift: not worth asking whether the computer slept. */
const offMsMin = 1000;
/** How far the count of time since the start of the computer, in whole seconds on some systems, may be off. */
const bootMsOff = 1500;

/** `base` is the computer's clock. */
export function createSteadyClock(base: Clock): SteadyClock {
  return new AnchoredClock(base);
}

class AnchoredClock implements SteadyClock {
  readonly #base: Clock;
  /** The zone of the session that runs; null between sessions. */
  #heldOffsetMin: number | null = null;
  /** The computer's clock is ahead of this one by so much, as far as is known. */
  #aheadMs = 0;
  #unsaidMs = 0;
  #anchor: { readonly utcMs: number; readonly monoMs: number; readonly bootMs: number };

  constructor(base: Clock) {
    this.#base = base;
    this.#anchor = this.#here(base.now().utcMs);
  }

  now(): Instant {
    const wall = this.#base.now();
    this.#look(wall.utcMs);
    const offsetMin = this.#heldOffsetMin;
    return offsetMin === null ? wall : { utcMs: Math.floor(this.#steadyMs()), offsetMin };
  }

  /** A demo plays its days in seconds and then goes on as a room does. */
  get rate(): number {
    return this.#base.rate;
  }

  monoMs(): number {
    return this.#base.monoMs();
  }

  bootMs(): number {
    return this.#base.bootMs();
  }

  after(...of: Parameters<Clock['after']>): ReturnType<Clock['after']> {
    return this.#base.after(...of);
  }

  every(...of: Parameters<Clock['every']>): ReturnType<Clock['every']> {
    return this.#base.every(...of);
  }

  get aheadMs(): number {
    return this.#aheadMs;
  }

  get computerOffsetMin(): number {
    return this.#base.now().offsetMin;
  }

  hold(offsetMin: number, aheadMs: number, unsaidMs = 0): void {
    this.#heldOffsetMin = offsetMin;
    this.#begin(aheadMs);
    this.#unsaidMs += unsaidMs;
  }

  follow(): void {
    this.#heldOffsetMin = null;
    this.#begin(0);
  }

  unsaidStepMs(): number | null {
    this.#look(this.#base.now().utcMs);
    // Small differences are followed where the computer's clock is, so that they never add up to a step.
    if (this.#heldOffsetMin === null) this.#begin(0);
    return Math.abs(this.#unsaidMs) < stepMsMin ? null : Math.round(this.#unsaidMs);
  }

  stepSaid(): void {
    this.#unsaidMs = 0;
  }

  #begin(aheadMs: number): void {
    const wallMs = this.#base.now().utcMs;
    this.#look(wallMs);
    this.#aheadMs = aheadMs;
    this.#anchor = this.#here(wallMs - aheadMs);
  }

  /** Compares the computer's clock with the time that has passed, and finds out what moved it. */
  #look(wallMs: number): void {
    const offMs = wallMs - this.#aheadMs - this.#steadyMs();
    if (Math.abs(offMs) < offMsMin) return;
    const sleptMs = this.#sleptMs(offMs);
    if (sleptMs > 0) this.#anchor = this.#here(this.#steadyMs() + sleptMs);
    this.#aheadMs += offMs - sleptMs;
    this.#unsaidMs += offMs - sleptMs;
  }

  /** For how long the computer slept since it was last asked; to the millisecond where the clock says the same. */
  #sleptMs(offMs: number): number {
    const { monoMs, bootMs } = this.#anchor;
    const sleptMs = this.#base.bootMs() - bootMs - (this.#base.monoMs() - monoMs);
    if (sleptMs < bootMsOff) return 0;
    return Math.abs(offMs - sleptMs) <= bootMsOff ? offMs : sleptMs;
  }

  #steadyMs(): number {
    return this.#anchor.utcMs + this.#base.monoMs() - this.#anchor.monoMs;
  }

  #here(utcMs: number): { readonly utcMs: number; readonly monoMs: number; readonly bootMs: number } {
    return { utcMs, monoMs: this.#base.monoMs(), bootMs: this.#base.bootMs() };
  }
}
