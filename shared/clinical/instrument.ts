import type { InstrumentId } from './instrument-id.ts';

/** The rows of ratings on a time axis. */
export const ratingRows = ['cadss', 'sedation', 'suds'] as const;
export type RatingRow = (typeof ratingRows)[number];

/**
 * A rating instrument as structure: item numbers, ranges, subscales, bands. The wording of a licensed instrument
 * is not ours to ship; a clinic loads it as a text pack (`docs/instruments.md`).
 */
export interface Instrument {
  readonly id: InstrumentId;
  /** Of this description. Goes with every rating, because two versions are never compared. */
  readonly version: string;
  readonly name: string;
  /** In a word or two, beside its name where a rating is chosen. */
  readonly rates: string;
  /** Where it is offered: while the drug acts, before going home, or as a form about days and weeks. */
  readonly group: 'acute' | 'recovery' | 'questionnaire';
  /** How it is drawn where ratings stand on a time axis. */
  readonly timeline: {
    /** Of what is rated again and again while the drug acts; null: its mark is named in a row that is quiet by then. */
    readonly row: RatingRow | null;
    readonly shortName: string;
    /** The total at which its gauge is empty: RASS runs from −5. */
    readonly gaugeFrom: number;
    /** Among what is due: something to look at, a line to read a number from, a list of items. */
    readonly symbol: 'eye' | 'gauge' | 'list';
  };
  /** Who gives the answers, where nothing else is said. */
  readonly mode: 'interviewer' | 'observer' | 'self';
  /**
   * Whose words the screen may show. `verbatim`: shipped as published. `own-words`: our paraphrase of the anchors.
   * `structure`: labels only, scores are valid when the authorised text was read.
   */
  readonly wording: 'verbatim' | 'own-words' | 'structure';
  /** What was published, for the record. */
  readonly source: string;
  /** Said once before the items: as published where the wording is verbatim, else how it is done, in our own words. null: nothing. */
  readonly stem: string | null;
  readonly items: readonly InstrumentItem[];
  /** Beside the total. */
  readonly subscales: readonly Subscale[];
  /**
   * `sum` of the items, the `single` answer itself (ordinal, never averaged), the sum of the `subscales` (whose
   * items are alternatives of one domain), or `none`: a triage is no number.
   */
  readonly total: 'sum' | 'single' | 'subscales' | 'none';
  /** Which way is more. MOAA/S falls as sedation deepens. */
  readonly direction: 'higher-is-more' | 'lower-is-more';
  /** Where the retrospective check lists a value for review. It never prompts. */
  readonly review: { readonly atOrAbove?: number; readonly atOrBelow?: number } | null;
  /** Words for a total, from the lowest: a band begins at `from` and ends below the next. Display only. */
  readonly bands?: Bands;
  /** Answers that are shown at once whatever else is open: read from the raw item, never from a score. */
  readonly safety?: readonly { readonly item: number; readonly atOrAbove: number }[];
  /** Of each group one answer is enough; both may be given, and the unused one is not missing. */
  readonly alternatives?: readonly (readonly number[])[];
  /** How many items may be open before what is answered cannot be scored at all; null: it stays incomplete. */
  readonly openAtMost?: number;
  /** When a change of the total is called what. */
  readonly change?: ChangeRule;
}

export interface InstrumentItem {
  /** As printed on the form; CADSS-6 keeps the numbers of the full form. */
  readonly number: number;
  /** Our own neutral word or two; null where the item is the instrument. */
  readonly label: string | null;
  /** As published; only where the wording is verbatim. */
  readonly text?: string;
  readonly min: number;
  readonly max: number;
  /** Offered as buttons this far apart; any whole number in range is accepted. */
  readonly step: number;
  readonly anchors: readonly Anchor[];
  /** No clinical reviewer has compared it with the form; said wherever the item stands (`unconfirmed.ts`). */
  readonly unconfirmed?: true;
  /** Asked only while another item has this answer. */
  readonly askedWhen?: { readonly item: number; readonly value: number };
}

export interface Anchor {
  readonly value: number;
  readonly text: string;
}

export interface Subscale {
  readonly key: string;
  readonly label: string;
  readonly items: readonly number[];
  /** The highest of its items, where they describe one thing in several ways; otherwise their sum. */
  readonly how?: 'max';
}

export interface Bands {
  readonly version: string;
  readonly rows: readonly { readonly from: number; readonly text: string }[];
}

export interface ChangeRule {
  /** A fall of at least this share of the baseline is a response. */
  readonly responsePercent?: number;
  readonly remissionAtOrBelow?: number;
  /** Points of change that are more than chance, and that a patient notices. */
  readonly reliablePoints?: number;
  readonly meaningfulPoints?: number;
  /** Whose figures these are, and of which year, where they are disputed. */
  readonly source?: string;
}

/** Largest and smallest possible total. */
export function totalRange(instrument: Instrument): { readonly min: number; readonly max: number } {
  if (instrument.total === 'subscales') {
    const { items } = instrument;
    const top = (numbers: readonly number[]) => Math.max(...items.filter((item) => numbers.includes(item.number)).map((item) => item.max));
    return { min: 0, max: instrument.subscales.reduce((sum, subscale) => sum + top(subscale.items), 0) };
  }
  return instrument.items.reduce((range, item) => ({ min: range.min + item.min, max: range.max + item.max }), { min: 0, max: 0 });
}

/** How far a gauge is filled for a total: its share of the scale's own range, 0 … 1. */
export function gaugeShare(instrument: Instrument, total: number): number {
  const { gaugeFrom } = instrument.timeline;
  return Math.min(1, Math.max(0, (total - gaugeFrom) / (totalRange(instrument).max - gaugeFrom)));
}

/** Why a value cannot stand for an item, or null when it can. Never clamped: `item 1 out of range 0..4`. */
export function itemProblem(instrument: Instrument, number: number, value: number): string | null {
  const item = instrument.items.find((candidate) => candidate.number === number);
  if (item === undefined) return `item ${number} is not part of ${instrument.name}`;
  if (!Number.isInteger(value)) return `item ${number} is not a whole number`;
  if (value < item.min || value > item.max) return `item ${number} out of range ${item.min}..${item.max}`;
  return null;
}

/** Whether an item is asked, given the answers so far. An item that hangs on an open one is not asked yet. */
export function isAsked(instrument: Instrument, number: number, answerTo: (number: number) => number | null): boolean {
  const condition = instrument.items.find((candidate) => candidate.number === number)?.askedWhen;
  return condition === undefined || answerTo(condition.item) === condition.value;
}
