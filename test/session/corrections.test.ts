import { describe, expect, test } from 'vitest';
import { deliveredUg } from '../../shared/clinical/dosing.ts';
import type { Protocol } from '../../shared/clinical/protocol.ts';
import { sessionCommandSchema, type SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { recordHistory } from '../../electron/service/projection/record-history.ts';
import { sessionMarks } from '../../electron/service/projection/session-marks.ts';
import { recordFigures } from '../../electron/service/export/record/record-figures.ts';
import { doseView, sessionView } from '../../electron/service/projection/session-view.ts';
import { doseAccount } from '../../electron/service/session/state/controlled-drug-state.ts';
import { dueTimes } from '../../electron/service/session/questions/due-times.ts';
import { decideSession, foreseeSession } from '../../electron/service/session/decide/decide-session.ts';
import { protocolExcursions } from '../../electron/service/session/questions/protocol-excursions.ts';
import { baselineCuff } from '../../electron/service/session/questions/session-vitals.ts';
import type { SessionEvent } from '../../electron/service/session/events/session-event.ts';
import { dosing, PlayedSession, prescriberBeside, startMs } from './played-session.ts';
import { ready as readyToDose } from './ready-session.ts';

const standingOrder = true as const;
const injection = { type: 'give-injection', site: 'ventrogluteal', side: 'left', lot: 'K-114' } as const;

/** At 80 kg, ordered and checked, at the moment of the dose. */
const ready = (route: Protocol['route'], order: SessionCommandInput): PlayedSession => readyToDose(route, { order, kg: 80 });

const injected = (): { session: PlayedSession; given: SessionEvent } => {
  const session = ready('im', { type: 'order-injection', mgPerKg: 1, mgPerMl: 50, secondMgPerKg: 0.5, standingOrder });
  return { session, given: session.do(injection) };
};

function asked(session: PlayedSession, input: SessionCommandInput): readonly string[] {
  const decision = decideSession(session.state, sessionCommandSchema.parse(input), session.context());
  if (!('refusal' in decision)) return [];
  if (decision.refusal.doubts === undefined) throw new Error(decision.refusal.message);
  return decision.refusal.doubts.map(({ key, needs }) => `${key} ${needs}`);
}

const mgNow = (session: PlayedSession): number => deliveredUg(session.open.dose.timeline, session.nowMs) / 1000;
const correct = (eventId: string, change: object): SessionCommandInput => ({
  type: 'correct-administration',
  eventId,
  reason: 'misread',
  ...change,
});

describe('what goes in whole', () => {
  test('CORRECT-1 another amount moves volume, dose and drug account; the first one stays beside it', () => {
    const { session, given } = injected();
    session.at(1);
    session.do({
      type: 'draw-controlled-drug',
      stock: { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 },
      mg: 500,
    });
    const account = () => doseAccount(session.open.controlledDrugs, session.open.dose, session.nowMs);
    expect([mgNow(session), account().openUg]).toEqual([80, 420_000]);
    const answers = [{ key: 'amount-not-ordered', reason: 'the syringe held less' }];
    session.at(3).do(correct(given.eventId, { mg: 75, side: 'right', lot: 'K-115' }), answers);
    expect([mgNow(session), account().openUg]).toEqual([75, 425_000]);
    expect(doseView(session.open, session.protocol).administrations).toMatchObject([
      { label: 'Injection 75 mg', injection: { ul: 1500, site: 'ventrogluteal', side: 'right' }, lot: 'K-115' },
    ]);
    expect(sessionMarks(session.open, () => null).find(({ eventId }) => eventId === given.eventId)).toMatchObject({
      label: 'Injection 75 mg',
      detail: expect.stringContaining('corrected, first Injection 80 mg · 1.6 mL of 50 mg/mL, left ventrogluteal, lot K-114') as string,
    });
    const entry = recordHistory(session.open, () => 'First').find(({ eventId }) => eventId === given.eventId);
    expect(entry).toMatchObject({ label: 'Injection 75 mg', state: 'amended' });
    expect(entry?.changes).toMatchObject([
      {
        replaces: 'Injection 80 mg · 1.6 mL of 50 mg/mL, left ventrogluteal, lot K-114',
        detail: '75 mg · 1.5 mL · right · lot K-115',
        reason: 'misread · 75 mg is not the 80 mg that were ordered: the syringe held less',
      },
    ]);
    // The log keeps the first words.
    expect(session.log.find(({ eventId }) => eventId === given.eventId)?.body).toMatchObject({ ug: 80_000, lot: 'K-114' });
  });

  test('CORRECT-1 a device is corrected in amount and lot, lozenges in number and lot', () => {
    const nasal = ready('intranasal', { type: 'order-devices', mg: 56, standingOrder });
    const device = nasal.insist({ type: 'give-device', lot: 'S-9' });
    nasal.at(1).insist(correct(device.eventId, { mg: 14, lot: 'S-10' }));
    expect(nasal.open.dose.administrations[0]?.event.body).toMatchObject({ ug: 14_000, lot: 'S-10', number: 1, of: 2 });
    const remote = ready('sublingual', { type: 'order-lozenges', lozenges: 2, standingOrder });
    const placed = remote.insist({ type: 'place-lozenge', lot: 'L-1' });
    remote.at(1).insist(correct(placed.eventId, { lozenges: 1.5 }));
    expect(remote.open.dose.administrations[0]?.event.body).toMatchObject({ halves: 3, ug: 150_000, lot: 'L-1' });
  });

  test('CORRECT-2 the same is asked as when it is given, and the answer under another key passes nothing', () => {
    const { session, given } = injected();
    session.at(1);
    const tenfold = correct(given.eventId, { mg: 800, site: 'deltoid' });
    const keys = ['amount-not-ordered', 'amount-tenfold', 'volume-above-limit', 'total-above-limit'];
    expect(asked(session, tenfold)).toEqual([
      'amount-not-ordered reason',
      'amount-tenfold second-person',
      'volume-above-limit prescriber',
      'total-above-limit prescriber',
    ]);
    const reason = 'as agreed by phone';
    for (const missing of keys) {
      const answers = keys.filter((key) => key !== missing).map((key) => ({ key, reason }));
      const context = { ...session.context(), secondPerson: prescriberBeside, answers };
      expect(session.tryIn(context, tenfold).refusal?.doubts?.map(({ key }) => key)).toEqual([missing]);
    }
    const answers = keys.map((key) => ({ key, reason }));
    const alone = session.tryIn({ ...session.context(), secondPerson: null, answers }, tenfold);
    expect(alone.refusal?.doubts?.map(({ key }) => key)).toEqual(['amount-tenfold', 'volume-above-limit', 'total-above-limit']);
    // 50 mg/mL into a deltoid that takes 2 mL: 1.6 mL, then 2.5 mL.
    expect(asked(session, correct(given.eventId, { site: 'deltoid' }))).toEqual([]);
    expect(asked(session, correct(given.eventId, { mg: 125, site: 'deltoid' }))).toContain('volume-above-limit prescriber');
    expect(asked(session, correct(given.eventId, { lot: 'K-9' }))).toEqual([]);
  });

  test('CORRECT-2 an earlier first injection puts the second one outside its window, and that is asked', () => {
    const { session, given } = injected();
    session.at(11).insist({ ...injection, side: 'right' });
    session.at(30);
    const moved = (minutes: number): SessionCommandInput => ({
      type: 'correct-time',
      eventId: given.eventId,
      utcMs: (given.occurred.utcMs ?? 0) + minutes * 60_000,
      reason: 'by the wall clock',
    });
    expect(asked(session, moved(1))).toEqual([]);
    expect(asked(session, moved(1.5))).toEqual(['second-outside-window reason']);
    const { events } = session.try(moved(1.5), [{ key: 'second-outside-window', reason: 'it was given like that' }]);
    expect(events[0]?.body.answered).toMatchObject([
      { key: 'second-outside-window', words: expect.stringMatching(/^\+9.5 min is outside \+10 to \+20 min of /) as string },
    ]);
    // It stands now: moving something else asks nothing more, undoing the correction neither.
    expect(asked(session, { type: 'undo', eventId: events[0]?.eventId ?? '' })).toEqual([]);
  });

  test('CORRECT-2 what other sessions of the day gave counts with the corrected amount', () => {
    const { session, given } = injected();
    session.todayElsewhereUg = 76_000;
    session.at(1);
    // 2 mg/kg at 80 kg are 160 mg in all.
    expect(asked(session, correct(given.eventId, { mg: 84 }))).toEqual(['amount-not-ordered reason']);
    expect(asked(session, correct(given.eventId, { mg: 85 }))).toEqual(['amount-not-ordered reason', 'day-total-above-limit prescriber']);
  });

  test('CORRECT-2 a start moved to a pressure beyond its hold limit is the prescriber’s, and by a minute more it is not asked again', () => {
    const session = new PlayedSession().openSession().at(-10).prepare().at(-2);
    session.do({ type: 'enter-vitals', values: { 'nibp-sys': 192, 'nibp-dia': 118 } });
    session.at(14);
    session.do({ type: 'enter-vitals', values: { 'nibp-sys': 122, 'nibp-dia': 78 } });
    const start = session.at(15).do({ type: 'start-dose' });
    const to = (minutes: number): SessionCommandInput => ({
      type: 'correct-time',
      eventId: start.eventId,
      utcMs: start.occurred.utcMs + minutes * 60_000,
      reason: 'by the pump',
    });
    session.at(16);
    expect(asked(session, to(-2))).toEqual(['hold-limit:nibp-sys prescriber', 'hold-limit:nibp-dia prescriber']);
    session.insist(to(-2));
    expect(asked(session, to(-3))).toEqual([]);
  });

  test('CORRECT-3 a pause undone lets more in before the new bag: what the bag comes to is asked again', () => {
    const session = dosing().at(10);
    const paused = session.do({ type: 'pause-dose', reason: 'patient-anxious' });
    session.at(40).do({ type: 'resume-dose' });
    session.at(41).insist({ type: 'change-bag', mg: 60, ml: 60, rateMlPerHour: 60 });
    session.at(42);
    // By then 11 mg of 40; without the pause 40 mg, and 100 mg in all at 80 kg.
    const resumed = session.log.find(({ kind }) => kind === 'dose-resumed')?.eventId ?? '';
    expect(asked(session, { type: 'undo', eventId: resumed })).toEqual([]);
    session.do({ type: 'undo', eventId: resumed, reason: 'a slip' });
    expect(asked(session, { type: 'undo', eventId: paused.eventId })).toEqual(['total-above-limit prescriber']);
  });

  test('CORRECT-3 a bolus entered at an earlier time is asked about with the bag that came after it', () => {
    const session = dosing().at(10);
    session.do({ type: 'pause-dose', reason: 'patient-anxious' });
    session.at(12).insist({ type: 'change-bag', mg: 65, ml: 65, rateMlPerHour: 60 });
    session.at(13);
    const late = { type: 'give-bolus', mg: 10, at: { utcMs: session.nowMs - 2 * 60_000 } } as const;
    // 10 mg before the pause, 10 mg of the bolus, 65 mg of the new bag: 85 mg at 80 kg.
    expect(asked(session, late)).toEqual(['bolus-not-in-protocol reason', 'total-above-limit prescriber']);
    expect(asked(session, { ...late, mg: 4 })).toEqual(['bolus-not-in-protocol reason']);
  });

  test('CORRECT-4 of two corrections each holds for what it names, and an undone one for nothing', () => {
    const { session, given } = injected();
    const first = session.at(1).insist(correct(given.eventId, { mg: 75 }));
    session.at(2).do(correct(given.eventId, { lot: 'K-2' }));
    const body = () => session.open.dose.administrations[0]?.event.body;
    expect(body()).toMatchObject({ ug: 75_000, ul: 1500, lot: 'K-2' });
    session.at(3).do({ type: 'undo', eventId: first.eventId, reason: 'it was 80' });
    expect(body()).toMatchObject({ ug: 80_000, ul: 1600, lot: 'K-2' });
  });

  test('CORRECT-5 what is no administration, was undone or stands already is refused, and so is a muscle of a device', () => {
    const { session, given } = injected();
    session.at(1);
    const code = (input: SessionCommandInput) => session.try(input).refusal?.code;
    const vitals = session.log.find(({ kind }) => kind === 'vitals-entered')?.eventId ?? '';
    expect(code(correct(vitals, { mg: 1 }))).toBe('SESSION_WRONG_STATE');
    expect(code(correct(given.eventId, { mg: 80, side: 'left' }))).toBe('SESSION_WRONG_STATE');
    expect(code(correct(given.eventId, { lozenges: 1 }))).toBe('SESSION_WRONG_STATE');
    expect(code(correct(given.eventId, { mg: 0.0001 }))).toBe('DOSE_OUTSIDE_PROTOCOL');
    session.do({ type: 'undo', eventId: given.eventId });
    expect(code(correct(given.eventId, { mg: 75 }))).toBe('SESSION_WRONG_STATE');
    const nasal = ready('intranasal', { type: 'order-devices', mg: 56, standingOrder });
    const device = nasal.insist({ type: 'give-device', lot: 'S-9' });
    expect(nasal.at(1).try(correct(device.eventId, { site: 'deltoid' })).refusal?.code).toBe('SESSION_WRONG_STATE');
  });

  test('CORRECT-1 what is foreseen of a correction is what is true afterwards', () => {
    const { session, given } = injected();
    session.at(1);
    const input = correct(given.eventId, { mg: 60 });
    const ahead = foreseeSession(session.state, sessionCommandSchema.parse(input), session.context());
    if ('refusal' in ahead) throw new Error(ahead.refusal.message);
    session.insist(input);
    expect(doseView(session.open, session.protocol)).toEqual(doseView(ahead.after, session.protocol));
    expect(mgNow(session)).toBe(60);
  });
});

describe('typed vitals', () => {
  test('CORRECT-6 the corrected figures hold, the typed ones stay beside them, and a slip among them is asked about', () => {
    const session = dosing().at(5);
    const { eventId } = session.do({ type: 'enter-vitals', values: { 'pulse-rate': 78, 'nibp-sys': 182, 'nibp-dia': 84 } });
    const to = (values: object): SessionCommandInput => ({ type: 'correct-vitals', eventId, values, reason: 'misread' });
    session.at(6);
    expect(session.try(to({ 'nibp-sys': 132 })).refusal?.code).toBe('VITALS_IMPOSSIBLE');
    expect(session.try(to({})).refusal?.code).toBe('VITALS_IMPOSSIBLE');
    expect(session.try(to({ 'pulse-rate': 78, 'nibp-sys': 182, 'nibp-dia': 84 })).refusal?.code).toBe('SESSION_WRONG_STATE');
    expect(asked(session, to({ 'pulse-rate': 8, 'nibp-sys': 132, 'nibp-dia': 84 }))).toEqual(['implausible-vital:pulse-rate reason']);
    session.do(to({ 'nibp-sys': 132, 'nibp-dia': 84 }));
    expect(session.open.vitals.at(-1)?.values).toEqual({ 'nibp-sys': 132, 'nibp-dia': 84 });
    const entry = recordHistory(session.open, () => 'First').find((one) => one.eventId === eventId);
    expect(entry).toMatchObject({ detail: 'blood pressure 132/84 mmHg', state: 'amended' });
    expect(entry?.changes).toMatchObject([
      { replaces: 'Vitals by hand · blood pressure 182/84 mmHg · pulse 78/min', detail: 'blood pressure 132/84 mmHg', reason: 'misread' },
    ]);
  });
});

describe('a monitor’s values', () => {
  const cuff = (minute: number, sys: number, dia: number) => ({ atMs: startMs + minute * 60_000, sys, dia, mean: null, byHand: false });

  /** A dose since 10:00; pressures at −2, +5 and +10, SpO₂ of 97 with 71 to 75 for 75 seconds from +6. */
  function measured(): PlayedSession {
    const session = dosing().at(12);
    const spo2 = Array.from({ length: 720 }, (_, second) => (second >= 360 && second < 435 ? 71 + 2 * (second % 3) : 97));
    const none = spo2.map(() => null);
    session.vitals = {
      cuffs: [cuff(-2, 128, 80), cuff(5, 212, 131), cuff(10, 138, 84)],
      trend: {
        fromMs: startMs,
        stepMs: 1000,
        length: 720,
        columns: { 'pulse-rate': none, spo2, 'resp-rate': none, etco2: none, 'heart-rate': none },
      },
    };
    return session;
  }
  const beyond = (session: PlayedSession): readonly string[] =>
    protocolExcursions(session.open, session.protocol, session.vitals, -300).map(({ label }) => label);
  const material = (session: PlayedSession) => {
    const { cuffs, trend } = session.vitals;
    const { protocol, nowMs, open: state } = session;
    if (trend === null) throw new Error('there are lines');
    return { state, protocol, vitals: { cuffs, trend }, nowMs };
  };
  const sectionOf = (session: PlayedSession) => {
    const { state, vitals, ...of } = material(session);
    return sessionView(state, { ...of, ...vitals, monitorLive: true, privateMarksShown: false, nameOf: () => 'First' });
  };

  test('CORRECT-9 a marked pressure and stretch are no highest, lowest or limit, stay in sight, and count again when undone', () => {
    const session = measured();
    const figures = () => recordFigures(material(session));
    expect([figures()['peak-sys'].value, figures()['lowest-spo2'].value]).toEqual([212, 71]);
    expect(beyond(session)).toEqual(['Systolic pressure 212/131', 'Diastolic pressure 212/131', 'SpO₂ 71 %']);
    const marked = session.do({ type: 'mark-artefact', metric: 'nibp', fromMs: startMs + 5 * 60_000, reason: 'the arm was moved' });
    session.do({ type: 'mark-artefact', metric: 'spo2', fromMs: startMs + 355_000, toMs: startMs + 440_000 });
    expect(marked).toMatchObject({ body: { said: '212/131', reason: 'the arm was moved' }, occurred: { utcMs: startMs + 300_000 } });
    expect([figures()['peak-sys'].value, figures()['lowest-spo2'].value]).toEqual([138, 97]);
    expect(beyond(session)).toEqual([]);
    const section = sectionOf(session);
    expect(section.cuffReadings.map(({ sys, artefact }) => [sys, artefact ?? false])).toEqual([
      [128, false],
      [212, true],
      [138, false],
    ]);
    expect(section.artefacts.map(({ label, by }) => [label, by])).toEqual([
      ['Blood pressure 212/131 mmHg: artefact', 'First'],
      ['SpO₂ 71 to 97 %: artefact', 'First'],
    ]);
    session.do({ type: 'undo', eventId: marked.eventId, reason: 'it was repeated and stayed' });
    expect(figures()['peak-sys'].value).toBe(212);
  });

  test('CORRECT-9 a marked pressure is no baseline and holds no dose', () => {
    const session = new PlayedSession().openSession().at(-10).prepare().at(-1);
    session.vitals = { cuffs: [cuff(-4, 124, 78), cuff(-2, 212, 131)], trend: null };
    const held = () => asked(session, { type: 'start-dose' }).filter((key) => key.startsWith('hold-limit:'));
    expect(held()).toEqual(['hold-limit:nibp-sys prescriber', 'hold-limit:nibp-dia prescriber']);
    session.do({ type: 'mark-artefact', metric: 'nibp', fromMs: startMs - 2 * 60_000 });
    expect(held()).toEqual([]);
    session.insist({ type: 'start-dose' });
    expect(baselineCuff(session.open, session.vitals)).toMatchObject({ sys: 124, dia: 78 });
  });

  test('CORRECT-9 a marked pressure keeps no time that was due, until the mark is undone', () => {
    const session = measured();
    const keptMs = () =>
      dueTimes(session.open, session.protocol, session.vitals?.cuffs ?? [], session.nowMs).flatMap(({ kind, doneAtMs }) =>
        kind === 'nibp' && doneAtMs !== null ? [doneAtMs] : [],
      );
    const pressureMs = startMs + 5 * 60_000;
    expect(keptMs()).toContain(pressureMs);
    const marked = session.do({ type: 'mark-artefact', metric: 'nibp', fromMs: pressureMs });
    expect(keptMs()).not.toContain(pressureMs);
    session.do({ type: 'undo', eventId: marked.eventId, reason: 'it was repeated and stayed' });
    expect(keptMs()).toContain(pressureMs);
  });

  test('CORRECT-9 nothing is marked where no monitor gave a value, twice, over more than ten minutes, or to come', () => {
    const session = measured();
    const code = (fromMin: number, toMin: number, metric: 'nibp' | 'spo2' | 'etco2' = 'spo2') =>
      session.try({ type: 'mark-artefact', metric, fromMs: startMs + fromMin * 60_000, toMs: startMs + toMin * 60_000 }).refusal?.code;
    expect(code(3, 4, 'etco2')).toBe('SESSION_UNKNOWN_EVENT');
    expect(code(3, 4, 'nibp')).toBe('SESSION_UNKNOWN_EVENT');
    expect(code(1, 11.1)).toBe('SESSION_TIME_IMPOSSIBLE');
    expect(code(4, 3)).toBe('SESSION_TIME_IMPOSSIBLE');
    expect(code(11, 13)).toBe('SESSION_TIME_IMPOSSIBLE');
    expect(code(1, 11)).toBeUndefined();
    expect(code(2, 10)).toBe('SESSION_UNKNOWN_EVENT');
  });
});
