import type { ArtefactMetric } from '../../../shared/clinical/artefact.ts';
import type { CuffReading } from '../../../shared/clinical/measured-vitals.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { reasonProblem } from '../../components/fields/typed-reason.ts';
import { parseTimeOfDay, type RoomInstant } from '../../format/time-of-day.ts';
import { artefactText } from '../../text/artefact.ts';

/** As chosen and typed. */
export interface ArtefactDraft {
  readonly metric: ArtefactMetric;
  /** Which determination, of a pressure. */
  readonly pressureMs: UtcMs | null;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}
export const emptyArtefact: ArtefactDraft = { metric: 'nibp', pressureMs: null, from: '', to: '', reason: '' };

/** More would not be told apart at a glance. */
const pressuresMax = 9;

/** Of the monitor, newest first, and not marked already. */
export function openPressures({ cuffReadings }: Pick<SessionView, 'cuffReadings'>): readonly CuffReading[] {
  return cuffReadings
    .filter(({ byHand, artefact }) => !byHand && artefact !== true)
    .toReversed()
    .slice(0, pressuresMax);
}

type ArtefactRequest = { readonly ok: true; readonly command: SessionCommandInput } | { readonly ok: false; readonly waitsFor: string };

/** A time that was typed to the minute means all of that minute. */
export function artefactRequest({ metric, pressureMs, from, to, reason }: ArtefactDraft, now: RoomInstant): ArtefactRequest {
  if (reasonProblem(reason) !== undefined) return { ok: false, waitsFor: artefactText.waits.words };
  const why = reason.trim() === '' ? {} : { reason: reason.trim() };
  if (metric === 'nibp') {
    if (pressureMs === null) return { ok: false, waitsFor: artefactText.waits.pressure };
    return { ok: true, command: { type: 'mark-artefact', metric, fromMs: pressureMs, ...why } };
  }
  const [begin, end] = [parseTimeOfDay(from, now), parseTimeOfDay(to.trim() === '' ? from : to, now)];
  if (!begin.ok || !end.ok) return { ok: false, waitsFor: artefactText.waits.times };
  const isToTheSecond = /\d[:.]\d{2}[:.]\d{2}/.test(to.trim() === '' ? from : to);
  const toMs = Math.min(now.utcMs, isToTheSecond ? end.utcMs : end.utcMs + 59_999);
  if (toMs < begin.utcMs) return { ok: false, waitsFor: artefactText.waits.order };
  return { ok: true, command: { type: 'mark-artefact', metric, fromMs: begin.utcMs, toMs, ...why } };
}
