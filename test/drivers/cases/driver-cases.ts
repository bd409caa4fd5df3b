import type { DriverMode } from '../../../electron/service/drivers/driver.ts';
import type { FrameScanner } from '../../../electron/service/drivers/framing.ts';
import type { PortSettings } from '../../../electron/service/platform/byte-ports.ts';

/** What one driver is held to: what its monitor's documents say, written once more by hand, and bytes of its monitor. */
export interface DriverCases {
  readonly mode: DriverMode;
  /** What differs from 9600 8N1. */
  readonly port: Partial<PortSettings>;
  /** A stream of this monitor is late and lost after so long (`docs/monitors`). */
  readonly limitsMs: readonly [late: number, lost: number];
  /** Its thermometer is a probe that is put away again. */
  readonly hasSpotThermometer?: true;
  /** Seconds between two values, and slower rhythms that its monitors are known to keep. */
  readonly rhythmsS: readonly [usual: number, ...slower: number[]];
  /** How soon there are values: after its port was opened, and after the monitor, its cable or another Vigil went in the middle of it. */
  readonly soonMs: readonly [first: number, again: number];
  readonly stream: UnitStream;
  /** Other forms of the same protocol, by their names. */
  readonly otherStreams?: Readonly<Record<string, UnitStream>>;
  /** The longest frame its decoder waits for, where it is longer than `waitMaxBytes`. */
  readonly frameMaxBytes?: number;
  /** Its frames are text without a checksum, in which a damaged byte costs the field it stands in and no other. */
  readonly readsAroundDamage?: true;
  /**
   * Where its sum of one byte is all there is: one damaged frame in 256 passes it. Wrong numbers per thousand values that were read, at most,
   * where 1, 10 and 50 of 1,000 bytes are damaged; nothing: none.
   */
  readonly passesSum?: readonly [at1: number, at10: number, at50: number];
  /** Where no checksum stands (`proof.check` is `text` or `none`): what a line that damages one of 100 bytes makes of it. */
  readonly noise?: NoisyLine;
  readonly bench: {
    createScanner(): FrameScanner;
    /** Whole frames, as dear as they come. */
    sample(): Uint8Array;
  };
}

/** What the damage matrix damages. A unit is what carries readings: a line, a packet of 25 frames, a reply. */
export interface UnitStream {
  /** With readings of their own, in order. */
  readonly units: readonly [before: Uint8Array, damaged: Uint8Array, after: Uint8Array, last: Uint8Array];
  /** The smallest piece that can be lost. */
  readonly frameBytes: number;
  /** Readings of the unit before that may go with a damaged one, where only what follows it proves that it was whole. */
  readonly readingsBefore?: number;
}

export interface NoisyLine {
  /** The unit at a place of the stream. */
  unit(index: number): Uint8Array;
  /** Every number that a unit states. */
  readonly truth: ReadonlySet<number>;
  /** Wrong numbers that were not marked, per thousand readings: at most this many where bits turn, and where bytes come and go. */
  readonly wrongMax: readonly [turned: number, moved: number];
}

/** What the units of a noisy line say in turn: values that a slip would not turn into one another. */
export const noisySpo2 = [97, 89, 100] as const;
export const noisyRates = [66, 102, 72] as const;

export function inTurn(values: readonly number[], index: number): number {
  return values[index % values.length] ?? 0;
}

export const everySecondMs = [2500, 5000] as const;
