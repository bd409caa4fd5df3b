import { hasWords } from '../../../shared/contract/doubt.ts';
import type { Mark } from '../../../shared/contract/session-view/entries.ts';
import type { ObservationView } from '../../../shared/contract/session-view/observations.ts';
import type { RoomInstant } from '../../format/time-of-day.ts';
import { saysSomething } from '../../../shared/clinical/observation.ts';
import { observationText } from '../../text/observation.ts';
import { correctionOf, type Correction, type CorrectionDraft } from './correction.ts';

const words = observationText.correct;

export const observationActs = ['time', 'words', 'undo'] as const;
type ObservationAct = (typeof observationActs)[number];

/** As typed. Each act keeps its own reason, so that trying another one loses nothing. */
export interface ObservationCorrectionDraft {
  readonly act: ObservationAct;
  readonly time: CorrectionDraft['time'];
  readonly undoReason: string;
  readonly text: string;
  readonly amendReason: string;
}

export function emptyObservationCorrection(observation: ObservationView | undefined): ObservationCorrectionDraft {
  return { act: 'time', time: { typed: '', reason: '' }, undoReason: '', text: observation?.text ?? '', amendReason: '' };
}

/** The entry as the other corrections know entries. */
export function markOfObservation({ eventId, atMs, enteredMs, late, amendedFromMs, by, text, chips }: ObservationView): Mark {
  const label = text === '' ? chips.map(({ chip }) => chip).join(', ') : text;
  return { eventId, atMs, enteredMs, late, amendedFromMs, by, kind: 'milestone', milestone: null, label, detail: null };
}

export function observationCorrectionOf(draft: ObservationCorrectionDraft, observation: ObservationView, now: RoomInstant): Correction {
  if (draft.act !== 'words') {
    return correctionOf({ act: draft.act, time: draft.time, undoReason: draft.undoReason }, markOfObservation(observation), now);
  }
  const { eventId, chips, details } = observation;
  const text = draft.text.trim();
  if (text === observation.text) return { ok: false, waitsFor: words.waits.same };
  if (!saysSomething({ text, chips, details })) return { ok: false, waitsFor: words.waits.empty };
  const reason = draft.amendReason.trim();
  if (!hasWords(reason)) return { ok: false, waitsFor: words.waits.reason };
  return { ok: true, command: { type: 'amend-observation', eventId, text, chips: [...chips], details, reason } };
}
