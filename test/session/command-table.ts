import type { Answer } from '../../shared/contract/doubt.ts';
import type { SessionCommandInput, SessionCommandType } from '../../shared/contract/session-commands.ts';
import { completeness, openItems } from '../../electron/service/session/questions/completeness.ts';
import { dosing, offsetMin, PlayedSession, withoutFigures } from './played-session.ts';

/** Where a session can stand, each at +20 of the golden start, with a rating open, an observation and an adverse event. */
export const openStages = ['preparing', 'ready', 'dosing', 'paused', 'recovery'] as const;
export const laterStages = ['ended', 'signed', 'amended'] as const;
export type Stage = (typeof openStages)[number] | (typeof laterStages)[number];

/**
 * One row of the matrix: a command that a person could well send, and what it yields in a session of the built-in
 * infusion protocol: an event kind, several joined by commas, or a refusal code.
 */
export interface CommandRow {
  readonly input: (session: PlayedSession) => SessionCommandInput;
  /** To what it is asked in every stage in which it is taken. */
  readonly answers?: readonly Answer[];
  readonly open: string | readonly [preparing: string, ready: string, dosing: string, paused: string, recovery: string];
  readonly later: string | readonly [ended: string, signed: string, amended: string];
}

const vial = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 } as const;

/** Of what is done to a patient or a pump. */
const over = ['SESSION_ENDED', 'SESSION_SIGNED', 'SESSION_ENDED'] as const;
/** Of what is said about a moment of the session, without saying which. */
const untimed = ['SESSION_TIME_IMPOSSIBLE', 'SESSION_SIGNED', 'SESSION_TIME_IMPOSSIBLE'] as const;

/** Orders and administrations of another route than the protocol's. */
const otherOrder = ['SESSION_WRONG_STATE', 'SESSION_WRONG_STATE', ...Array.from({ length: 3 }, () => 'DOSE_ALREADY_STARTED')] as never;
const otherAdministration = ['WEIGHT_MISSING', ...Array.from({ length: 4 }, () => 'SESSION_WRONG_STATE')] as never;

function said(kind: string): CommandRow['later'] {
  return [kind, 'SESSION_SIGNED', kind];
}

export const commandTable: Record<SessionCommandType, CommandRow> = {
  'record-weight': {
    input: () => ({ type: 'record-weight', value: 81, unit: 'kg', again: { value: 81, unit: 'kg' } }),
    open: 'weight-recorded',
    later: untimed,
  },
  'order-dose': {
    input: () => ({ type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1, standingOrder: true }),
    open: ['WEIGHT_MISSING', 'dose-ordered', 'DOSE_ALREADY_STARTED', 'DOSE_ALREADY_STARTED', 'DOSE_ALREADY_STARTED'],
    later: over,
  },
  'reach-milestone': {
    input: () => ({ type: 'reach-milestone', milestone: 'onset' }),
    open: ['SESSION_WRONG_STATE', 'SESSION_WRONG_STATE', 'milestone-reached', 'milestone-reached', 'milestone-reached'],
    later: untimed,
  },
  'start-dose': {
    input: () => ({ type: 'start-dose' }),
    answers: [withoutFigures],
    open: ['WEIGHT_MISSING', 'dose-started', 'DOSE_ALREADY_STARTED', 'DOSE_ALREADY_STARTED', 'DOSE_ALREADY_STARTED'],
    later: over,
  },
  'change-rate': {
    input: () => ({ type: 'change-rate', rateMlPerHour: 45 }),
    open: ['DOSE_NOT_RUNNING', 'DOSE_NOT_RUNNING', 'rate-changed', 'DOSE_NOT_RUNNING', 'DOSE_FINISHED'],
    later: over,
  },
  'pause-dose': {
    input: () => ({ type: 'pause-dose', reason: 'patient-asked' }),
    open: ['DOSE_NOT_RUNNING', 'DOSE_NOT_RUNNING', 'dose-paused', 'DOSE_NOT_RUNNING', 'DOSE_FINISHED'],
    later: over,
  },
  'resume-dose': {
    input: () => ({ type: 'resume-dose' }),
    open: ['DOSE_NOT_PAUSED', 'DOSE_NOT_PAUSED', 'DOSE_NOT_PAUSED', 'dose-resumed', 'DOSE_FINISHED'],
    later: over,
  },
  'give-bolus': {
    input: () => ({ type: 'give-bolus', mg: 2 }),
    answers: [{ key: 'bolus-not-in-protocol', reason: 'prescriber order' }],
    open: ['DOSE_NOT_RUNNING', 'DOSE_NOT_RUNNING', 'bolus-given', 'bolus-given', 'DOSE_FINISHED'],
    later: over,
  },
  'change-bag': {
    input: () => ({ type: 'change-bag', mg: 40, ml: 40, rateMlPerHour: 60 }),
    open: ['DOSE_NOT_RUNNING', 'DOSE_NOT_RUNNING', 'bag-changed', 'bag-changed', 'DOSE_FINISHED'],
    later: over,
  },
  'complete-dose': {
    input: () => ({ type: 'complete-dose' }),
    answers: [{ key: 'remainder-left', reason: 'the pump says so' }],
    open: ['DOSE_NOT_RUNNING', 'DOSE_NOT_RUNNING', 'dose-completed', 'dose-completed', 'DOSE_FINISHED'],
    later: over,
  },
  'stop-dose-early': {
    input: () => ({ type: 'stop-dose-early', reason: 'patient-asked', volumeLeftMl: 20 }),
    answers: [{ key: 'volume-read-differs', reason: 'as the pump shows it' }],
    open: ['DOSE_NOT_RUNNING', 'DOSE_NOT_RUNNING', 'dose-stopped-early', 'dose-stopped-early', 'DOSE_FINISHED'],
    later: over,
  },
  'change-surroundings': {
    input: () => ({ type: 'change-surroundings', what: 'music' }),
    open: 'surroundings-changed',
    later: untimed,
  },
  'request-stop': {
    input: () => ({ type: 'request-stop' }),
    open: 'stop-requested',
    later: over,
  },
  'confirm-pump': { input: () => ({ type: 'confirm-pump', running: true }), open: 'SESSION_WRONG_STATE', later: over },
  'check-identity': {
    input: () => ({ type: 'check-identity', birthDate: '1984-03-14', recordNumber: 'DEMO-0042' }),
    open: ['identity-checked', 'SESSION_WRONG_STATE', 'SESSION_WRONG_STATE', 'SESSION_WRONG_STATE', 'SESSION_WRONG_STATE'],
    later: over,
  },
  'confirm-double-check': {
    input: () => ({ type: 'confirm-double-check', readBack: 'ketamine 1 mg/mL, 40 mg in 40 mL, 60 mL/h' }),
    open: ['DOSE_NOT_ORDERED', 'SESSION_WRONG_STATE', 'SESSION_WRONG_STATE', 'SESSION_WRONG_STATE', 'SESSION_WRONG_STATE'],
    later: over,
  },
  'order-injection': {
    input: () => ({ type: 'order-injection', mgPerKg: 1, mgPerMl: 50, standingOrder: true }),
    open: otherOrder,
    later: over,
  },
  'order-devices': { input: () => ({ type: 'order-devices', mg: 56, standingOrder: true }), open: otherOrder, later: over },
  'order-lozenges': { input: () => ({ type: 'order-lozenges', lozenges: 1, standingOrder: true }), open: otherOrder, later: over },
  'give-injection': {
    input: () => ({ type: 'give-injection', site: 'deltoid', side: 'left', lot: 'K-114' }),
    open: otherAdministration,
    later: over,
  },
  'give-device': { input: () => ({ type: 'give-device', lot: 'S-9' }), open: otherAdministration, later: over },
  'place-lozenge': { input: () => ({ type: 'place-lozenge' }), open: otherAdministration, later: over },
  'expel-lozenge': { input: () => ({ type: 'expel-lozenge' }), open: 'SESSION_WRONG_STATE', later: over },
  'record-remote-facts': {
    input: () => ({
      type: 'record-remote-facts',
      locationAddress: '12 Elm Street',
      emergencyContact: 'sister, 555 0101',
      sitterName: 'A. Sitter',
      callBackNumber: '555 0102',
      videoOn: true,
    }),
    open: 'SESSION_WRONG_STATE',
    later: over,
  },
  'open-rating': { input: () => ({ type: 'open-rating', instrument: 'suds' }), open: 'rating-opened', later: untimed },
  'answer-item': {
    input: (session) => ({ type: 'answer-item', ratingId: ratingIdOf(session), item: 1, value: 4 }),
    open: 'item-answered',
    later: said('item-answered'),
  },
  'finish-rating': {
    input: (session) => ({ type: 'finish-rating', ratingId: ratingIdOf(session) }),
    open: 'rating-finished',
    later: said('rating-finished'),
  },
  'mark-not-assessable': {
    input: () => ({ type: 'mark-not-assessable', instrument: 'cadss-6', reason: 'asleep' }),
    open: 'rating-not-assessable',
    later: untimed,
  },
  'record-observation': {
    input: (session) => ({
      type: 'record-observation',
      text: '',
      chips: [{ group: 'affect', chip: 'calm' }],
      begunAt: session.nowMs - 4000,
    }),
    open: 'observation-recorded',
    later: said('observation-recorded'),
  },
  'amend-observation': {
    input: (session) => ({
      type: 'amend-observation',
      eventId: observationOf(session),
      text: 'settles by itself',
      chips: [],
      reason: 'more exact',
    }),
    open: 'observation-amended',
    later: said('observation-amended'),
  },
  'record-adverse-event': {
    input: () => ({ type: 'record-adverse-event', category: 'nausea', severity: 'mild' }),
    open: 'adverse-event-recorded',
    later: said('adverse-event-recorded'),
  },
  'update-adverse-event': {
    input: (session) => ({
      type: 'update-adverse-event',
      adverseEventId: session.state?.adverseEvents[0]?.adverseEventId ?? absentId,
      changes: { severity: 'severe' },
    }),
    open: 'adverse-event-updated',
    later: said('adverse-event-updated'),
  },
  'give-drug': {
    input: () => ({ type: 'give-drug', drug: 'ondansetron', dose: '4 mg', route: 'iv' }),
    open: 'drug-given',
    later: untimed,
  },
  'draw-controlled-drug': {
    input: () => ({ type: 'draw-controlled-drug', stock: vial, mg: 500 }),
    open: 'controlled-drug-drawn',
    later: said('controlled-drug-drawn'),
  },
  'waste-controlled-drug': {
    input: () => ({ type: 'waste-controlled-drug', stock: vial, parts: [{ from: 'vial', mg: 460 }] }),
    open: 'DRUG_NOT_DRAWN',
    later: said('DRUG_NOT_DRAWN'),
  },
  'enter-vitals': {
    input: () => ({ type: 'enter-vitals', values: { 'nibp-sys': 124, 'nibp-dia': 78 } }),
    open: 'vitals-entered',
    later: untimed,
  },
  'mark-slot-missed': {
    input: () => ({ type: 'mark-slot-missed', slotKeys: ['nibp-during:2'], reason: 'patient asked for quiet' }),
    open: ['SLOT_NOT_FOUND', 'SLOT_NOT_FOUND', 'slot-missed', 'slot-missed', 'slot-missed'],
    // Before the signature somebody had to say why.
    later: ['slot-missed', 'SESSION_SIGNED', 'SESSION_WRONG_STATE'],
  },
  undo: { input: (session) => ({ type: 'undo', eventId: observationOf(session) }), open: 'event-undone', later: said('event-undone') },
  'correct-time': {
    input: (session) => ({ type: 'correct-time', eventId: observationOf(session), utcMs: session.nowMs - 901_000, reason: 'misread' }),
    open: 'time-corrected',
    later: said('time-corrected'),
  },
  // What they are about (an administration, typed vitals, a bag that came off) is not in the matrix: they have ground of their own.
  'correct-administration': {
    input: (session) => ({ type: 'correct-administration', eventId: observationOf(session), mg: 40, reason: 'misread' }),
    open: 'SESSION_WRONG_STATE',
    later: ['SESSION_WRONG_STATE', 'SESSION_SIGNED', 'SESSION_WRONG_STATE'],
  },
  'correct-vitals': {
    input: (session) => ({ type: 'correct-vitals', eventId: observationOf(session), values: { spo2: 97 }, reason: 'misread' }),
    open: 'SESSION_WRONG_STATE',
    later: ['SESSION_WRONG_STATE', 'SESSION_SIGNED', 'SESSION_WRONG_STATE'],
  },
  'correct-volume-left': {
    input: (session) => ({ type: 'correct-volume-left', eventId: observationOf(session), volumeLeftMl: 5, reason: 'misread' }),
    open: 'SESSION_WRONG_STATE',
    later: ['SESSION_WRONG_STATE', 'SESSION_SIGNED', 'SESSION_WRONG_STATE'],
  },
  'mark-artefact': {
    input: (session) => ({ type: 'mark-artefact', metric: 'nibp', fromMs: session.nowMs - 60_000 }),
    open: 'SESSION_UNKNOWN_EVENT',
    later: ['SESSION_UNKNOWN_EVENT', 'SESSION_SIGNED', 'SESSION_UNKNOWN_EVENT'],
  },
  'confirm-criterion': {
    input: () => ({ type: 'confirm-criterion', criterion: 'gait', met: true }),
    open: 'criterion-confirmed',
    later: untimed,
  },
  'record-escort': {
    input: () => ({ type: 'record-escort', name: 'Alex', phone: '555 0142', present: true }),
    open: 'escort-recorded',
    later: untimed,
  },
  'override-criterion': {
    input: () => ({ type: 'override-criterion', criterion: 'gait', reason: 'wheelchair' }),
    open: 'STAFF_NOT_ALLOWED',
    later: said('STAFF_NOT_ALLOWED'),
  },
  'assess-discharge': {
    input: () => ({ type: 'assess-discharge' }),
    open: ['SESSION_WRONG_STATE', 'SESSION_WRONG_STATE', 'SESSION_WRONG_STATE', 'SESSION_WRONG_STATE', 'DISCHARGE_CRITERIA_OPEN'],
    later: over,
  },
  'hand-over': { input: () => ({ type: 'hand-over' }), open: 'handover-recorded', later: over },
  'end-session': {
    input: () => ({ type: 'end-session', reason: 'done' }),
    open: ['session-ended', 'session-ended', 'SESSION_WRONG_STATE', 'SESSION_WRONG_STATE', 'session-ended'],
    later: over,
  },
  'leave-against-advice': {
    input: () => ({
      type: 'leave-against-advice',
      prescriber: { notReached: 'called twice' },
      risksExplained: true,
      escort: null,
      condition: 'awake and steady',
    }),
    open: 'left-against-advice',
    later: untimed,
  },
  'answer-rems': {
    input: () => ({ type: 'answer-rems', field: 'benzodiazepines', answer: 'no' }),
    // Of another route than the one that has the form.
    open: 'SESSION_WRONG_STATE',
    later: said('SESSION_WRONG_STATE'),
  },
  'record-sex': { input: () => ({ type: 'record-sex', sex: 'female' }), open: 'sex-recorded', later: said('sex-recorded') },
  'close-item': {
    input: () => ({ type: 'close-item', keys: ['milestone:discharged'], reason: 'fire drill' }),
    open: 'SESSION_WRONG_STATE',
    later: said('item-closed'),
  },
  'sign-session': {
    input: (session) => ({ type: 'sign-session', recordHash: session.seal.recordHash }),
    open: 'SESSION_WRONG_STATE',
    later: ['SIGN_INCOMPLETE', 'SIGN_ALREADY_SIGNED', 'session-signed'],
  },
  'cosign-session': {
    input: (session) => ({
      type: 'cosign-session',
      meaning: 'reviewed',
      recordHash: session.state?.signing.versions.at(-1)?.recordHash ?? '0'.repeat(64),
    }),
    open: 'SESSION_WRONG_STATE',
    later: ['SESSION_WRONG_STATE', 'session-cosigned', 'SESSION_WRONG_STATE'],
  },
  'begin-amendment': {
    input: () => ({ type: 'begin-amendment', reason: 'a time was wrong' }),
    open: 'SESSION_WRONG_STATE',
    later: ['SESSION_WRONG_STATE', 'amendment-begun', 'SESSION_WRONG_STATE'],
  },
  'close-amendment': {
    input: () => ({ type: 'close-amendment', reason: 'nothing to change' }),
    open: 'SESSION_WRONG_STATE',
    later: ['SESSION_WRONG_STATE', 'SESSION_SIGNED', 'SESSION_WRONG_STATE'],
  },
};

export function yieldOf({ open, later }: CommandRow, stage: Stage): string {
  const isOpen = (one: Stage): one is (typeof openStages)[number] => openStages.some((known) => known === one);
  if (isOpen(stage)) return typeof open === 'string' ? open : (open[openStages.indexOf(stage)] ?? 'no cell');
  return typeof later === 'string' ? later : (later[laterStages.indexOf(stage)] ?? 'no cell');
}

/** A refusal code; event kinds are in lower case. */
export function isRefusal(yielded: string): boolean {
  return /^[A-Z]/.test(yielded);
}

export function sessionIn(stage: Stage): PlayedSession {
  const before = stage === 'preparing' || stage === 'ready';
  const session = before ? new PlayedSession().at(-15).openSession() : dosing().at(5);
  if (stage === 'ready') session.prepare();
  session.do({ type: 'record-observation', text: 'settles', chips: [], begunAt: session.nowMs });
  session.do({ type: 'open-rating', instrument: 'moaa-s' });
  session.do({ type: 'answer-item', ratingId: ratingIdOf(session), item: 1, value: 5 });
  session.do({ type: 'record-adverse-event', category: 'nausea', severity: 'mild' });
  session.ownPinChecked = true;
  if (before || stage === 'dosing') return session.at(20);
  if (stage === 'paused') {
    session.at(10).do({ type: 'pause-dose', reason: 'patient-anxious' });
    return session.at(20);
  }
  session.at(15).insist({ type: 'complete-dose' });
  if (stage === 'recovery') return session.at(20);
  session.at(18).do({ type: 'end-session', reason: 'test of what may follow' });
  if (stage === 'ended') return session.at(20);
  sign(session);
  if (stage === 'amended') {
    session.do({ type: 'begin-amendment', reason: 'a word was missing' });
    session.do({ type: 'record-observation', text: 'missing', chips: [], begunAt: session.nowMs });
  }
  return session.at(20);
}

/** Closes whatever is open by its key, as a person would with a reason each, and signs. */
function sign(session: PlayedSession): void {
  const items = completeness(session.open, session.protocol, session.vitals, offsetMin);
  const keys = openItems(items).map(({ key }) => key);
  session.do({ type: 'close-item', keys, reason: 'gone by itself' });
  session.do({ type: 'sign-session', recordHash: session.seal.recordHash });
}

const absentId = 'a0000000-0000-7000-8000-000000000099';

function ratingIdOf(session: PlayedSession): string {
  return session.state?.ratings[0]?.ratingId ?? absentId;
}

function observationOf(session: PlayedSession): string {
  return session.state?.observations[0]?.eventId ?? absentId;
}
