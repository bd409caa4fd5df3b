import type { DueItem, RatingView } from '../../../shared/contract/room-board.ts';
import type { InRoomInstrument } from '../../../shared/contract/session-commands.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';

export const ratingRows = ['cadss', 'sedation', 'suds'] as const;
export type RatingRow = (typeof ratingRows)[number];

export function rowOf(instrument: InRoomInstrument): RatingRow {
  switch (instrument) {
    case 'cadss-23':
    case 'cadss-6':
      return 'cadss';
    case 'moaa-s':
    case 'rass':
      return 'sedation';
    case 'suds':
      return 'suds';
    default:
      return assertNever(instrument);
  }
}

/** Share of that scale's own range, 0 … 1; the two CADSS forms and the two sedation scales each have their own. */
export function gaugeShare(instrument: InRoomInstrument, total: number, max: number): number {
  // RASS runs from −5 to +4.
  const share = instrument === 'rass' ? (total + 5) / 9 : total / max;
  return Math.min(1, Math.max(0, share));
}

export interface RatingMark {
  readonly key: string;
  readonly row: RatingRow;
  readonly x: number;
  /** null: not assessable, or still open. */
  readonly share: number | null;
  readonly figure: string;
  /** `/24`, `/92`: only where two instruments share a row. */
  readonly suffix: string;
  readonly open: boolean;
}

/** What of a mark's words there is room for before the next mark in its row. */
export interface RatingWords {
  readonly figure: boolean;
  readonly suffix: boolean;
}

/** Gauge to figure, and the least quiet before the next gauge. */
export const figureOffsetPx = 6;
const quietPx = 6;

export function ratingWords(
  marks: readonly RatingMark[],
  occupied: Readonly<Record<RatingRow, readonly number[]>>,
  widthOf: (words: string) => number,
): ReadonlyMap<string, RatingWords> {
  const words = new Map<string, RatingWords>();
  for (const mark of marks) {
    const next = Math.min(Infinity, ...occupied[mark.row].filter((x) => x > mark.x));
    const roomPx = next - quietPx - (mark.x + figureOffsetPx);
    const figure = widthOf(mark.figure) <= roomPx;
    words.set(mark.key, { figure, suffix: figure && widthOf(mark.figure + mark.suffix) <= roomPx });
  }
  return words;
}

export function ratingFigure(rating: RatingView, notAssessable: string): { figure: string; suffix: string } {
  if (rating.state === 'not-assessable') return { figure: notAssessable, suffix: '' };
  if (rating.state === 'open' || rating.total === null) return { figure: `${rating.answered} of ${rating.of}`, suffix: '' };
  const twoForms = rating.instrument === 'cadss-23' || rating.instrument === 'cadss-6';
  const figure = rating.total < 0 ? `−${-rating.total}` : String(rating.total);
  return { figure, suffix: twoForms ? `/${rating.max}` : '' };
}

/** A slot that nobody has filled yet. */
export function isOpenSlot(item: DueItem): boolean {
  return item.state === 'waiting' || item.state === 'due' || item.state === 'past-due';
}
