import type { MetricId } from '../../../shared/clinical/metric.ts';
import type { Decoder, DriverMode } from '../../../electron/service/drivers/driver.ts';
import type { FrameScanner } from '../../../electron/service/drivers/framing.ts';
import type { PortSettings } from '../../../electron/service/platform/byte-ports.ts';

/** What one driver is held to: what its monitor's documents say, written once more by hand, and bytes of its monitor. */
export type DriverCases = CasesOfAny &
  ({ readonly mode: 'stream'; readonly asked?: never } | { readonly mode: Exclude<DriverMode, 'stream'>; readonly asked: AskedCases });

interface CasesOfAny {
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
   * Numbers in a thousand that are wrong where one byte in a hundred is damaged, at most; left out: none. Where nothing checks a frame, those
   * of a tile that bear no mark.
   */
  readonly wrongMax?: { readonly bitsTurned: number; readonly bytesMoved: number };
  /** Its decoder without the check that its driver claims (`crc`, `sum`): what the check is good for. */
  withoutCheck?(): Decoder;
  readonly bench: {
    createScanner(): FrameScanner;
    /** Whole frames, as dear as they come. */
    sample(): Uint8Array;
  };
}

/** What Vigil says to a monitor that has to be asked, by names in the terms of its protocol. */
export interface AskedCases {
  /** `unknown …` for what may not leave. Behind a name there may be a level or the like. */
  nameOf(bytes: Uint8Array): string;
  /** The first words to a monitor that answers at once, in order. */
  readonly opening: readonly string[];
  /** Behind them, over an hour: nothing else, and no longer between two (null: it is left alone). */
  readonly upkeep: readonly string[];
  readonly upkeepGapMs: number | null;
  /** The first words to a monitor that never answers, with their times. */
  readonly unanswered: readonly (readonly [atMs: number, what: string])[];
  /** Every name that may leave before the last word. */
  readonly words: readonly string[];
  /** null: none. */
  readonly lastWord: { readonly toOneThatAnswers: string | null; readonly toOneThatNeverDid: string | null };
  /** What each turn of it states: how soon, and how long at most between two. */
  readonly turn: { readonly metric: MetricId; readonly firstMs: number; readonly gapMs: number };
  /** Values are back so soon after the monitor or its cable was gone. */
  readonly backMs: number;
  /** A Vigil that was started anew has values of a monitor that still sends so soon. */
  readonly takenOverMs: number;
  /** What its monitor may say, beside the units of its stream. */
  readonly hears: readonly Uint8Array[];
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
