import { hasWords } from '../../../shared/contract/doubt.ts';
import type { Mark } from '../../../shared/contract/session-view/entries.ts';
import type { SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import type { ClinicalTimeDraft } from '../../components/fields/clinical-time.ts';
import type { ClockTime } from '../../../shared/values/clock-time.ts';
import { parseTimeOfDay, type RoomInstant } from '../../format/time-of-day.ts';
import type { TemperatureUnit } from '../../../shared/values/quantity.ts';
import { sessionText } from '../../text/session.ts';
import { timeFieldText } from '../../text/time-field.ts';
import { whatRequest, type WhatDraft, type WhatRequest } from './correction-what.ts';
import { isolated } from '../../../shared/values/isolated.ts';

const words = sessionText.correct;

export const correctionActs = ['time', 'what', 'undo'] as const;
export type CorrectionAct = (typeof correctionActs)[number];

/** As typed. Each act keeps its own reason, so that trying the other one loses nothing. */
export interface CorrectionDraft {
  readonly act: CorrectionAct;
  readonly time: ClinicalTimeDraft;
  /** Where figures of the entry can be corrected. */
  readonly what?: WhatDraft;
  readonly whatReason?: string;
  readonly undoReason: string;
}

/** The figures of an entry as they stand now, which a correction is told from. */
export interface RecordedFigures {
  readonly what: WhatDraft;
  readonly temperature: TemperatureUnit;
}

export function emptyCorrection(mark: Mark | undefined, recorded: RecordedFigures | null = null): CorrectionDraft {
  const act = mark !== undefined && hasOwnTime(mark) ? 'time' : 'undo';
  const what = recorded === null ? {} : { what: recorded.what, whatReason: '' };
  return { act, time: { typed: '', reason: '' }, ...what, undoReason: '' };
}

/** What was said about the pump after a gap holds for the moment it was said. */
export function hasOwnTime(mark: Mark): boolean {
  return mark.kind !== 'pump-confirmed';
}

/** The time an entry would move to; null while none that differs from its own is typed. */
function correctedMs(draft: CorrectionDraft, mark: Mark, now: RoomInstant): UtcMs | null {
  const parsed = parseTimeOfDay(draft.time.typed ?? '', now);
  return parsed.ok && parsed.utcMs !== mark.atMs ? parsed.utcMs : null;
}

/** The same correction for a look ahead, before its reason is typed; null while no other time is. */
export function previewOf(
  draft: CorrectionDraft,
  mark: Mark,
  now: RoomInstant,
  recorded: RecordedFigures | null = null,
): SessionCommandInput | null {
  const { eventId } = mark;
  if (draft.act === 'undo') return { type: 'undo', eventId };
  if (draft.act === 'what') {
    const request = whatOf(draft, eventId, recorded);
    return request.ok ? request.command(sessionText.correct.preview) : null;
  }
  const utcMs = correctedMs(draft, mark, now);
  return utcMs === null ? null : { type: 'correct-time', eventId, utcMs, reason: sessionText.correct.preview };
}

export type Correction =
  | { readonly ok: true; readonly command: SessionCommandInput }
  /** What the button still waits for. */
  | { readonly ok: false; readonly waitsFor: string };

/** The command of a correction. After the ten seconds beside the button, an undo needs its reason like any correction. */
export function correctionOf(draft: CorrectionDraft, mark: Mark, now: RoomInstant, recorded: RecordedFigures | null = null): Correction {
  const { eventId } = mark;
  if (draft.act === 'undo') {
    const reason = draft.undoReason.trim();
    return hasWords(reason) ? { ok: true, command: { type: 'undo', eventId, reason } } : { ok: false, waitsFor: words.waits.reason };
  }
  if (draft.act === 'what') {
    const request = whatOf(draft, eventId, recorded);
    if (!request.ok) return request;
    const reason = draft.whatReason?.trim() ?? '';
    return hasWords(reason) ? { ok: true, command: request.command(reason) } : { ok: false, waitsFor: words.waits.reason };
  }
  const typed = draft.time.typed?.trim() ?? '';
  if (typed === '') return { ok: false, waitsFor: words.waits.time };
  const parsed = parseTimeOfDay(typed, now);
  if (!parsed.ok) return { ok: false, waitsFor: parsed.why === 'not-yet' ? timeFieldText.notYet : timeFieldText.notATime[now.hours] };
  if (parsed.utcMs === mark.atMs) return { ok: false, waitsFor: words.waits.same };
  const reason = draft.time.reason.trim();
  if (!hasWords(reason)) return { ok: false, waitsFor: words.waits.reason };
  return { ok: true, command: { type: 'correct-time', eventId, utcMs: parsed.utcMs, reason } };
}

function whatOf({ what }: CorrectionDraft, eventId: string, recorded: RecordedFigures | null): WhatRequest {
  if (what === undefined || recorded === null) return { ok: false, waitsFor: words.waits.what };
  return whatRequest(eventId, what, recorded.what, recorded.temperature);
}

/** What stands under a recorded entry: its detail, who entered it, when if not at its time, and its first time. */
export function markNotes(mark: Mark, clock: Pick<ClockTime, 'minute'>): { readonly about: string; readonly amended: string | null } {
  const entered = clock.minute(mark.enteredMs) === clock.minute(mark.atMs) ? null : enteredAt(mark, clock);
  return {
    about: [mark.detail, mark.by, entered].flatMap((part) => (part === null || part === '' ? [] : [isolated(part)])).join(' · '),
    amended: mark.amendedFromMs === null ? null : sessionText.milestones.amended(clock.minute(mark.amendedFromMs)),
  };
}

function enteredAt(mark: Mark, clock: Pick<ClockTime, 'minute'>): string {
  const entered = sessionText.milestones.enteredAt(clock.minute(mark.enteredMs));
  return mark.late ? `${entered} ${sessionText.milestones.late}` : entered;
}
