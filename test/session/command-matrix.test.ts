import { describe, expect, test } from 'vitest';
import type { SessionCommandInput, SessionCommandType } from '../../shared/contract/session-commands.ts';
import { sessionCommandSchema } from '../../shared/contract/session-commands.ts';
import { dosing, PlayedSession, startMs } from './played-session.ts';

const vial = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 } as const;

const standings = ['no session', 'opened', 'ready', 'dosing', 'paused', 'recovery', 'ended'] as const;
type Standing = (typeof standings)[number];

/** A session in that standing at +20, with a rating open and an observation made, except where there is no session. */
function sessionIn(standing: Standing): PlayedSession {
  if (standing === 'no session') return new PlayedSession().at(20);
  const session = standing === 'opened' || standing === 'ready' ? new PlayedSession().at(-15).openSession() : dosing();
  if (standing === 'ready') session.prepare();
  if (standing !== 'opened' && standing !== 'ready') session.at(5);
  session.do({ type: 'record-observation', text: 'settles', chips: [], begunAt: session.nowMs });
  session.do({ type: 'open-rating', instrument: 'moaa-s' });
  session.do({ type: 'answer-item', ratingId: ratingIdOf(session), item: 1, value: 5 });
  if (standing === 'paused') session.at(10).do({ type: 'pause-dose', reason: 'patient-anxious' });
  if (standing === 'recovery' || standing === 'ended') session.at(15).do({ type: 'complete-dose' });
  if (standing === 'ended') session.at(18).do({ type: 'end-session', reason: 'test of what may follow' });
  return session.at(20);
}

function ratingIdOf(session: PlayedSession): string {
  return session.state?.ratings[0]?.ratingId ?? 'a0000000-0000-7000-8000-000000000099';
}

function observationOf(session: PlayedSession): string {
  return session.state?.observations[0]?.eventId ?? 'e0000000-0000-7000-8000-000000000099';
}

const commands: Record<SessionCommandType, (session: PlayedSession) => SessionCommandInput> = {
  'record-weight': () => ({ type: 'record-weight', value: 81, unit: 'kg' }),
  'order-dose': () => ({ type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1 }),
  'reach-milestone': () => ({ type: 'reach-milestone', milestone: 'onset' }),
  'start-dose': () => ({ type: 'start-dose' }),
  'change-rate': () => ({ type: 'change-rate', rateMlPerHour: 45 }),
  'pause-dose': () => ({ type: 'pause-dose', reason: 'patient-asked' }),
  'resume-dose': () => ({ type: 'resume-dose' }),
  'give-bolus': () => ({ type: 'give-bolus', mg: 2, overrideReason: 'prescriber order' }),
  'complete-dose': () => ({ type: 'complete-dose' }),
  'stop-dose-early': () => ({ type: 'stop-dose-early', reason: 'patient-asked', volumeLeftMl: 20 }),
  'open-rating': () => ({ type: 'open-rating', instrument: 'suds' }),
  'answer-item': (session) => ({ type: 'answer-item', ratingId: ratingIdOf(session), item: 1, value: 4 }),
  'finish-rating': (session) => ({ type: 'finish-rating', ratingId: ratingIdOf(session) }),
  'mark-not-assessable': () => ({ type: 'mark-not-assessable', instrument: 'cadss-6', reason: 'asleep' }),
  'record-observation': (session) => ({
    type: 'record-observation',
    text: '',
    chips: [{ group: 'affect', chip: 'calm' }],
    begunAt: session.nowMs - 4000,
  }),
  'record-adverse-event': () => ({ type: 'record-adverse-event', category: 'nausea', severity: 'mild' }),
  'update-adverse-event': (session) => ({
    type: 'update-adverse-event',
    adverseEventId: ratingIdOf(session),
    changes: { severity: 'severe' },
  }),
  'give-drug': () => ({ type: 'give-drug', drug: 'ondansetron', dose: '4 mg', route: 'iv' }),
  'draw-controlled-drug': () => ({ type: 'draw-controlled-drug', stock: vial, mg: 500 }),
  'waste-controlled-drug': () => ({ type: 'waste-controlled-drug', stock: vial, parts: [{ from: 'vial', mg: 460 }] }),
  'amend-observation': (session) => ({
    type: 'amend-observation',
    eventId: observationOf(session),
    text: 'settles by itself',
    chips: [],
    reason: 'more exact',
  }),
  'enter-vitals': () => ({ type: 'enter-vitals', values: { 'nibp-sys': 124, 'nibp-dia': 78 } }),
  'mark-slot-missed': () => ({ type: 'mark-slot-missed', slotKey: 'nibp-during:2', reason: 'patient asked for quiet' }),
  'request-stop': () => ({ type: 'request-stop' }),
  'confirm-pump': () => ({ type: 'confirm-pump', running: true }),
  undo: (session) => ({ type: 'undo', eventId: observationOf(session) }),
  'correct-time': (session) => ({ type: 'correct-time', eventId: observationOf(session), utcMs: session.nowMs - 1000, reason: 'misread' }),
  'end-session': () => ({ type: 'end-session', reason: 'done' }),
  'confirm-criterion': () => ({ type: 'confirm-criterion', criterion: 'gait', met: true }),
  'record-escort': () => ({ type: 'record-escort', name: 'Alex', phone: '555 0142', present: true }),
  'override-criterion': () => ({ type: 'override-criterion', criterion: 'gait', reason: 'wheelchair' }),
  'assess-discharge': () => ({ type: 'assess-discharge' }),
  'hand-over': () => ({ type: 'hand-over' }),
  'close-item': () => ({ type: 'close-item', keys: ['milestone:discharged'], reason: 'fire drill' }),
  'sign-session': (session) => ({ type: 'sign-session', recordHash: session.seal.recordHash }),
  'cosign-session': (session) => ({ type: 'cosign-session', meaning: 'reviewed', recordHash: session.seal.recordHash }),
  'begin-amendment': () => ({ type: 'begin-amendment', reason: 'a time was wrong' }),
  'close-amendment': () => ({ type: 'close-amendment', reason: 'nothing to change' }),
};

/** What each command yields in each standing after "no session" and before "ended": an event kind, or a refusal code. */
const expected: Record<SessionCommandType, readonly [opened: string, ready: string, dosing: string, paused: string, recovery: string]> = {
  'record-weight': ['weight-recorded', 'weight-recorded', 'weight-recorded', 'weight-recorded', 'weight-recorded'],
  'order-dose': ['WEIGHT_MISSING', 'dose-ordered', 'DOSE_ALREADY_STARTED', 'DOSE_ALREADY_STARTED', 'DOSE_ALREADY_STARTED'],
  'reach-milestone': ['SESSION_WRONG_STATE', 'SESSION_WRONG_STATE', 'milestone-reached', 'milestone-reached', 'milestone-reached'],
  'start-dose': ['WEIGHT_MISSING', 'dose-started', 'DOSE_ALREADY_STARTED', 'DOSE_ALREADY_STARTED', 'DOSE_ALREADY_STARTED'],
  'change-rate': ['DOSE_NOT_RUNNING', 'DOSE_NOT_RUNNING', 'rate-changed', 'DOSE_NOT_RUNNING', 'DOSE_FINISHED'],
  'pause-dose': ['DOSE_NOT_RUNNING', 'DOSE_NOT_RUNNING', 'dose-paused', 'DOSE_NOT_RUNNING', 'DOSE_FINISHED'],
  'resume-dose': ['DOSE_NOT_PAUSED', 'DOSE_NOT_PAUSED', 'DOSE_NOT_PAUSED', 'dose-resumed', 'DOSE_FINISHED'],
  'give-bolus': ['DOSE_NOT_RUNNING', 'DOSE_NOT_RUNNING', 'bolus-given', 'bolus-given', 'DOSE_FINISHED'],
  'complete-dose': ['DOSE_NOT_RUNNING', 'DOSE_NOT_RUNNING', 'dose-completed', 'dose-completed', 'DOSE_FINISHED'],
  'stop-dose-early': ['DOSE_NOT_RUNNING', 'DOSE_NOT_RUNNING', 'dose-stopped-early', 'dose-stopped-early', 'DOSE_FINISHED'],
  'open-rating': ['rating-opened', 'rating-opened', 'rating-opened', 'rating-opened', 'rating-opened'],
  'answer-item': ['item-answered', 'item-answered', 'item-answered', 'item-answered', 'item-answered'],
  'finish-rating': ['rating-finished', 'rating-finished', 'rating-finished', 'rating-finished', 'rating-finished'],
  'mark-not-assessable': Array.from({ length: 5 }, () => 'rating-not-assessable') as never,
  'record-observation': Array.from({ length: 5 }, () => 'observation-recorded') as never,
  'record-adverse-event': Array.from({ length: 5 }, () => 'adverse-event-recorded') as never,
  'update-adverse-event': Array.from({ length: 5 }, () => 'ADVERSE_EVENT_NOT_FOUND') as never,
  'give-drug': Array.from({ length: 5 }, () => 'drug-given') as never,
  'draw-controlled-drug': Array.from({ length: 5 }, () => 'controlled-drug-drawn') as never,
  'waste-controlled-drug': Array.from({ length: 5 }, () => 'DRUG_NOT_DRAWN') as never,
  'amend-observation': Array.from({ length: 5 }, () => 'observation-amended') as never,
  'enter-vitals': Array.from({ length: 5 }, () => 'vitals-entered') as never,
  'mark-slot-missed': ['SLOT_NOT_FOUND', 'SLOT_NOT_FOUND', 'slot-missed', 'slot-missed', 'slot-missed'],
  'request-stop': ['DOSE_NOT_RUNNING', 'DOSE_NOT_RUNNING', 'stop-requested', 'stop-requested', 'DOSE_NOT_RUNNING'],
  'confirm-pump': Array.from({ length: 5 }, () => 'SESSION_WRONG_STATE') as never,
  undo: Array.from({ length: 5 }, () => 'event-undone') as never,
  'correct-time': Array.from({ length: 5 }, () => 'time-corrected') as never,
  'end-session': ['session-ended', 'session-ended', 'SESSION_WRONG_STATE', 'SESSION_WRONG_STATE', 'session-ended'],
  'confirm-criterion': Array.from({ length: 5 }, () => 'criterion-confirmed') as never,
  'record-escort': Array.from({ length: 5 }, () => 'escort-recorded') as never,
  'override-criterion': Array.from({ length: 5 }, () => 'STAFF_NOT_ALLOWED') as never,
  'assess-discharge': [
    'SESSION_WRONG_STATE',
    'SESSION_WRONG_STATE',
    'SESSION_WRONG_STATE',
    'SESSION_WRONG_STATE',
    'DISCHARGE_CRITERIA_OPEN',
  ],
  'hand-over': Array.from({ length: 5 }, () => 'handover-recorded') as never,
  'close-item': Array.from({ length: 5 }, () => 'SESSION_WRONG_STATE') as never,
  'sign-session': Array.from({ length: 5 }, () => 'SESSION_WRONG_STATE') as never,
  'cosign-session': Array.from({ length: 5 }, () => 'SESSION_WRONG_STATE') as never,
  'begin-amendment': Array.from({ length: 5 }, () => 'SESSION_WRONG_STATE') as never,
  'close-amendment': Array.from({ length: 5 }, () => 'SESSION_WRONG_STATE') as never,
};

/** In a session that has ended and is not signed; whatever is not named here needs a patient or a pump. */
const afterEnd: Readonly<Partial<Record<SessionCommandType, string>>> = {
  'reach-milestone': 'SESSION_TIME_IMPOSSIBLE',
  'open-rating': 'SESSION_TIME_IMPOSSIBLE',
  'answer-item': 'item-answered',
  'finish-rating': 'rating-finished',
  'mark-not-assessable': 'SESSION_TIME_IMPOSSIBLE',
  'record-observation': 'observation-recorded',
  'amend-observation': 'observation-amended',
  'record-adverse-event': 'adverse-event-recorded',
  'update-adverse-event': 'ADVERSE_EVENT_NOT_FOUND',
  'give-drug': 'SESSION_TIME_IMPOSSIBLE',
  'draw-controlled-drug': 'controlled-drug-drawn',
  'waste-controlled-drug': 'DRUG_NOT_DRAWN',
  'enter-vitals': 'SESSION_TIME_IMPOSSIBLE',
  'mark-slot-missed': 'slot-missed',
  undo: 'event-undone',
  'correct-time': 'time-corrected',
  'confirm-criterion': 'SESSION_TIME_IMPOSSIBLE',
  'record-escort': 'SESSION_TIME_IMPOSSIBLE',
  'override-criterion': 'STAFF_NOT_ALLOWED',
  'close-item': 'item-closed',
  'sign-session': 'STAFF_PIN_REQUIRED',
  'cosign-session': 'SESSION_WRONG_STATE',
  'begin-amendment': 'SESSION_WRONG_STATE',
  'close-amendment': 'SESSION_WRONG_STATE',
};

const types = sessionCommandSchema.options.map((option) => option.shape.type.value);
const rows = types.flatMap((type) =>
  standings.map((standing, index) => ({
    type,
    standing,
    yields:
      standing === 'no session'
        ? 'SESSION_NOT_FOUND'
        : standing === 'ended'
          ? (afterEnd[type] ?? 'SESSION_ENDED')
          : (expected[type]?.[index - 1] ?? 'no row'),
  })),
);

describe('every command in every standing', () => {
  test('CMD-1 the matrix has a row for every command there is', () => {
    expect(Object.keys(commands).toSorted()).toEqual([...types].toSorted());
    expect(rows).toHaveLength(types.length * standings.length);
  });

  test.each(rows)('CMD-1 $type when $standing yields $yields', ({ type, standing, yields }) => {
    const session = sessionIn(standing);
    const before = session.log.length;
    const { events, refusal } = session.try(commands[type](session));
    expect(refusal?.code ?? events.map((event) => event.kind).join()).toBe(yields);
    // Never half: a refusal writes nothing, and says in a sentence what to do.
    if (refusal !== null) {
      expect(session.log).toHaveLength(before);
      expect(refusal.message).toMatch(/^[A-Z"“0-9].*\.$/);
    }
    expect(session.state?.problems ?? []).toEqual([]);
  });

  test('CMD-2 an ended session is taken up again by the undo of its end, and not while another one runs', () => {
    const session = sessionIn('ended');
    const ended = session.log.at(-1);
    session.otherSessionOpen = true;
    expect(session.try({ type: 'undo', eventId: ended?.eventId ?? '' }).refusal?.code).toBe('SESSION_ALREADY_OPEN');
    session.otherSessionOpen = false;
    session.do({ type: 'undo', eventId: ended?.eventId ?? '' });
    expect(session.open.ended).toBeNull();
    expect(session.do({ type: 'record-observation', text: 'went on', chips: [], begunAt: startMs }).kind).toBe('observation-recorded');
  });
});
