import { showMilli, thousandths } from '../../../shared/values/quantity.ts';
import type { DoseView } from '../../../shared/contract/session-view/dose.ts';
import type { pauseReasons, SessionCommandInput, stopReasons } from '../../../shared/contract/session-commands.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import type { RoomInstant } from '../../format/time-of-day.ts';
import { clinicalTimeOf, openedDraft, type ClinicalTimeDraft } from '../../components/fields/clinical-time.ts';
import { numberTyped } from '../../format/number-typed.ts';
import { doseText } from '../../text/dose.ts';
import { rateBeforePauseUlPerHour, type DoseChange } from './dose-outlook.ts';

export const doseActions = [
  'start-dose',
  'change-rate',
  'pause-dose',
  'resume-dose',
  'give-bolus',
  'stop-dose-early',
  'complete-dose',
] as const;
export type DoseAction = (typeof doseActions)[number];

type PauseReason = (typeof pauseReasons)[number];
type StopReason = (typeof stopReasons)[number];

/** What is typed and chosen on the sheet so far. */
export interface DoseInput {
  /** mL/h or mg, as typed. */
  readonly amount: string;
  readonly reason: PauseReason | StopReason | null;
  readonly detail: string;
  readonly volumeLeft: string;
  readonly time: ClinicalTimeDraft;
}

/** A resume begins with the rate before the pause; a new rate is always typed: none is guessed. */
export function inputFor(action: DoseAction, dose: DoseView, openedMs: UtcMs): DoseInput {
  const before = action === 'resume-dose' ? rateBeforePauseUlPerHour(dose) : null;
  return {
    amount: before === null ? '' : showMilli(before),
    reason: null,
    detail: '',
    volumeLeft: '',
    time: openedDraft(openedMs),
  };
}

/** Ready to be sent, or what it still waits for. */
export type DoseRequest =
  | { readonly ready: true; readonly command: SessionCommandInput; readonly change: DoseChange; readonly atMs: UtcMs }
  | { readonly ready: false; readonly waitsFor: string; readonly change: DoseChange | null; readonly atMs: UtcMs };

export function requestOf(action: DoseAction, input: DoseInput, dose: DoseView, now: RoomInstant): DoseRequest {
  const time = clinicalTimeOf(input.time, now);
  const atMs = time.ok ? (time.at?.utcMs ?? now.utcMs) : now.utcMs;
  const amount = numberTyped(input.amount);
  const change = changeOf(action, amount, dose);
  const wait = (waitsFor: string): DoseRequest => ({ ready: false, waitsFor, change, atMs });
  if (change === null) return wait(action === 'give-bolus' ? doseText.waitsBolus : doseText.waitsRate);
  if (asksReason(action) && input.reason === null) return wait(doseText.waitsReason);
  if (asksReason(action) && input.reason === 'other' && input.detail.trim() === '') return wait(doseText.waitsDetail);
  if (asksVolume(action) && input.volumeLeft.trim() !== '' && numberTyped(input.volumeLeft) === null) return wait(doseText.waitsVolume);
  if (!time.ok) return wait(doseText.waitsTime);
  return { ready: true, command: commandOf(action, input, amount, time.at), change, atMs };
}

export function asksReason(action: DoseAction): boolean {
  return action === 'pause-dose' || action === 'stop-dose-early';
}

/** At the end of a bag the pump says what is left in it. */
function asksVolume(action: DoseAction): boolean {
  return action === 'stop-dose-early' || action === 'complete-dose';
}

function changeOf(action: DoseAction, amount: number | null, dose: DoseView): DoseChange | null {
  switch (action) {
    case 'start-dose':
      return dose.order === null ? null : { type: action, rateUlPerHour: dose.order.rateUlPerHour };
    case 'change-rate':
    case 'resume-dose':
      return amount === null || amount <= 0 ? null : { type: action, rateUlPerHour: thousandths(amount) };
    case 'give-bolus':
      return amount === null || amount <= 0 ? null : { type: action, ug: thousandths(amount) };
    case 'pause-dose':
    case 'stop-dose-early':
    case 'complete-dose':
      return { type: action };
  }
}

function commandOf(
  action: DoseAction,
  input: DoseInput,
  amount: number | null,
  at: { readonly utcMs: UtcMs; readonly reason?: string } | undefined,
): SessionCommandInput {
  const when = at === undefined ? {} : { at };
  const detail = input.detail.trim() === '' ? {} : { detail: input.detail.trim() };
  switch (action) {
    case 'start-dose':
      return { type: action, ...when };
    case 'complete-dose':
      return { type: action, ...volumeLeft(input), ...when };
    case 'change-rate':
    case 'resume-dose':
      return { type: action, rateMlPerHour: amount ?? 0, ...when };
    case 'give-bolus':
      return { type: action, mg: amount ?? 0, ...when };
    case 'pause-dose':
      return { type: action, reason: (input.reason ?? 'other') as PauseReason, ...detail, ...when };
    case 'stop-dose-early':
      return { type: action, reason: (input.reason ?? 'other') as StopReason, ...detail, ...volumeLeft(input), ...when };
  }
}

function volumeLeft(input: DoseInput): { readonly volumeLeftMl?: number } {
  const left = numberTyped(input.volumeLeft);
  return left === null ? {} : { volumeLeftMl: left };
}
