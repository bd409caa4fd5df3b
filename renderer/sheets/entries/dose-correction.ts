import { completesAtMs, deliveredUg, wasted, type DoseTimeline } from '../../../shared/clinical/dosing.ts';
import type { DoseView } from '../../../shared/contract/session-view/dose.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { mgGrowing } from '../../format/amounts.ts';
import { sessionText } from '../../text/session.ts';

const words = sessionText.correct.effect;

/**
 * What a correction does to the dose, in sentences with amounts in mg, before it is confirmed: how it stands now
 * beside how the room service says that it would stand. Nothing is worked out here that the record would not show.
 */
export function correctionEffect(before: DoseView, after: DoseView, nowMs: UtcMs, minute: (ms: UtcMs) => string): readonly string[] {
  if (before.startedMs !== null && after.startedMs === null) return [words.notStarted(mgGrowing(deliveredUg(before, nowMs)))];
  const isMoved = before.startedMs !== null && after.startedMs !== null && before.startedMs !== after.startedMs;
  return [
    ...(isMoved ? [words.clock(minute(before.startedMs ?? 0), minute(after.startedMs ?? 0))] : []),
    ...(before.endedMs !== null && after.endedMs === null ? [words.open] : []),
    delivered(before, after, nowMs),
    ...leftOver(before, after),
    ...emptyAbout(before, after, minute),
  ];
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
