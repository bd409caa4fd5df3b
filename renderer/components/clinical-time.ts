import type { UtcMs } from '../../shared/values/instant.ts';
import { timeFieldText } from '../text/time-field.ts';
import { parseTimeOfDay, type RoomInstant } from '../format/time-of-day.ts';

/** As typed. `typed` null is "now": the moment the service receives the tap. */
export interface ClinicalTimeDraft {
  readonly typed: string | null;
  readonly reason: string;
}
export const nowDraft: ClinicalTimeDraft = { typed: null, reason: '' };

/** A later entry than this needs a reason (handbook `clinical.md` §1.1). */
export const lateMs = 5 * 60_000;

export type ClinicalTime =
  | { readonly ok: true; readonly at: { readonly utcMs: UtcMs; readonly reason?: string } | undefined }
  | { readonly ok: false; readonly problem: string };

/** The `at` of a command, or what has to be corrected first. */
export function clinicalTimeOf(draft: ClinicalTimeDraft, now: RoomInstant): ClinicalTime {
  if (draft.typed === null) return { ok: true, at: undefined };
  const parsed = parseTimeOfDay(draft.typed, now);
  if (!parsed.ok) return { ok: false, problem: parsed.why === 'not-yet' ? timeFieldText.notYet : timeFieldText.notATime[now.hours] };
  const reason = draft.reason.trim();
  if (reason === '' && now.utcMs - parsed.utcMs > lateMs) return { ok: false, problem: timeFieldText.reasonMissing };
  return { ok: true, at: reason === '' ? { utcMs: parsed.utcMs } : { utcMs: parsed.utcMs, reason } };
}
