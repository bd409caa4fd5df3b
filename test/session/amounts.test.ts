import { describe, expect, test } from 'vitest';
import { slipWords } from '../../shared/clinical/slip.ts';
import { protocolSchema, type Protocol } from '../../shared/clinical/protocol.ts';
import { sessionCommandSchema, type SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { decideSession } from '../../electron/service/session/decide/decide-session.ts';
import { currentDetail } from '../../electron/service/session/questions/dose-words.ts';
import imKetamine from '../../resources/protocols/im-ketamine-1.0.json' with { type: 'json' };
import { reach } from '../support/reach-milestone.ts';
import { dosing, PlayedSession, prescriberBeside, withoutFigures } from './played-session.ts';
import { protocolOf, ready as readyToDose, weighed } from './ready-session.ts';

const sessionOf = (route: Protocol['route'], kg = 80): PlayedSession => weighed(protocolOf(route), kg);
const ready = (route: Protocol['route'], order: SessionCommandInput, kg = 80): PlayedSession => readyToDose(route, { order, kg });

/** What would be asked about this, without recording it. */
function asked(session: PlayedSession, input: SessionCommandInput): readonly (readonly [string, string])[] {
  const decision = decideSession(session.state, sessionCommandSchema.parse(input), { ...session.context(), answers: [withoutFigures] });
  if (!('refusal' in decision)) return [];
  if (decision.refusal.doubts === undefined) throw new Error(decision.refusal.message);
  return decision.refusal.doubts.map(({ key, needs }) => [key, needs] as const);
}

const standingOrder = true as const;
const orderIm = { type: 'order-injection', mgPerKg: 1, mgPerMl: 50, standingOrder } as const;
const injection = { type: 'give-injection', site: 'ventrogluteal', side: 'left', lot: 'K-114' } as const;

describe('beyond the protocol', () => {
  test('AMOUNT-1 5 mg/kg is a prescriber’s: a nurse alone, or beside a nurse, records it with no reason whatever', () => {
    const session = sessionOf('iv');
    const order = { type: 'order-dose', mgPerKg: 5, minutes: 40, mgPerMl: 1, standingOrder } as const;
    expect(asked(session, order)).toEqual([
      ['dose-outside-protocol', 'prescriber'],
      ['dose-tenfold', 'second-person'],
    ]);
    const answers = ['dose-outside-protocol', 'dose-tenfold'].map((key) => ({ key, reason: 'as agreed by phone' }));
    expect(session.try(order, answers).refusal?.doubts?.map(({ key }) => key)).toEqual(['dose-outside-protocol']);
    expect(session.tryIn({ ...session.context(), secondPerson: prescriberBeside, answers }, order).refusal).toBeNull();
    // A prescriber at the page types their own PIN again; sitting there is not enough.
    const own = sessionOf('iv');
    own.role = 'prescriber';
    expect(own.try(order, answers).refusal?.doubts?.map(({ key }) => key)).toEqual(['dose-outside-protocol']);
    own.ownPinChecked = true;
    expect(own.try(order, answers).refusal).toBeNull();
  });

  test('AMOUNT-1 faster and stronger take a prescriber, slower, weaker and less take a reason', () => {
    const order = { type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1, standingOrder } as const;
    const needs = (change: Partial<typeof order> | object) => asked(sessionOf('iv'), { ...order, ...change });
    expect(needs({ minutes: 19 })).toEqual([['minutes-outside-protocol', 'prescriber']]);
    expect(needs({ minutes: 121 })).toEqual([['minutes-outside-protocol', 'reason']]);
    expect(needs({ mgPerKg: 0.29 })).toEqual([['dose-outside-protocol', 'reason']]);
    expect(needs({ mgPerKg: 1.01 })).toEqual([['dose-outside-protocol', 'prescriber']]);
    expect(needs({ mgPerMl: 11 })).toContainEqual(['strength-outside-protocol', 'prescriber']);
    expect(needs({ mgPerMl: 0.09 })).toContainEqual(['strength-outside-protocol', 'reason']);
    expect(asked(dosing().at(5), { type: 'change-rate', rateMlPerHour: 19 })).toEqual([['rate-outside-protocol', 'reason']]);
    expect(asked(dosing().at(5), { type: 'change-rate', rateMlPerHour: 121 })).toEqual([['rate-outside-protocol', 'prescriber']]);
    expect(asked(dosing().at(5), { type: 'change-rate', rateMlPerHour: 120 })).toEqual([]);
  });
});

describe('a slip of a place', () => {
  test('AMOUNT-2 is told by its ratio: within a twentieth of ten or a hundred either way, or five times and more', () => {
    for (const [value, words] of [
      [770, 'ten times'],
      [7700, 'a hundred times'],
      [7.7, 'a tenth of'],
      [0.77, 'a hundredth of'],
      [808, 'ten times'],
      [385, '5 times'],
      [500, '6.5 times'],
    ] as const) {
      expect([value, slipWords(value, 77)]).toEqual([value, words]);
    }
    for (const value of [77, 154, 384, 8.2, 7.2, 20, 0]) expect([value, slipWords(value, 77)]).toEqual([value, null]);
    expect(slipWords(770, null)).toBeNull();
  });

  test('AMOUNT-2 770 mg for 77.111 mg is a second person’s stop beside the prescriber’s, and the monitor’s reason passes none', () => {
    const session = ready('im', orderIm, 77.111);
    session.monitorLive = false;
    const tenfold = { ...injection, mg: 770 };
    expect(asked(session, tenfold)).toEqual([
      ['monitor-not-live', 'reason'],
      ['amount-not-ordered', 'reason'],
      ['amount-tenfold', 'second-person'],
      ['volume-above-limit', 'prescriber'],
      ['total-above-limit', 'prescriber'],
    ]);
    const one = session.try(tenfold, [{ key: 'monitor-not-live', reason: 'no monitor in this room' }]);
    expect(one.refusal?.doubts).toHaveLength(4);
    expect(one.refusal?.message).toContain('770 mg is ten times the 77.111 mg that were ordered');
    expect(asked(session, injection)).toEqual([['monitor-not-live', 'reason']]);
    // Alone nobody passes it, a prescriber neither.
    session.witness = null;
    session.role = 'prescriber';
    session.ownPinChecked = true;
    const answers = asked(session, tenfold).map(([key]) => ({ key, reason: 'as agreed by phone' }));
    expect(session.try(tenfold, answers).refusal?.doubts?.map(({ key }) => key)).toEqual(['amount-tenfold']);
  });

  test('AMOUNT-2 4500 and 450 mL/h for 45, and 4.5 for it, are asked about; back to the ordered rate is not', () => {
    const session = dosing().at(5);
    session.do({ type: 'change-rate', rateMlPerHour: 45 });
    expect(asked(session, { type: 'change-rate', rateMlPerHour: 4500 })).toEqual([
      ['rate-outside-protocol', 'prescriber'],
      ['rate-tenfold', 'second-person'],
    ]);
    expect(asked(session, { type: 'change-rate', rateMlPerHour: 450 })).toContainEqual(['rate-tenfold', 'second-person']);
    expect(asked(session, { type: 'change-rate', rateMlPerHour: 4.5 })).toContainEqual(['rate-tenfold', 'second-person']);
    session.insist({ type: 'change-rate', rateMlPerHour: 6 });
    expect(asked(session, { type: 'change-rate', rateMlPerHour: 60 })).toEqual([]);
  });

  test('AMOUNT-2 a bag ten times as strong, or with ten times the drug, is asked about', () => {
    const bag = { type: 'change-bag', mg: 40, ml: 40, rateMlPerHour: 60 } as const;
    expect(asked(dosing().at(5), { ...bag, ml: 4, rateMlPerHour: 6 })).toContainEqual(['strength-tenfold', 'second-person']);
    expect(asked(dosing().at(5), { ...bag, mg: 400 })).toContainEqual(['amount-tenfold', 'second-person']);
  });
});

describe('whose order it is', () => {
  const order = { type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1 } as const;

  test('AMOUNT-3 nobody’s order is refused; a prescriber’s and the protocol’s name theirs, and the record says so', () => {
    const session = sessionOf('iv');
    expect(session.try(order).refusal).toMatchObject({ code: 'DOSE_NO_PRESCRIBER', subject: 'orderedBy' });
    const ordered = session.do({ ...order, standingOrder });
    expect(ordered.body).toMatchObject({ orderedBy: { kind: 'standing-order', protocol: session.protocol.name, version: 1 } });
    expect(currentDetail(ordered, session.nowMs, session.open.dose)).toContain(
      `ordered by standing order of protocol "${session.protocol.name}" v1`,
    );
    const [signed] = session.tryIn({ ...session.context(), secondPerson: prescriberBeside }, { ...order, standingOrder }).events;
    expect(signed?.body).toMatchObject({ orderedBy: { kind: 'prescriber', name: 'Prescriber' } });
    session.role = 'prescriber';
    expect(session.do(order).body).toMatchObject({ orderedBy: { kind: 'prescriber', name: 'First' } });
  });

  test('AMOUNT-3 every route asks it', () => {
    for (const [route, input] of [
      ['im', { type: 'order-injection', mgPerKg: 1, mgPerMl: 50 }],
      ['intranasal', { type: 'order-devices', mg: 56 }],
      ['sublingual', { type: 'order-lozenges', lozenges: 1 }],
    ] as const) {
      const session = sessionOf(route);
      expect(session.try(input).refusal?.code).toBe('DOSE_NO_PRESCRIBER');
      expect(session.do({ ...input, standingOrder }).body).toMatchObject({ orderedBy: { kind: 'standing-order' } });
    }
  });

  test('AMOUNT-3 the same figures ordered by somebody else need no new read-back', () => {
    const session = sessionOf('iv');
    session.do({ ...order, standingOrder });
    session.do(reach('double_check'));
    session.role = 'prescriber';
    session.do(order);
    expect(session.open.doubleCheck?.stale).toBe(false);
  });
});

describe('one muscle', () => {
  test('AMOUNT-4 more than 2 mL into one deltoid takes a prescriber, the same into a gluteal muscle nothing', () => {
    const session = ready('im', orderIm, 110);
    expect(asked(session, { ...injection, site: 'deltoid' })).toEqual([['volume-above-limit', 'prescriber']]);
    expect(session.try({ ...injection, site: 'deltoid' }).refusal?.message).toContain('2.2 mL in the left deltoid is more than the 2 mL');
    expect(asked(session, injection)).toEqual([]);
    expect(asked(ready('im', orderIm, 100), { ...injection, site: 'deltoid' })).toEqual([]);
  });

  test('AMOUNT-4 the second injection counts with the first in the same muscle, and by itself in the other', () => {
    const session = ready('im', { ...orderIm, secondMgPerKg: 0.5 }, 90);
    session.do({ ...injection, site: 'deltoid' });
    session.at(15);
    expect(asked(session, { ...injection, site: 'deltoid' })).toEqual([['volume-above-limit', 'prescriber']]);
    expect(asked(session, { ...injection, site: 'deltoid', side: 'right' })).toEqual([]);
    expect(asked(session, { ...injection, site: 'vastus-lateralis' })).toEqual([]);
  });

  test('AMOUNT-4 an order that no muscle takes is asked about before it is drawn up', () => {
    expect(asked(sessionOf('im', 140), { ...orderIm, mgPerKg: 1.5 })).toEqual([['volume-above-limit', 'prescriber']]);
    expect(asked(sessionOf('im', 130), { ...orderIm, mgPerKg: 1.5 })).toEqual([]);
  });

  test('AMOUNT-4 a protocol from before has 2 mL for a deltoid, and a clinic’s own figure holds', () => {
    const { mlPerSite: _, ...dose } = imKetamine.dose;
    const older = protocolSchema.parse({ ...imKetamine, dose });
    expect(older.route === 'im' ? older.dose.mlPerSite : null).toEqual({ deltoid: 2 });
    const session = ready('im', orderIm, 110);
    session.protocol = protocolSchema.parse({ ...imKetamine, dose: { ...imKetamine.dose, mlPerSite: { deltoid: 3, ventrogluteal: 2 } } });
    expect(asked(session, { ...injection, site: 'deltoid' })).toEqual([]);
    expect(asked(session, injection)).toEqual([['volume-above-limit', 'prescriber']]);
  });
});

describe('in all', () => {
  test('AMOUNT-5 boluses and bags add up to what went in, and beyond the most a prescriber signs', () => {
    const session = dosing().at(40);
    session.do({ type: 'change-bag', mg: 40, ml: 40, rateMlPerHour: 60 });
    expect(asked(session.at(60), { type: 'change-bag', mg: 21, ml: 21, rateMlPerHour: 60 })).toContainEqual([
      'total-above-limit',
      'prescriber',
    ]);
    expect(asked(session, { type: 'change-bag', mg: 20, ml: 20, rateMlPerHour: 60 })).toEqual([]);
    expect(asked(session.at(70), { type: 'give-bolus', mg: 10 })).toEqual([['bolus-not-in-protocol', 'reason']]);
    session.at(75).insist({ type: 'change-bag', mg: 40, ml: 40, rateMlPerHour: 60 });
    expect(asked(session, { type: 'give-bolus', mg: 6 })).toContainEqual(['total-above-limit', 'prescriber']);
  });

  test('AMOUNT-5 devices and lozenges beyond the most are asked about when given, unless that much was signed for', () => {
    const spray = ready('intranasal', { type: 'order-devices', mg: 112, standingOrder });
    const device = { type: 'give-device', lot: 'S-9' } as const;
    for (const minute of [0, 5, 10, 15]) {
      expect(asked(spray.at(minute), device)).toEqual([]);
      spray.do(device);
    }
    const lozenge = ready('sublingual', { type: 'order-lozenges', lozenges: 3, standingOrder }, 70);
    expect(lozenge.open.routeOrder?.answered?.map(({ key, by }) => [key, by?.name])).toEqual([['dose-outside-protocol', 'Prescriber']]);
    expect(asked(lozenge, { type: 'place-lozenge' })).toEqual([]);
  });

  test('AMOUNT-5 what went in earlier today in this room counts, by every route, at the order and at the dose', () => {
    for (const [route, order, give] of [
      ['iv', { type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1, standingOrder }, { type: 'start-dose' }],
      ['im', orderIm, injection],
      ['intranasal', { type: 'order-devices', mg: 56, standingOrder }, { type: 'give-device', lot: 'S-9' }],
      ['sublingual', { type: 'order-lozenges', lozenges: 1, standingOrder }, { type: 'place-lozenge' }],
    ] as const) {
      const session = sessionOf(route);
      session.todayElsewhereUg = 300_000;
      expect([route, asked(session, order)]).toEqual([route, [['day-total-above-limit', 'prescriber']]]);
      session.todayElsewhereUg = 0;
      const prepared = ready(route, order);
      expect([route, asked(prepared, give)]).toEqual([route, []]);
      prepared.todayElsewhereUg = 300_000;
      expect([route, asked(prepared, give)]).toEqual([route, [['day-total-above-limit', 'prescriber']]]);
    }
  });
});

describe('a first weight', () => {
  const weigh = { type: 'record-weight', value: 130, unit: 'kg' } as const;

  test('AMOUNT-6 130 kg for 130 lb passes by no reason; a second reading that agrees or a height that fits passes', () => {
    const session = new PlayedSession().openSession();
    expect(asked(session, weigh)).toEqual([['first-visit-weight', 'second-reading']]);
    const answers = [{ key: 'first-visit-weight', reason: 'the scale says so' }];
    expect(session.tryIn({ ...session.context(), secondPerson: prescriberBeside, answers }, weigh).refusal?.doubts).toHaveLength(1);
    const slip = session.try({ ...weigh, again: { value: 130, unit: 'lb' } });
    expect(slip.refusal?.message).toContain('The second reading, 130 lb, is not the first, 130 kg');
    expect(asked(session, { ...weigh, heightCm: 120 })).toEqual([['first-visit-weight', 'second-reading']]);
    expect(session.do({ ...weigh, heightCm: 180 }).body).toEqual({ grams: 130_000, entered: { value: 130, unit: 'kg' }, heightCm: 180 });
    expect(session.do({ ...weigh, again: { value: 130, unit: 'kg' } }).body).toMatchObject({ again: { value: 130, unit: 'kg' } });
    // The same weight in the other unit is a reading that agrees.
    expect(asked(session, { type: 'record-weight', value: 286.6, unit: 'lb', again: { value: 286.6, unit: 'lb' } })).toEqual([]);
  });

  test('AMOUNT-6 a height says so from 12 to 70 kg/m², and a patient who was weighed here before is not asked', () => {
    const session = new PlayedSession().openSession();
    // At 80 kg 70 kg/m² lie at 106.9 cm; at 40 kg 12 kg/m² lie at 182.6 cm.
    const at = (heightCm: number) => asked(session, { type: 'record-weight', value: 80, unit: 'kg', heightCm });
    expect([at(107), at(106.8)]).toEqual([[], [['first-visit-weight', 'second-reading']]]);
    const light = (heightCm: number) => asked(session, { type: 'record-weight', value: 40, unit: 'kg', heightCm });
    expect([light(182), light(183)]).toEqual([[], [['first-visit-weight', 'second-reading']]]);
    session.lastVisitGrams = 128_000;
    expect(asked(session, weigh)).toEqual([]);
  });
});
