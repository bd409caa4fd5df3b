import { hasWords } from '../../../shared/contract/doubt.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { timeFieldText } from '../../text/time-field.ts';
import { parseTimeOfDay, type RoomInstant } from '../../format/time-of-day.ts';

/** As typed. `typed` null is "now": the moment the sheet was opened, where it says so, else that of the tap. */
export interface ClinicalTimeDraft {
  readonly typed: string | null;
  readonly reason: string;
  readonly openedMs?: UtcMs;
}
export const nowDraft: ClinicalTimeDraft = { typed: null, reason: '' };

/** "Now" of an act that moves with every second: the moment at which its sheet was opened. */
export function openedDraft(openedMs: UtcMs): ClinicalTimeDraft {
  return { ...nowDraft, openedMs };
}

/** A later entry than this needs a reason (`docs/clinical-rules.md`). */
export const lateMs = 5 * 60_000;

export type ParsedClinicalTime =
  | { readonly ok: true; readonly at: { readonly utcMs: UtcMs; readonly reason?: string } | undefined }
  | { readonly ok: false; readonly problem: string };

/** The `at` of a command, or what has to be corrected first. */
export function clinicalTimeOf(draft: ClinicalTimeDraft, now: RoomInstant): ParsedClinicalTime {
  if (draft.typed === null) return sheetTime(draft, now);
  const parsed = parseTimeOfDay(draft.typed, now);
  if (!parsed.ok) return { ok: false, problem: parsed.why === 'not-yet' ? timeFieldText.notYet : timeFieldText.notATime[now.hours] };
  const reason = draft.reason.trim();
  if (isMissing(reason, now.utcMs - parsed.utcMs > lateMs)) return { ok: false, problem: timeFieldText.reasonMissing };
  return { ok: true, at: reason === '' ? { utcMs: parsed.utcMs } : { utcMs: parsed.utcMs, reason } };
}

/** If the sheet has been open for long, the entry is late, and the time of its opening needs a reason. */
function sheetTime({ openedMs, reason }: ClinicalTimeDraft, now: RoomInstant): ParsedClinicalTime {
  if (openedMs === undefined) return { ok: true, at: undefined };
  const said = reason.trim();
  if (isMissing(said, now.utcMs - openedMs > lateMs)) return { ok: false, problem: timeFieldText.openedLong };
  return { ok: true, at: said === '' ? { utcMs: openedMs } : { utcMs: openedMs, reason: said } };
}

/** It may be left out of an entry that is not late; what is typed has words in either. */
function isMissing(said: string, isLate: boolean): boolean {
  return !hasWords(said) && (isLate || said !== '');
}
