import { describe, expect, test } from 'vitest';
import { formatsOfCountry } from '../../shared/values/formats.ts';
import { findProtocol } from '../../shared/clinical/protocol-directory.ts';
import { dosing, startMs, PlayedSession } from './played-session.ts';

/** The infusion ended at +52, the patient rated and looked at; only the escort has not been recorded. */
function recovered(): PlayedSession {
  const session = dosing();
  session.vitals = { cuffs: [{ atMs: startMs - 60_000, sys: 124, dia: 78, mean: null, byHand: false }], trend: null };
  session.at(52);
  session.insist({ type: 'complete-dose' });
  session.at(112).do({ type: 'reach-milestone', milestone: 'return_to_baseline' });
  for (const [instrument, answers] of [
    ['aldrete', [2, 2, 2, 2, 1]],
    ['padss', [2, 2, 2, 2, 2]],
    ['nrs-nausea', [1]],
  ] as const) {
    session.do({ type: 'open-rating', instrument });
    const ratingId = session.open.ratings.find((rating) => rating.instrument === instrument)?.ratingId ?? '';
    answers.forEach((value, index) => session.do({ type: 'answer-item', ratingId, item: index + 1, value }));
    session.do({ type: 'finish-rating', ratingId });
  }
  session.do({ type: 'enter-vitals', values: { 'nibp-sys': 128, 'nibp-dia': 80, spo2: 97 } });
  for (const criterion of ['orientation', 'gait', 'dissociation', 'suicidal-ideation']) {
    session.do({ type: 'confirm-criterion', criterion, met: true });
  }
  return session.at(114);
}

const escort = { type: 'record-escort', name: 'Alex Example', phone: '555 0142', present: true } as const;

describe('discharge', () => {
  test('DISCHARGE-11 the criteria are recorded as met once, with their evidence as it stood, and the milestone with them', () => {
    const session = recovered();
    session.do(escort);
    const { events } = session.try({ type: 'assess-discharge' });
    expect(events.map(({ kind }) => kind)).toEqual(['discharge-assessed', 'milestone-reached']);
    const assessed = session.open.discharge.assessed;
    expect(assessed?.lines.map(({ verdict }) => verdict)).toEqual(session.protocol.discharge.criteria.map(() => 'met'));
    expect(assessed?.lines.find(({ criterion }) => criterion === 'blood-pressure')?.evidence).toContain('128/80');
    expect(assessed?.lines.find(({ criterion }) => criterion === 'aldrete')?.by).toBe('First');
    expect(session.open.phase).toBe('discharge');
  });

  test('DISCHARGE-12 with a criterion open they are refused, and the refusal names it and what it lacks', () => {
    const session = recovered();
    const { refusal } = session.try({ type: 'assess-discharge' });
    expect(refusal?.code).toBe('DISCHARGE_CRITERIA_OPEN');
    expect(refusal?.message).toContain('Escort present (no escort recorded yet)');
    expect(session.open.discharge.assessed).toBeNull();
    const early = dosing().at(20);
    expect(early.try({ type: 'assess-discharge' }).refusal?.code).toBe('SESSION_WRONG_STATE');
  });

  test('DISCHARGE-13 only a prescriber lets a criterion pass, signed in or as the witness, and the reason stays with the assessment', () => {
    const session = recovered();
    const override = { type: 'override-criterion', criterion: 'escort', reason: 'taxi with the clinic driver' } as const;
    session.witness = null;
    expect(session.try(override).refusal?.code).toBe('STAFF_WITNESS_REQUIRED');
    session.witness = { personId: 'b0000000-0000-7000-8000-000000000002', name: 'Second', role: 'nurse' };
    expect(session.try(override).refusal?.code).toBe('STAFF_NOT_ALLOWED');
    session.witness = { ...session.witness, role: 'prescriber' };
    expect(session.do(override).body).toMatchObject({ prescriber: { name: 'Second', role: 'prescriber' } });
    session.do({ type: 'assess-discharge' });
    expect(session.open.discharge.assessed?.overridden).toEqual(['escort']);
    const alone = recovered();
    alone.witness = null;
    alone.role = 'prescriber';
    expect(alone.do(override).body).toMatchObject({ prescriber: { name: 'First' } });
  });

  test('DISCHARGE-13 what is met is not passed over, and what the protocol does not have cannot be', () => {
    const session = recovered();
    session.role = 'prescriber';
    expect(session.try({ type: 'override-criterion', criterion: 'gait', reason: 'why not' }).refusal?.code).toBe('SESSION_WRONG_STATE');
    expect(session.try({ type: 'override-criterion', criterion: 'horoscope', reason: 'why not' }).refusal?.code).toBe(
      'DISCHARGE_NOT_CONFIRMABLE',
    );
  });

  test('DISCHARGE-14 what rests on a rating or a monitor cannot be confirmed by saying so', () => {
    const session = recovered();
    for (const criterion of ['aldrete', 'spo2', 'escort', 'minimum-time']) {
      expect(session.try({ type: 'confirm-criterion', criterion, met: true }).refusal?.code).toBe('DISCHARGE_NOT_CONFIRMABLE');
    }
  });

  test('DISCHARGE-15 an escort has a name and a number that can be called', () => {
    const session = recovered();
    expect(session.try({ ...escort, phone: 'soon' }).refusal?.code).toBe('DISCHARGE_ESCORT_INCOMPLETE');
    expect(session.try({ ...escort, at: { utcMs: startMs + 200 * 60_000 } }).refusal?.code).toBe('SESSION_TIME_IMPOSSIBLE');
    session.do({ ...escort, present: false });
    session.do({ ...escort, name: 'Sam Example' });
    expect(session.open.discharge.escort).toMatchObject({ name: 'Sam Example', present: true });
  });

  test('DISCHARGE-16 a session at home is never discharged', () => {
    const session = recovered();
    Object.assign(session, { protocol: { ...session.protocol, discharge: { ...session.protocol.discharge, ending: 'with-sitter' } } });
    session.do(escort);
    expect(session.try({ type: 'assess-discharge' }).refusal?.code).toBe('DISCHARGE_NOT_HERE');
  });
});

function rate(session: PlayedSession, instrument: 'suds', answers: readonly number[]): void {
  session.do({ type: 'open-rating', instrument });
  const ratingId = session.open.ratings.findLast((rating) => rating.instrument === instrument)?.ratingId ?? '';
  answers.forEach((value, index) => session.do({ type: 'answer-item', ratingId, item: index + 1, value }));
  session.do({ type: 'finish-rating', ratingId });
}

describe('handover', () => {
  test('DISCHARGE-17 a handover names both nurses and keeps the card as it read', () => {
    const session = dosing().at(20);
    session.do({ type: 'enter-vitals', values: { 'nibp-sys': 150, 'nibp-dia': 92 } });
    session.do({ type: 'hand-over', note: 'likes the blanket' });
    const handover = session.open.discharge.handovers[0];
    expect(handover).toMatchObject({ from: { name: 'First' }, to: { name: 'Second' }, note: 'likes the blanket' });
    const lines = Object.fromEntries((handover?.card ?? []).map((section) => [section.heading, section.lines.join('; ')]));
    expect(lines['Dose']).toContain('20 mg given of 40 mg ordered; running');
    expect(lines['Last vitals']).toContain('blood pressure 150/92 at 10:20');
    expect(lines['Phase']).toContain('infusing');
    expect(lines['Adverse events']).toBe('none');
    // What recovery will ask for is not open yet.
    expect(lines['Open']).not.toContain('Discharge');
  });

  const cardOf = (session: PlayedSession): Record<string, readonly string[]> => {
    session.do({ type: 'hand-over' });
    const { card = [] } = session.open.discharge.handovers.at(-1) ?? {};
    return Object.fromEntries(card.map(({ heading, lines }) => [heading, lines]));
  };

  test('DISCHARGE-20 what was answered, passed over or done early is not due on the card; what nobody has said anything of is', () => {
    const session = dosing().at(21);
    const before = cardOf(session);
    expect(before['Due next']).toEqual(['CADSS-6 10:20', 'Blood pressure 10:20', 'Sedation check 10:20', 'SUDS 10:20']);
    expect(before['Not done in its time']).toEqual([
      'Blood pressure 10:15',
      'Sedation check 10:10',
      'Blood pressure 10:10',
      'Blood pressure 10:05',
      'and 4 more',
    ]);
    const slots = ['nibp-during:1', 'nibp-during:2', 'sedation-during:1', 'nibp-during:3'];
    session.do({ type: 'mark-slot-missed', slotKeys: slots, reason: 'patient was talking' });
    session.do({ type: 'enter-vitals', values: { 'nibp-sys': 128, 'nibp-dia': 80 } });
    const after = cardOf(session);
    expect(after['Due next']).toEqual(['CADSS-6 10:20', 'Sedation check 10:20', 'SUDS 10:20', 'Blood pressure 10:25']);
    expect(after['Not done in its time']?.filter((line) => line.includes(' 10:'))).toEqual([]);
  });

  test('DISCHARGE-30 what is overdue is not due next', () => {
    const card = cardOf(dosing().at(35));
    expect(card['Overdue']).toContain('CADSS-6 10:20');
    expect(card['Due next']?.join(' ')).not.toContain('10:20');
    expect(cardOf(dosing().at(1))['Overdue']).toBeUndefined();
  });

  test('DISCHARGE-30 two injections stand on the card as ordered and each with its time', () => {
    const session = new PlayedSession();
    session.protocol = findProtocol('im-ketamine-1.0') ?? session.protocol;
    session.at(-20).openSession();
    const vial = { ug: 500_000, ul: 10_000 };
    const second = { ugPerKg: 500, doseUg: 39_009, volumeUl: 780 };
    const order = { ugPerKg: 1000, weightGrams: 78_018, doseUg: 78_018, volumeUl: 1560, vial, second };
    session.append([{ kind: 'injection-ordered', body: order }]);
    expect(cardOf(session)['Dose']).toEqual(['ordered 78.018 mg, then 39.009 mg if wanted; not started']);
    const given = { vial, site: 'deltoid', side: 'left', lot: 'A1' } as const;
    session.at(0).append([{ kind: 'injection-given', body: { number: 1, ug: 78_018, ul: 1560, ...given } }]);
    session.at(15).append([{ kind: 'injection-given', body: { number: 2, ug: 39_009, ul: 780, ...given } }]);
    const [ordered, ...lines] = cardOf(session)['Dose'] ?? [];
    expect(ordered).toBe('ordered 78.018 mg, then 39.009 mg if wanted');
    expect(lines.slice(0, 3)).toEqual(['78.018 mg given at 10:00', '39.009 mg given at 10:15', '117.027 mg given in all']);
  });

  test('DISCHARGE-21 the card has the newest of each rating, as it was recorded', () => {
    const session = dosing().at(5);
    rate(session, 'suds', [70]);
    rate(session.at(11), 'suds', [40]);
    expect(cardOf(session)['Ratings']).toEqual(['SUDS 40 at 10:11']);
    expect(cardOf(dosing().at(2))['Ratings']).toEqual(['none recorded']);
  });

  test('DISCHARGE-22 the card writes its times as the clinic does, and keeps them so', () => {
    const session = dosing().at(20);
    const context = { ...session.context(), formats: formatsOfCountry.us };
    const { events } = session.tryIn(context, { type: 'hand-over' });
    const said = JSON.stringify(events.at(-1)?.body);
    expect(said).toContain('started 10:00 AM, ends about 10:40 AM');
    expect(said).not.toMatch(/10:\d\d(?! AM)/);
  });

  test('DISCHARGE-18 whoever takes over gives their own PIN, and is a nurse or a prescriber', () => {
    const session = dosing().at(20);
    session.witness = null;
    expect(session.try({ type: 'hand-over' }).refusal?.code).toBe('STAFF_WITNESS_REQUIRED');
    session.witness = { personId: 'b0000000-0000-7000-8000-000000000003', name: 'Third', role: 'therapist' };
    expect(session.try({ type: 'hand-over' }).refusal?.code).toBe('STAFF_NOT_ALLOWED');
  });
});
