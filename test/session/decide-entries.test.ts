import { describe, expect, test } from 'vitest';
import { decideOpening } from '../../electron/service/session/room/opening.ts';
import { undoableEvents } from '../../electron/service/projection/undoable-events.ts';
import { eventLabel } from '../../electron/service/session/events/event-words.ts';
import type { RoomAction } from '../../shared/contract/session-view/actions.ts';
import { dosing, PlayedSession, startMs } from './played-session.ts';
import { reach } from '../support/reach-milestone.ts';

const ms = (minutes: number): number => startMs + Math.round(minutes * 60_000);

function openRating(session: PlayedSession, instrument: 'cadss-23' | 'cadss-6' | 'moaa-s'): string {
  const event = session.do({ type: 'open-rating', instrument });
  if (event.kind !== 'rating-opened') throw new Error('no rating was opened');
  return event.body.ratingId;
}

describe('ratings', () => {
  test('RATE-1 an answer outside its item is refused by the words of the scoring table', () => {
    const session = dosing().at(20);
    const ratingId = openRating(session, 'cadss-6');
    expect(session.try({ type: 'answer-item', ratingId, item: 1, value: 5 }).refusal).toMatchObject({
      code: 'RATING_OUT_OF_RANGE',
      message: 'item 1 out of range 0..4',
    });
    expect(session.try({ type: 'answer-item', ratingId, item: 3, value: 1 }).refusal?.message).toBe('item 3 is not part of CADSS-6');
    expect(session.try({ type: 'answer-item', ratingId, item: 3, value: null }).refusal?.code).toBe('RATING_OUT_OF_RANGE');
  });

  test('RATE-2 a rating with an open item cannot be finished, and taking an answer back opens it', () => {
    const session = dosing().at(20);
    const ratingId = openRating(session, 'cadss-6');
    for (const item of [1, 2, 6, 7, 15, 22]) session.do({ type: 'answer-item', ratingId, item, value: 2 });
    session.do({ type: 'answer-item', ratingId, item: 15, value: null });
    const { refusal } = session.try({ type: 'finish-rating', ratingId });
    expect(refusal).toMatchObject({ code: 'RATING_INCOMPLETE' });
    expect(refusal?.message).toContain('5 of 6 items are answered; open: 15.');
    expect(session.open.ratings[0]?.score).toMatchObject({ total: null, partialSum: 10 });
    session.do({ type: 'answer-item', ratingId, item: 15, value: 0 });
    session.do({ type: 'finish-rating', ratingId });
    expect(session.open.ratings[0]).toMatchObject({ state: 'finished', score: { total: 10 } });
    expect(session.try({ type: 'answer-item', ratingId, item: 15, value: 1 }).refusal?.code).toBe('RATING_FINISHED');
  });

  test('RATE-3 not assessable keeps what was answered and says why, never a total', () => {
    const session = dosing().at(20);
    const ratingId = openRating(session, 'cadss-23');
    session.do({ type: 'answer-item', ratingId, item: 1, value: 3 });
    expect(session.try({ type: 'mark-not-assessable', instrument: 'suds', ratingId, reason: 'asleep' }).refusal?.code).toBe(
      'RATING_NOT_FOUND',
    );
    session.do({ type: 'mark-not-assessable', instrument: 'cadss-23', ratingId, reason: 'asleep' });
    session.do({ type: 'mark-not-assessable', instrument: 'suds', reason: 'overwhelmed' });
    expect(
      session.open.ratings.map((rating) => [
        rating.instrument,
        rating.state,
        rating.notAssessable,
        rating.score.total,
        rating.score.partialSum,
      ]),
    ).toEqual([
      ['cadss-23', 'not-assessable', 'asleep', null, 3],
      ['suds', 'not-assessable', 'overwhelmed', null, null],
    ]);
  });

  test('RATE-4 one sheet of an instrument at a time; a rating nobody opened is not found', () => {
    const session = dosing().at(20);
    openRating(session, 'moaa-s');
    expect(session.try({ type: 'open-rating', instrument: 'moaa-s' }).refusal).toMatchObject({ code: 'SESSION_WRONG_STATE' });
    openRating(session, 'cadss-6');
    const ratingId = '018f0000-0000-7000-8000-000000000000';
    expect(session.try({ type: 'finish-rating', ratingId }).refusal?.code).toBe('RATING_NOT_FOUND');
    expect(session.try({ type: 'answer-item', ratingId, item: 1, value: 1 }).refusal?.code).toBe('RATING_NOT_FOUND');
  });

  test('RATE-5 undoing the opening takes the whole sheet away, undoing the finish opens it again', () => {
    const session = dosing().at(20);
    const ratingId = openRating(session, 'moaa-s');
    const opened = session.log.at(-1)?.eventId ?? '';
    const answered = session.do({ type: 'answer-item', ratingId, item: 1, value: 4 });
    const finished = session.do({ type: 'finish-rating', ratingId });
    const pulled = session.try({ type: 'undo', eventId: answered.eventId });
    expect(pulled.refusal).toMatchObject({ code: 'RATING_INCOMPLETE', subject: finished.eventId });
    session.do({ type: 'undo', eventId: finished.eventId });
    expect(session.open.ratings[0]).toMatchObject({ state: 'open', items: [4] });
    session.do({ type: 'undo', eventId: opened });
    expect(session.open.ratings).toEqual([]);
  });

  test('RATE-6 moving the time of a rating does not shuffle its answers', () => {
    const session = dosing().at(20);
    const ratingId = openRating(session, 'moaa-s');
    const opened = session.log.at(-1)?.eventId ?? '';
    session.do({ type: 'answer-item', ratingId, item: 1, value: 5 });
    session.at(21).do({ type: 'answer-item', ratingId, item: 1, value: 4 });
    session.at(22).do({ type: 'finish-rating', ratingId });
    session.at(30).do({ type: 'correct-time', eventId: opened, utcMs: ms(25), reason: 'watch was wrong' });
    expect(session.open.ratings[0]).toMatchObject({ atMs: ms(25), amendedFromMs: ms(20), items: [4], score: { total: 4 } });
  });
});

describe('observations, vitals, the wish to stop', () => {
  test('OBS-1 an observation stands at its first key, however long the sentence took', () => {
    const session = dosing().at(20);
    session.do({ type: 'record-observation', text: 'tears, settles', chips: [{ group: 'affect', chip: 'grief' }], begunAt: ms(12) });
    expect(session.open.observations[0]).toMatchObject({ atMs: ms(12), enteredMs: ms(20), late: true, text: 'tears, settles' });
  });

  test('OBS-2 a page clock that runs ahead costs no sentence; an empty one is refused', () => {
    const session = dosing().at(20);
    expect(session.do({ type: 'record-observation', text: 'awe', chips: [], begunAt: ms(21) }).occurred.utcMs).toBe(ms(20));
    expect(session.try({ type: 'record-observation', text: '   ', chips: [], begunAt: ms(20) }).refusal?.code).toBe('OBSERVATION_EMPTY');
    expect(session.try({ type: 'record-observation', text: 'x', chips: [], begunAt: ms(-60) }).refusal?.code).toBe(
      'SESSION_TIME_IMPOSSIBLE',
    );
  });

  test.each([
    ['spo2', { spo2: 101 }],
    ['nibp-dia', { 'nibp-sys': 80, 'nibp-dia': 120 }],
    ['nibp-sys', { 'nibp-sys': 120 }],
    ['temp', { temp: 370 }],
    [undefined, {}],
  ])('VIT-1 impossible vitals are refused and name %s', (subject, values) => {
    const { refusal } = dosing().at(5).try({ type: 'enter-vitals', values });
    expect(refusal?.code).toBe('VITALS_IMPOSSIBLE');
    expect(refusal?.subject).toBe(subject);
  });

  test('VIT-2 a value beyond the protocol lines is recorded like any other and prompts nothing', () => {
    const quiet = dosing().at(5);
    quiet.do({ type: 'enter-vitals', values: { 'nibp-sys': 120, 'nibp-dia': 80 } });
    const high = dosing().at(5);
    high.do({ type: 'enter-vitals', values: { 'nibp-sys': 195, 'nibp-dia': 121 } });
    const offered = (session: PlayedSession): readonly RoomAction[] => session.offered();
    expect(offered(high)).toEqual(offered(quiet));
  });

  test('STOP-1 a wish to stop stays open until the dose is paused or ended', () => {
    const session = dosing().at(12);
    session.do({ type: 'request-stop' });
    expect(session.open.stopRequests).toMatchObject([{ atMs: ms(12), answeredMs: null }]);
    session.at(12.5).do({ type: 'pause-dose', reason: 'patient-asked' });
    expect(session.open.stopRequests).toMatchObject([{ answeredMs: ms(12.5) }]);
  });
});

describe('correction', () => {
  test('FIX-1 correcting the start works everything out again and keeps the first time', () => {
    const session = dosing().at(10);
    const start = session.open.dose.startEventId ?? '';
    session.at(20).do({ type: 'correct-time', eventId: start, utcMs: ms(2), reason: 'pump started later' });
    const { dose, phases, history } = session.open;
    expect(dose).toMatchObject({ startedMs: ms(2), predictedEndMs: ms(42) });
    expect(phases.find((entry) => entry.phase === 'infusing')?.fromMs).toBe(ms(2));
    expect(history.find((entry) => entry.event.eventId === start)).toMatchObject({ atMs: ms(2), amendedFromMs: ms(0) });
  });

  test('FIX-2 an undo that others stand on is refused and says which comes first', () => {
    const session = dosing().at(10);
    const start = session.open.dose.startEventId ?? '';
    const paused = session.do({ type: 'pause-dose', reason: 'patient-anxious' });
    const { refusal } = session.try({ type: 'undo', eventId: start });
    expect(refusal).toMatchObject({ code: 'DOSE_NOT_RUNNING', subject: paused.eventId });
    expect(refusal?.message).toContain('"Paused 10:10" would no longer fit');
    session.do({ type: 'undo', eventId: paused.eventId });
    session.do({ type: 'undo', eventId: start });
    expect(session.open.dose.status).toBe('none');
  });

  test('FIX-3 weight and order hold up what was worked out from them', () => {
    const session = dosing();
    const { weight, order } = session.open;
    expect(session.try({ type: 'undo', eventId: order?.eventId ?? '' }).refusal?.code).toBe('DOSE_NOT_ORDERED');
    expect(session.try({ type: 'undo', eventId: weight?.eventId ?? '' }).refusal).toMatchObject({
      code: 'WEIGHT_MISSING',
      subject: order?.eventId,
    });
  });

  test('FIX-4 a correction into the future, before the session, or past its neighbours is refused', () => {
    const session = dosing().at(10);
    const paused = session.do({ type: 'pause-dose', reason: 'other' });
    const correct = (utcMs: number): string | undefined =>
      session.try({ type: 'correct-time', eventId: paused.eventId, utcMs, reason: 'said why' }).refusal?.code;
    expect([ms(11), ms(-50), ms(-1)].map(correct)).toEqual(['SESSION_TIME_IMPOSSIBLE', 'SESSION_TIME_IMPOSSIBLE', 'DOSE_NOT_RUNNING']);
  });

  test('FIX-4 the arrival alone may lie before the opening, up to twelve hours', () => {
    const session = dosing();
    session.do({ type: 'reach-milestone', milestone: 'arrived' });
    const moved = (milestone: 'arrived' | 'consent', utcMs: number): string | undefined => {
      const eventId = session.open.milestones.find((entry) => entry.milestone === milestone)?.eventId ?? milestone;
      return session.try({ type: 'correct-time', eventId, utcMs, reason: 'said why' }).refusal?.code;
    };
    const openedMs = session.open.openedMs;
    expect(moved('consent', openedMs - 1)).toBe('SESSION_TIME_IMPOSSIBLE');
    expect(moved('arrived', openedMs - 12 * 3_600_000 - 1)).toBe('SESSION_TIME_IMPOSSIBLE');
    expect(moved('arrived', openedMs - 12 * 3_600_000)).toBeUndefined();
  });

  test('FIX-5 what cannot be undone or moved says so', () => {
    const session = dosing().at(5);
    const [opening] = session.log;
    const [gap] = session.append([{ kind: 'recording-gap', body: { fromMs: ms(3), toMs: ms(4), cause: 'storage' } }]);
    const undone = session.do({ type: 'reach-milestone', milestone: 'onset' });
    const undo = session.do({ type: 'undo', eventId: undone.eventId });
    const codeOfUndo = (eventId: string | undefined): string | undefined =>
      session.try({ type: 'undo', eventId: eventId ?? '' }).refusal?.code;
    expect([opening, gap, undone, undo].map((event) => codeOfUndo(event?.eventId))).toEqual(
      Array.from({ length: 4 }, () => 'SESSION_WRONG_STATE'),
    );
    expect(codeOfUndo('018f0000-0000-7000-8000-000000000000')).toBe('SESSION_UNKNOWN_EVENT');
    const codeOfMove = (eventId: string): string | undefined =>
      session.try({ type: 'correct-time', eventId, utcMs: ms(4), reason: 'said why' }).refusal?.code;
    expect([undo.eventId, undone.eventId, '018f0000-0000-7000-8000-000000000000'].map(codeOfMove)).toEqual([
      'SESSION_WRONG_STATE',
      'SESSION_WRONG_STATE',
      'SESSION_UNKNOWN_EVENT',
    ]);
  });
});

describe('gaps and the pump', () => {
  test('GAP-1 a restart during the dose asks once what the pump is doing', () => {
    const session = dosing().at(15);
    session.append([{ kind: 'recording-gap', body: { fromMs: ms(12), toMs: ms(15), cause: 'restart' } }]);
    expect(session.open).toMatchObject({ needsPumpConfirmation: true, gaps: [{ monitor: null, fromMs: ms(12), toMs: ms(15) }] });
    // The infusion clock went on by wall time meanwhile.
    expect(session.open.dose.predictedEndMs).toBe(ms(40));
    session.do({ type: 'confirm-pump', running: true });
    expect(session.open.needsPumpConfirmation).toBe(false);
  });

  test('GAP-2 no question about the pump before a dose, or after it', () => {
    const before = new PlayedSession().openSession();
    before.append([{ kind: 'recording-gap', body: { fromMs: ms(-45), toMs: ms(-41), cause: 'restart' } }]);
    expect(before.open.needsPumpConfirmation).toBe(false);
    before.at(-10).prepare().at(0).do({ type: 'start-dose' });
    expect(before.open.needsPumpConfirmation).toBe(false);
    const after = dosing().at(40);
    after.insist({ type: 'complete-dose' });
    after.append([{ kind: 'recording-gap', body: { fromMs: ms(41), toMs: ms(42), cause: 'restart' } }]);
    expect(after.open.needsPumpConfirmation).toBe(false);
  });

  test('GAP-3 a lost monitor is a gap from its last reading until it is live again', () => {
    const session = dosing().at(9);
    const monitor = { monitorId: '018f0000-0000-7000-8000-0000000000aa', monitorName: 'Root' };
    session.append([{ kind: 'monitor-lost', body: { ...monitor, sinceMs: ms(8.9), cause: 'cable-out' } }]);
    expect(session.open.gaps).toMatchObject([{ fromMs: ms(8.9), toMs: null, cause: 'cable-out' }]);
    session.at(11).append([{ kind: 'monitor-live', body: { ...monitor, afterMs: 126_000 } }]);
    expect(session.open.gaps).toMatchObject([{ fromMs: ms(8.9), toMs: ms(11) }]);
  });
});

describe('opening, ending, what is offered', () => {
  test('OPEN-1 one session a room, a known patient, a known protocol', () => {
    const { protocol } = new PlayedSession();
    const patient = { patientId: 'c', name: 'Demo Patient', birthDate: '1984-03-14', recordNumber: '1' };
    const opening = { patient, protocol, course: null, openFor: null };
    const codeOf = (change: Partial<Parameters<typeof decideOpening>[0]>): string => {
      const decision = decideOpening({ ...opening, ...change });
      return 'refusal' in decision ? decision.refusal.code : 'opened';
    };
    expect(codeOf({})).toBe('opened');
    expect(codeOf({ openFor: 'Someone Else' })).toBe('SESSION_ALREADY_OPEN');
    expect(codeOf({ patient: null })).toBe('PATIENT_NOT_FOUND');
    expect(codeOf({ protocol: null })).toBe('PROTOCOL_NOT_FOUND');
    expect(codeOf({ course: { number: 7, of: 6 } })).toBe('SESSION_WRONG_STATE');
  });

  test('END-1 ending with something open needs a reason that names it', () => {
    const session = dosing().at(40);
    openRating(session, 'moaa-s');
    session.insist({ type: 'complete-dose' });
    const { refusal } = session.try({ type: 'end-session' });
    expect(refusal?.code).toBe('SESSION_REASON_REQUIRED');
    expect(refusal?.message).toMatch(/Escort confirmed.*MOAA\/S/);
  });

  test('NEXT-1 while dosing the four large buttons are pause, rate, complete, stop; paused, the first is resume', () => {
    const labels = (session: PlayedSession): string[] => session.offered().map((entry) => entry.label);
    expect(labels(dosing()).slice(0, 4)).toEqual(['Infusion paused', 'Rate changed…', 'Infusion complete', 'Stopped early…']);
    const paused = dosing().at(10);
    paused.do({ type: 'pause-dose', reason: 'other' });
    expect(labels(paused).slice(0, 3)).toEqual(['Infusion resumed', 'Infusion complete', 'Stopped early…']);
  });

  test('NEXT-2 before the dose the protocol order leads, and the start says what it waits for', () => {
    const session = new PlayedSession().openSession();
    const actions = session.offered();
    expect(actions.slice(0, 3).map((entry) => entry.label)).toEqual(['Patient arrived', 'Escort confirmed', 'Fasting confirmed']);
    expect(actions.find((entry) => entry.action.type === 'start-dose')?.waitsFor).toContain('No weight');
    session.prepare();
    expect(session.offered(false)[0]?.label).not.toBe('Infusion started');
    expect(session.offered()[0]).toEqual({
      action: { type: 'start-dose' },
      label: 'Infusion started',
      hint: '40 mg at 60 mL/h',
      tap: { type: 'start-dose' },
      sheet: 'dose',
      waitsFor: null,
    });
  });

  test('NEXT-6 identity and double-check that a start was made without stay on offer, as late, until they are done', () => {
    const session = new PlayedSession().openSession().at(-10);
    session.do({ type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } });
    session.do({ type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1, standingOrder: true });
    const checks = () =>
      session
        .offered()
        .filter(({ action }) => action.type === 'milestone' && (action.milestone === 'identity' || action.milestone === 'double_check'));
    expect(checks()).toEqual([]);
    session.at(0).insist({ type: 'start-dose' });
    expect(checks()).toMatchObject([
      { label: 'Identity confirmed', hint: 'late: the dose was started without it', waitsFor: null },
      { label: 'Medication double-check', hint: 'late: the dose was started without it', waitsFor: null },
    ]);
    session.at(2).do(reach('identity'));
    expect(checks()).toHaveLength(1);
    session.at(50).insist({ type: 'complete-dose' });
    session.do(reach('double_check'));
    expect(checks()).toEqual([]);
    expect(session.open.problems).toEqual([]);
    expect(session.open.milestones.find(({ milestone }) => milestone === 'identity')?.atMs).toBeGreaterThan(
      session.open.dose.startedMs ?? 0,
    );
  });

  test('NEXT-5 a start that was undone is offered again at once, first, also where it asks for reasons; so is an end', () => {
    const session = dosing().at(5);
    const [start] = session.log.filter(({ kind }) => kind === 'dose-started');
    session.do({ type: 'undo', eventId: start?.eventId ?? '' });
    const first = (live: boolean) => session.offered(live)[0];
    expect(first(true)).toMatchObject({ label: 'Infusion started', waitsFor: null });
    expect(first(false)).toMatchObject({
      label: 'Infusion started',
      doubtful: true,
      waitsFor: expect.stringContaining('No monitor') as string,
    });
    const consent = session.log.find(
      ({ kind, body }) => kind === 'milestone-reached' && 'milestone' in body && body.milestone === 'timeout',
    );
    session.do({ type: 'undo', eventId: consent?.eventId ?? '' });
    expect(first(true)).toMatchObject({ label: 'Infusion started', doubtful: true });
    const over = dosing().at(40);
    const ended = over.insist({ type: 'complete-dose' });
    over.do({ type: 'undo', eventId: ended.eventId });
    expect(over.offered().map(({ label }) => label)).toContain('Infusion complete');
  });

  test('NEXT-7 a tap on a button records what is written on it', () => {
    const ended = (): PlayedSession => dosing().at(40);
    for (const make of [(): PlayedSession => new PlayedSession().openSession().at(-10).prepare(), dosing, ended, recovering]) {
      const taps = make()
        .offered()
        .filter(({ tap }) => tap !== null);
      expect(taps.length).toBeGreaterThan(1);
      for (const { tap, label } of taps) {
        const fresh = make();
        fresh.vitals = { cuffs: [{ atMs: fresh.nowMs, sys: 120, dia: 80, mean: null, byHand: false }], trend: null };
        expect(eventLabel(fresh.insist(tap ?? { type: 'start-dose' }))).toBe(label);
      }
    }
  });

  test('NEXT-8 "complete" is one tap once the bag is empty, and asks before', () => {
    const complete = (session: PlayedSession) => session.offered().find(({ action }) => action.type === 'complete-dose');
    expect(complete(dosing().at(39.99))).toMatchObject({ tap: null, sheet: 'dose' });
    expect(complete(dosing().at(40))).toMatchObject({ tap: { type: 'complete-dose' } });
    const paused = dosing().at(10);
    paused.do({ type: 'pause-dose', reason: 'patient-asked' });
    expect(complete(paused.at(60))).toMatchObject({ tap: null });
  });

  test('NEXT-9 that music or lights were changed is one tap of whoever is in the room, and never before what the protocol asks for', () => {
    for (const session of [new PlayedSession().openSession().at(-10).prepare(), dosing(), recovering()]) {
      session.role = 'therapist';
      const places = session.offered().flatMap(({ tap }, place) => (tap?.type === 'change-surroundings' ? [place] : []));
      expect(places).toHaveLength(2);
      expect(Math.min(...places)).toBeGreaterThan(3);
      const [music] = places.map((place) => session.offered()[place]?.tap ?? { type: 'start-dose' as const });
      const recorded = session.do(music ?? { type: 'start-dose' });
      expect(eventLabel(recorded)).toBe('Music changed');
      expect(undoableEvents(session.open, session.nowMs).map(({ label }) => label)).toContain('Music changed');
      session.do({ type: 'undo', eventId: recorded.eventId });
      expect(session.open.history.some(({ event }) => event.kind === 'surroundings-changed')).toBe(false);
    }
    const late = dosing().at(20);
    const at = { utcMs: late.nowMs - 12 * 60_000 };
    expect(late.try({ type: 'change-surroundings', what: 'lights', at }).refusal?.code).toBe('SESSION_REASON_REQUIRED');
    const said = late.do({ type: 'change-surroundings', what: 'lights', at: { ...at, reason: 'hands were full' } });
    expect(said).toMatchObject({ body: { what: 'lights', lateReason: 'hands were full' }, occurred: { utcMs: at.utcMs } });
  });

  test('NEXT-3 everything that is offered is accepted', () => {
    for (const make of [(): PlayedSession => new PlayedSession().openSession(), dosing, recovering]) {
      const session = make();
      for (const { action, waitsFor } of session.offered()) {
        if (action.type !== 'milestone' || waitsFor !== null) continue;
        const fresh = make();
        // What it asks is answered: words, a prescriber, and figures where it stands for a measurement.
        fresh.witness = { personId: 'b0000000-0000-7000-8000-000000000002', name: 'Second', role: 'prescriber' };
        fresh.vitals = { cuffs: [{ atMs: fresh.nowMs, sys: 120, dia: 80, mean: null, byHand: false }], trend: null };
        expect(fresh.insist(reach(action.milestone)).kind).toBe('milestone-reached');
      }
    }
  });

  test('NEXT-4 an ended session offers nothing', () => {
    const session = recovering();
    session.do({ type: 'end-session', reason: 'test' });
    expect(session.offered()).toEqual([]);
  });
});

function recovering(): PlayedSession {
  const session = dosing().at(40);
  session.insist({ type: 'complete-dose' });
  return session.at(42);
}
