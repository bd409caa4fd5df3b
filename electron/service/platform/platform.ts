import type { Instant } from '../../../shared/values/instant.ts';
import type { BytePorts } from './byte-ports.ts';
import type { HashCost } from './slow-hash.ts';

/**
 * The world, as arguments. Everything in the room service that needs time, chance, a log or a port takes it
 * from here, so that a test or the demo can hand in another world (a seeded clinic day runs in seconds).
 */
export interface Platform {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly ports: BytePorts;
  /** Of every new hash of a PIN. */
  readonly hashCost: HashCost;
}

export type Cancel = () => void;

export interface Clock {
  /** Wall time. May step; never used for durations. */
  now(): Instant;
  /** Milliseconds, with a fraction, from an arbitrary start; never steps back. Names this boot's time line. */
  monoMs(): number;
  /**
   * Milliseconds since the computer was started, its sleep included; in whole seconds on some systems. Against
   * `monoMs` it says how long the computer slept. No setting of the clock moves it.
   */
  bootMs(): number;
  /** Calls `task` once after `ms` of this clock's time. */
  after(ms: number, task: () => void): Cancel;
  /** Calls `task` every `ms` of this clock's time, until cancelled. A late turn is not made up for. */
  every(ms: number, task: () => void): Cancel;
  /** How many of this clock's seconds pass in one real second: 1 outside the demo and simulations. */
  readonly rate: number;
}

export interface Ids {
  /** A time-ordered UUID (RFC 9562, version 7). */
  uuid(): string;
  randomBytes(count: number): Uint8Array;
}

/** Structured log. Fields are ids, counts, codes and durations; never a name, a note or any other patient text. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;
