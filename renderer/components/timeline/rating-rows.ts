import type { DueItem } from '../../../shared/contract/session-view/plan.ts';
import type { RatingView } from '../../../shared/contract/session-view/ratings.ts';
import type { RatingRow } from '../../../shared/clinical/instrument.ts';
import type { InstrumentId } from '../../../shared/clinical/instrument-id.ts';
import { instruments } from '../../../shared/clinical/instruments/instrument-directory.ts';

/** The row of what is rated again and again while the drug acts; null for forms that are filled in once. */
export function rowOf(instrument: InstrumentId): RatingRow | null {
  return instruments[instrument].timeline.row;
}

/** Where its mark stands, and how it is named there: what has no row of its own is named in the one that is quiet by then. */
export function markPlace(instrument: InstrumentId): { readonly row: RatingRow; readonly name: string | null } {
  const { row, shortName } = instruments[instrument].timeline;
  return row === null ? { row: 'suds', name: shortName } : { row, name: null };
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
  readonly figure: 'right' | 'left' | null;
  readonly suffix: boolean;
  /** From the gauge to the figure. */
  readonly offsetPx: number;
}

/** Gauge to figure, and the least quiet before the next gauge. */
const figureOffsetPx = 6;
const quietPx = 6;

/** A diamond to its words. */
export const labelOffsetPx = 9;
const gaugeHalfPx = 4;

/** Whether the words beside a diamond would print over a gauge of its row, or over that gauge's figure. */
export function isClearOfMarks(
  slot: { readonly x: number; readonly row: RatingRow },
  labelPx: number,
  around: {
    readonly marks: readonly RatingMark[];
    readonly words: ReadonlyMap<string, RatingWords>;
    readonly widthOf: (words: string) => number;
  },
): boolean {
  const [from, to] = [slot.x + labelOffsetPx, slot.x + labelOffsetPx + labelPx];
  return around.marks
    .filter((mark) => mark.row === slot.row)
    .every((mark) => {
      const fit = around.words.get(mark.key);
      const figurePx = around.widthOf(fit?.suffix === true ? mark.figure + mark.suffix : mark.figure) + (fit?.offsetPx ?? 0);
      const left = mark.x - (fit?.figure === 'left' ? figurePx : gaugeHalfPx);
      const right = mark.x + (fit?.figure === 'right' ? figurePx : gaugeHalfPx);
      return to + quietPx <= left || from >= right + quietPx;
    });
}

/** From the middle of a diamond to where words are clear of it. */
const diamondPx = 8;

/**
 * Right of the gauge, with its suffix where there is room; left where the right side would reach a gauge, a figure or
 * the now line; else no figure. A diamond that stands where the figure would is stepped over. The newest has its figure
 * first. Two ratings of one moment share a gauge's place and never each other's words.
 */
export function ratingWords(
  marks: readonly RatingMark[],
  diamonds: Readonly<Record<RatingRow, readonly number[]>>,
  room: { readonly left: number; readonly right: number; readonly barrierX: number | null },
  widthOf: (words: string) => number,
): ReadonlyMap<string, RatingWords> {
  const words = new Map<string, RatingWords>();
  const taken: Record<RatingRow, Span[]> = { cadss: [], sedation: [], suds: [] };
  const gauges: Record<RatingRow, number[]> = { cadss: [], sedation: [], suds: [] };
  for (const { row, x } of marks) gauges[row].push(x);
  for (const mark of [...marks].sort((a, b) => b.x - a.x)) {
    const wishes = ([true, false] as const).map((suffix) => ({ suffix, px: widthOf(suffix ? mark.figure + mark.suffix : mark.figure) }));
    const isFree = ({ from, to }: Span): boolean =>
      from >= room.left &&
      to <= room.right &&
      (room.barrierX === null || room.barrierX <= mark.x || to <= room.barrierX) &&
      gauges[mark.row].every((x) => x === mark.x || to <= x - quietPx || from >= x + figureOffsetPx + quietPx) &&
      diamonds[mark.row].every((x) => to <= x - diamondPx || from >= x + diamondPx) &&
      taken[mark.row].every((other) => to + quietPx <= other.from || from >= other.to + quietPx);
    const over = diamonds[mark.row].filter((x) => Math.abs(x - mark.x) < diamondPx + figureOffsetPx);
    const rightPx = Math.max(figureOffsetPx, ...over.map((x) => x + diamondPx - mark.x));
    const leftPx = Math.max(figureOffsetPx, ...over.map((x) => mark.x - x + diamondPx));
    const places = [
      ...wishes.map(({ suffix, px }) => {
        return { figure: 'right', suffix, offsetPx: rightPx, span: { from: mark.x + rightPx, to: mark.x + rightPx + px } } as const;
      }),
      {
        figure: 'left',
        suffix: false,
        offsetPx: leftPx,
        span: { from: mark.x - leftPx - (wishes[1]?.px ?? 0), to: mark.x - leftPx },
      } as const,
    ];
    const found = places.find(({ span }) => isFree(span));
    if (found !== undefined) taken[mark.row].push(found.span);
    words.set(mark.key, { figure: found?.figure ?? null, suffix: found?.suffix ?? false, offsetPx: found?.offsetPx ?? figureOffsetPx });
  }
  return words;
}

/** Where words lie, from their left edge to their right. */
interface Span {
  readonly from: number;
  readonly to: number;
}

export function ratingFigure(rating: RatingView, notAssessable: string): { figure: string; suffix: string } {
  if (rating.state === 'not-assessable') return { figure: notAssessable, suffix: '' };
  if (rating.state === 'open' || rating.total === null) return { figure: `${rating.answered} of ${rating.of}`, suffix: '' };
  const twoForms = rowOf(rating.instrument) === 'cadss';
  const figure = rating.total < 0 ? `−${-rating.total}` : String(rating.total);
  return { figure, suffix: twoForms ? `/${rating.max}` : '' };
}

/** A slot that nobody has filled yet. */
export function isOpenSlot(item: DueItem): boolean {
  return item.state === 'waiting' || item.state === 'due' || item.state === 'past-due';
}
