import { completesAtMs, deliveredUg, wasted, type DoseTimeline } from '../../../shared/clinical/dosing.ts';
import type { DoseView, Mark } from '../../../shared/contract/room-board.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { mgGrowing } from '../../format/amounts.ts';
import { sessionText } from '../../text/session.ts';

const words = sessionText.correct.effect;

/** Where a mark stands in the arithmetic of the dose. */
type DosePart =
  { readonly kind: 'segment'; readonly index: number } | { readonly kind: 'bolus'; readonly index: number } | { readonly kind: 'end' };

/** A correction of one entry: the time it moves to, or null where it is undone. */
export interface DoseCorrection {
  readonly mark: Mark;
  readonly toMs: UtcMs | null;
}

/**
 * What a correction does to the dose, in sentences with amounts in mg, before it is confirmed; none for an entry
 * that is no part of the dose. Uses the arithmetic of the record (`clinical.md` §1.6). Where other entries stand on
 * this one it promises no figure: whether they still fit is for the room service to say.
 */
export function correctionEffect(
  dose: DoseView,
  marks: readonly Mark[],
  { mark, toMs }: DoseCorrection,
  nowMs: UtcMs,
  minute: (ms: UtcMs) => string,
): readonly string[] {
  if (mark.kind !== 'dose') return [];
  const part = partOf(dose, marks, mark);
  if (part === null) return [words.others];
  const isStart = part.kind === 'segment' && part.index === 0;
  if (isStart && toMs === null && dose.segments.length === 1 && dose.boluses.length === 0 && dose.endedMs === null) {
    return [words.notStarted(mgGrowing(deliveredUg(dose, nowMs)))];
  }
  const after = toMs === null ? without(dose, part) : moved(dose, part, mark.atMs, toMs);
  if (after === null) return [words.others];
  return [
    ...(isStart && toMs !== null ? [words.clock(minute(mark.atMs), minute(toMs))] : []),
    ...(part.kind === 'end' && toMs === null ? [words.open] : []),
    delivered(dose, after, nowMs),
    ...leftOver(dose, after),
    ...emptyAbout(dose, after, minute),
  ];
}

/** The part a mark stands for, by its time; null where two entries of the dose share that time. */
function partOf(dose: DoseView, marks: readonly Mark[], { atMs }: Mark): DosePart | null {
  if (marks.filter((other) => other.kind === 'dose' && other.atMs === atMs).length !== 1) return null;
  const segment = dose.segments.findIndex((candidate) => candidate.fromMs === atMs);
  if (segment !== -1) return { kind: 'segment', index: segment };
  const bolus = dose.boluses.findIndex((candidate) => candidate.atMs === atMs);
  if (bolus !== -1) return { kind: 'bolus', index: bolus };
  return dose.endedMs === atMs ? { kind: 'end' } : null;
}

/** The dose with one entry at another time; null where it would change places with a neighbour. */
function moved(dose: DoseView, part: DosePart, fromMs: UtcMs, toMs: UtcMs): DoseTimeline | null {
  const others = [...dose.segments.map((segment) => segment.fromMs), ...dose.boluses.map((bolus) => bolus.atMs), dose.endedMs];
  const [low, high] = [Math.min(fromMs, toMs), Math.max(fromMs, toMs)];
  if (others.some((atMs) => atMs !== null && atMs !== fromMs && atMs >= low && atMs <= high)) return null;
  switch (part.kind) {
    case 'segment':
      return { ...dose, segments: dose.segments.with(part.index, { ...segmentAt(dose, part.index), fromMs: toMs }) };
    case 'bolus':
      return { ...dose, boluses: dose.boluses.map((bolus, index) => (index === part.index ? { ...bolus, atMs: toMs } : bolus)) };
    case 'end':
      return { ...dose, endedMs: toMs };
  }
}

/** The dose without one entry; null where a later one needs it. */
function without(dose: DoseView, part: DosePart): DoseTimeline | null {
  switch (part.kind) {
    case 'bolus':
      return { ...dose, boluses: dose.boluses.toSpliced(part.index, 1) };
    case 'end':
      return { ...dose, endedMs: null };
    case 'segment': {
      if (part.index === 0) return null;
      // What follows a pause is its resume, and what follows a resume needs a running pump.
      const pauseOrResume = segmentAt(dose, part.index).rateUlPerHour === 0 || segmentAt(dose, part.index - 1).rateUlPerHour === 0;
      if (pauseOrResume && part.index < dose.segments.length - 1) return null;
      return { ...dose, segments: dose.segments.toSpliced(part.index, 1) };
    }
  }
}

function segmentAt(dose: DoseView, index: number): DoseView['segments'][number] {
  const segment = dose.segments[index];
  if (segment === undefined) throw new Error(`the dose has ${dose.segments.length} segments, not ${index + 1}`);
  return segment;
}

function delivered(before: DoseTimeline, after: DoseTimeline, nowMs: UtcMs): string {
  const [from, to] = [mgGrowing(deliveredUg(before, nowMs)), mgGrowing(deliveredUg(after, nowMs))];
  return from === to ? words.deliveredSame(to) : words.delivered(from, to);
}

function leftOver(before: DoseTimeline, after: DoseTimeline): readonly string[] {
  const [from, to] = [wasted(before), wasted(after)];
  if (from === null || to === null || mgGrowing(from.ug) === mgGrowing(to.ug)) return [];
  return [words.left(mgGrowing(from.ug), mgGrowing(to.ug))];
}

function emptyAbout(before: DoseTimeline, after: DoseTimeline, minute: (ms: UtcMs) => string): readonly string[] {
  if (after.endedMs !== null) return [];
  const [fromMs, toMs] = [before.endedMs === null ? completesAtMs(before) : null, completesAtMs(after)];
  if (toMs === null || fromMs === toMs) return [];
  return [fromMs === null ? words.endPlain(minute(toMs)) : words.end(minute(fromMs), minute(toMs))];
}
