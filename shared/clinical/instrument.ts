import type { InstrumentId } from './instrument-id.ts';

/**
 * A rating instrument as structure: item numbers, ranges, subscales. The wording of a licensed instrument is not
 * ours to ship; a clinic loads it as a text pack (handbook `clinical.md` §2.1).
 */
export interface Instrument {
  readonly id: InstrumentId;
  /** Of this description. Goes with every rating, because two versions are never compared. */
  readonly version: string;
  readonly name: string;
  /**
   * Whose words the screen may show. `verbatim`: generic method, nobody's wording. `own-words`: our paraphrase of
   * the anchors. `structure`: labels only, scores are valid when the authorised text was read.
   */
  readonly wording: 'verbatim' | 'own-words' | 'structure';
  /** What was published, for the record. */
  readonly source: string;
  readonly items: readonly InstrumentItem[];
  /** Sums over item numbers, beside the total. */
  readonly subscales: readonly Subscale[];
  /** Whether the total is a sum, or the one answer itself (ordinal, never averaged). */
  readonly total: 'sum' | 'single';
  /** Which way is more. MOAA/S falls as sedation deepens. */
  readonly direction: 'higher-is-more' | 'lower-is-more';
  /** Where the retrospective check lists a value for review. It never prompts. */
  readonly review: { readonly atOrAbove?: number; readonly atOrBelow?: number } | null;
}

export interface InstrumentItem {
  /** As printed on the form; CADSS-6 keeps the numbers of the full form. */
  readonly number: number;
  /** Our own neutral word or two; null where the item is the instrument. */
  readonly label: string | null;
  readonly min: number;
  readonly max: number;
  /** Offered as buttons this far apart; any whole number in range is accepted. */
  readonly step: number;
  readonly anchors: readonly { readonly value: number; readonly text: string }[];
}

export interface Subscale {
  readonly key: string;
  readonly label: string;
  readonly items: readonly number[];
}

/** Largest and smallest possible total. */
export function totalRange(instrument: Instrument): { readonly min: number; readonly max: number } {
  return instrument.items.reduce((range, item) => ({ min: range.min + item.min, max: range.max + item.max }), { min: 0, max: 0 });
}

/** Why a value cannot stand for an item, or null when it can. Never clamped: `item 1 out of range 0..4`. */
export function itemProblem(instrument: Instrument, number: number, value: number): string | null {
  const item = instrument.items.find((candidate) => candidate.number === number);
  if (item === undefined) return `item ${number} is not part of ${instrument.name}`;
  if (!Number.isInteger(value)) return `item ${number} is not a whole number`;
  if (value < item.min || value > item.max) return `item ${number} out of range ${item.min}..${item.max}`;
  return null;
}
