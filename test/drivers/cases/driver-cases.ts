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

export const everySecondMs = [2500, 5000] as const;
