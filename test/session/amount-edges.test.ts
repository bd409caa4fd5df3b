import { describe, expect, test } from 'vitest';
import type { ProtocolOf } from '../../shared/clinical/protocol.ts';
import type { Doubt } from '../../shared/contract/contract-errors.ts';
import type { InjectionSite } from '../../shared/clinical/route-dose.ts';
import {
  deviceDoubts,
  injectionDoubts,
  lozengeDoubts,
  plannedUg,
  type Injection,
} from '../../electron/service/session/decide/administration-doubts.ts';
import { doseWeightGrams, slipDoubt, totalDoubts } from '../../electron/service/session/decide/dose-doubts.ts';
import { roundedFarDoubts, stepDoubts, syringeDoubts } from '../../electron/service/session/decide/step-doubts.ts';
import type { RouteOrder } from '../../electron/service/session/state/route-state.ts';
import type { SessionState } from '../../electron/service/session/state/session-state.ts';
import { injectionInSteps, withoutSteps } from '../support/stepped-protocol.ts';
import { PlayedSession, startMs } from './played-session.ts';
import { protocolOf, ready } from './ready-session.ts';

/** What is asked about an amount exactly at each limit and one step beyond it, in its own words. */

const code = 'DOSE_OUTSIDE_PROTOCOL';
const keysOf = (doubts: readonly Doubt[]): readonly string[] => doubts.map(({ key }) => key);
const ms = (minutes: number): number => startMs + Math.round(minutes * 60_000);
const context = new PlayedSession().context();

function orderOf<R extends RouteOrder['route']>(session: PlayedSession, route: R): Extract<RouteOrder, { readonly route: R }> {
  const order = session.open.routeOrder;
  const isOf = (one: RouteOrder | null): one is Extract<RouteOrder, { readonly route: R }> => one?.route === route;
  if (!isOf(order)) throw new Error(`nothing was ordered by ${route}`);
  return order;
}

describe('in all', () => {
  const iv = ready('iv', { kg: 80 });
  const inIv = { ...context, protocol: withoutSteps('iv') };
  // 1 mg/kg at 80 kg, and the microgram that rounding may add.
  const limitUg = 80_001;

  test('AMOUNT-5 the most of a session is not asked about, a microgram more is, with what it is per kilogram', () => {
    expect(totalDoubts(iv.open, inIv, limitUg, 'mg')).toEqual([]);
    expect(totalDoubts(iv.open, inIv, 100_000, 'mg')).toEqual([
      {
        key: 'total-above-limit',
        code,
        words: '100 mg, 1.25 mg/kg in all in this session is more than 1 mg/kg of "IV ketamine 0.5 mg/kg over 40 min"',
        subject: 'mg',
        needs: 'prescriber',
      },
    ]);
    expect(keysOf(totalDoubts(iv.open, inIv, limitUg + 1, 'mg'))).toEqual(['total-above-limit']);
  });

  test.each([
    [0, limitUg + 1, ['total-above-limit']],
    [1, limitUg - 1, []],
    [1, limitUg, ['day-total-above-limit']],
    [1, limitUg + 1, ['total-above-limit', 'day-total-above-limit']],
    [undefined, limitUg, []],
  ])('AMOUNT-5 with %s µg given elsewhere today, %s µg ask %j', (elsewhereUg, ug, keys) => {
    const { todayElsewhereUg: _, ...unknown } = inIv;
    const day = elsewhereUg === undefined ? unknown : { ...unknown, todayElsewhereUg: () => elsewhereUg };
    expect(keysOf(totalDoubts(iv.open, day, ug, 'mg'))).toEqual(keys);
  });

  test('AMOUNT-5 the day is the sum of here and elsewhere', () => {
    const [doubt] = totalDoubts(iv.open, { ...inIv, todayElsewhereUg: () => 60_000 }, 40_000, 'lozenges');
    expect(doubt).toEqual({
      key: 'day-total-above-limit',
      code,
      words: '100 mg, 1.25 mg/kg in all today is more than 1 mg/kg of "IV ketamine 0.5 mg/kg over 40 min"',
      subject: 'lozenges',
      needs: 'prescriber',
    });
  });

  test('AMOUNT-5 a spray is held against its largest dose, whatever the patient weighs', () => {
    const inNose = { ...context, protocol: protocolOf('intranasal') };
    expect(totalDoubts(iv.open, inNose, 84_000, 'mg')).toEqual([]);
    expect(totalDoubts(iv.open, inNose, 84_001, 'mg')).toMatchObject([
      { words: `84.001 mg in all in this session is more than 84 mg of "${inNose.protocol.name}"` },
    ]);
  });

  test('AMOUNT-5 without a weight there is no limit to hold it against', () => {
    expect(totalDoubts(new PlayedSession().openSession().open, inIv, 10_000_000, 'mg')).toEqual([]);
  });

  const beyond: SessionState = { ...iv.open, order: iv.open.order === null ? null : { ...iv.open.order, doseUg: 120_000 } };
  const signedFor = (key: string, needs: 'prescriber' | 'reason'): SessionState => ({
    ...beyond,
    order: beyond.order === null ? null : { ...beyond.order, answered: [{ key, needs, words: 'more', reason: 'as agreed' }] },
  });

  test.each([
    ['dose-outside-protocol', 'prescriber', 120_000],
    ['second-dose-outside-protocol', 'prescriber', 120_000],
    ['lozenges-outside-protocol', 'prescriber', 120_000],
    ['total-above-limit', 'prescriber', 120_000],
    ['dose-outside-protocol', 'reason', limitUg],
    ['minutes-outside-protocol', 'prescriber', limitUg],
  ] as const)('AMOUNT-5 an order that passed %s by a %s lets %s µg be given and no more', (key, needs, mostUg) => {
    const state = signedFor(key, needs);
    expect(totalDoubts(state, inIv, mostUg, 'mg')).toEqual([]);
    expect(keysOf(totalDoubts(state, inIv, mostUg + 1, 'mg'))).toEqual(['total-above-limit']);
  });

  test('AMOUNT-5 one signed answer among others is enough, and none is none', () => {
    const { order } = signedFor('dose-outside-protocol', 'prescriber');
    if (order === null) throw new Error('it was ordered');
    const others = [...(order.answered ?? []), { key: 'rounded-far', needs: 'reason', words: 'far', reason: 'as agreed' } as const];
    expect(totalDoubts({ ...beyond, order: { ...order, answered: others } }, inIv, 120_000, 'mg')).toEqual([]);
    expect(keysOf(totalDoubts(beyond, inIv, 120_000, 'mg'))).toEqual(['total-above-limit']);
  });

  test('AMOUNT-5 what was signed for is both injections of an order, one where it has one, and the lozenges', () => {
    const answered = [{ key: 'total-above-limit', needs: 'prescriber', words: 'more', reason: 'as agreed' }] as const;
    const most = (route: 'im' | 'sublingual', change: object, atMostUg: number) => {
      const session = ready(route, { kg: 40 });
      const order = { ...session.open.routeOrder, ...change, answered } as unknown as RouteOrder;
      const inRoute = { ...context, protocol: protocolOf(route) };
      const at = (ug: number) => keysOf(totalDoubts({ ...session.open, routeOrder: order }, inRoute, ug, 'mg'));
      return [at(atMostUg), at(atMostUg + 1)];
    };
    const second = { ugPerKg: 1000, doseUg: 70_000, volumeUl: 1400 };
    expect(most('im', { doseUg: 90_000, second }, 160_000)).toEqual([[], ['total-above-limit']]);
    expect(most('im', { doseUg: 90_000, second: null }, 90_000)).toEqual([[], ['total-above-limit']]);
    expect(most('sublingual', { doseUg: 250_000, second }, 250_000)).toEqual([[], ['total-above-limit']]);
  });
});

describe('the weight of a dose', () => {
  const reweighed = (state: SessionState, grams: number | null): SessionState => ({
    ...state,
    weight: state.weight === null || grams === null ? null : { ...state.weight, grams },
  });

  test('AMOUNT-5 before the start it is the last one, after it that of the order', () => {
    const before = ready('iv', { kg: 80 });
    expect(doseWeightGrams(reweighed(before.open, 90_000))).toBe(90_000);
    expect(doseWeightGrams(reweighed(before.open, null))).toBeNull();
    before.do({ type: 'start-dose' });
    expect(doseWeightGrams(reweighed(before.open, 90_000))).toBe(80_000);
    const injected = ready('im', { kg: 70 });
    injected.do({ type: 'give-injection', site: 'deltoid', side: 'left', lot: 'K-114' });
    expect(doseWeightGrams(reweighed(injected.open, 90_000))).toBe(70_000);
  });

  test('AMOUNT-5 a spray is ordered for none, so that it is the last one, or none', () => {
    const spray = ready('intranasal', { kg: 70 });
    spray.do({ type: 'give-device', lot: 'S-9' });
    expect(doseWeightGrams(reweighed(spray.open, 90_000))).toBe(90_000);
    expect(doseWeightGrams(reweighed(spray.open, null))).toBeNull();
    expect(doseWeightGrams({ ...reweighed(spray.open, 90_000), routeOrder: null })).toBe(90_000);
  });
});

test('AMOUNT-2 a slip says what it is a slip for and takes a second person; no slip says nothing', () => {
  expect(slipDoubt('amount-tenfold', '770 mg', 770, 77, 'the 77 mg of the order')).toEqual([
    { key: 'amount-tenfold', code, words: '770 mg is ten times the 77 mg of the order', needs: 'second-person' },
  ]);
  expect(slipDoubt('amount-tenfold', '77 mg', 77, 77, 'the 77 mg of the order')).toEqual([]);
  expect(slipDoubt('amount-tenfold', '77 mg', 77, null, 'nothing')).toEqual([]);
});

describe('between two steps', () => {
  const typed = { key: 'rate-not-settable', unit: 'mL/h', subject: 'rateMlPerHour' } as const;

  test('DRAW-11 a figure is asked about between two steps and not on one, nor where there are none', () => {
    expect(stepDoubts({ ...typed, value: 150, step: 100 })).toEqual([
      {
        key: 'rate-not-settable',
        code,
        words: '0.15 mL/h lies between steps of 0.1 mL/h: the nearest are 0.1 and 0.2 mL/h',
        subject: 'rateMlPerHour',
        needs: 'reason',
      },
    ]);
    expect(stepDoubts({ ...typed, value: 50, step: 100 })).toMatchObject([{ words: expect.stringMatching(/the nearest is 0\.1 mL\/h$/) }]);
    for (const step of [100, undefined]) expect(stepDoubts({ ...typed, value: 200, step })).toEqual([]);
    expect(stepDoubts({ ...typed, value: 150, step: undefined })).toEqual([]);
  });

  // A microgram is a microlitre here, so that a thousandth of the syringe's step of 1 mL is 1 µg.
  const even = { ug: 500_000, ul: 500_000 };
  test.each([
    [998, ['amount-not-drawable']],
    [999, []],
    [1000, []],
    [1001, []],
    [1002, ['amount-not-drawable']],
    [2001, []],
    [2002, ['amount-not-drawable']],
  ])('DRAW-11 %s µg between marks a millilitre apart ask %j: a thousandth of a step is the mark', (ug, keys) => {
    expect(keysOf(syringeDoubts(ug, even, 1000))).toEqual(keys);
  });

  test('DRAW-11 a mark that lies between two micrograms is no figure between two marks', () => {
    // 20 µL of it are 1428.57 µg.
    const odd = { ug: 500_000, ul: 7000 };
    expect([1427, 1428, 1429, 1431].map((ug) => keysOf(syringeDoubts(ug, odd, 20)).length)).toEqual([1, 0, 0, 1]);
    expect(syringeDoubts(1500, odd, undefined)).toEqual([]);
  });

  test('DRAW-11 it names the volume and the marks on both sides, and only the upper one below the first', () => {
    const vial = { ug: 500_000, ul: 10_000 };
    expect(syringeDoubts(81_647, vial, 20)).toEqual([
      {
        key: 'amount-not-drawable',
        code,
        words: "81.647 mg are 1.633 mL, between the syringe's steps of 0.02 mL: the nearest are 81 mg in 1.62 mL and 82 mg in 1.64 mL",
        subject: 'mg',
        needs: 'reason',
      },
    ]);
    expect(syringeDoubts(500, vial, 20)).toMatchObject([
      { words: "0.5 mg are 0.01 mL, between the syringe's steps of 0.02 mL: the nearest is 1 mg in 0.02 mL" },
    ]);
  });

  test('DRAW-10 a twentieth more or less is the same dose, a microgram beyond it another', () => {
    const asks = (drawnUg: number) => roundedFarDoubts('rounded-far', 20_000, drawnUg, 40_000).length;
    expect([18_999, 19_000, 20_000, 21_000, 21_001].map(asks)).toEqual([1, 0, 0, 0, 1]);
    expect(roundedFarDoubts('second-rounded-far', 20_000, 22_000, 40_000)).toEqual([
      { key: 'second-rounded-far', code, words: '20 mg can only be drawn as 22 mg, 0.55 mg/kg', subject: 'mgPerKg', needs: 'reason' },
    ]);
  });
});

describe('an injection', () => {
  const session = ready('im');
  const { open } = session;
  const order = orderOf(session, 'im');
  const plain = { ...context, protocol: withoutSteps('im') };
  const first: Injection = { number: 1, ug: 68_000, ul: 1360, site: 'deltoid', side: 'left' };
  const then = ready('im');
  then.do({ type: 'give-injection', site: 'deltoid', side: 'left', lot: 'K-114' });
  const second: Injection = { number: 2, ug: 34_000, ul: 680, site: 'deltoid', side: 'right' };
  const asked = (change: Partial<Injection> = {}, atMin = 15, protocol: ProtocolOf<'im'> = plain.protocol) =>
    injectionDoubts(then.open, order, { ...second, ...change }, { ...plain, protocol }, ms(atMin));

  test('ROUTE-2 each injection has its own amount by the order, and a second one none where it was not ordered', () => {
    expect([1, 2].map((number) => plannedUg(order, number))).toEqual([68_000, 34_000]);
    expect(plannedUg({ ...order, second: null }, 2)).toBeNull();
    expect(plannedUg({ ...order, second: null }, 1)).toBe(68_000);
  });

  test('ROUTE-2 the ordered amount asks nothing, a microgram less or more does, in the words of the order', () => {
    expect(injectionDoubts(open, order, first, plain, ms(0))).toEqual([]);
    expect(injectionDoubts(open, order, { ...first, ug: 67_999 }, plain, ms(0))).toEqual([
      { key: 'amount-not-ordered', code, words: '67.999 mg is not the 68 mg that were ordered', subject: 'mg', needs: 'reason' },
    ]);
    expect(keysOf(injectionDoubts(open, order, { ...first, ug: 68_001 }, plain, ms(0)))).toEqual(['amount-not-ordered']);
    // The second one's amount for the first is another amount, and the second's window is not asked of the first.
    expect(keysOf(injectionDoubts(open, order, { ...first, ug: 34_000 }, plain, ms(90)))).toEqual(['amount-not-ordered']);
  });

  test('ROUTE-2 the window of a second injection holds at both of its ends and not beyond', () => {
    expect([9.999, 10, 15, 20, 20.001].map((at) => keysOf(asked({}, at)))).toEqual([
      ['second-outside-window'],
      [],
      [],
      [],
      ['second-outside-window'],
    ]);
    expect(asked({}, 21.5)).toEqual([
      {
        key: 'second-outside-window',
        code,
        words: `+21.5 min is outside +10 to +20 min of "${plain.protocol.name}" for a second injection`,
        subject: 'at',
        needs: 'reason',
      },
    ]);
    expect(injectionDoubts(open, order, second, plain, ms(15))).toMatchObject([{ words: expect.stringMatching(/^\+0 min is outside/) }]);
  });

  test('ROUTE-2 a second injection that was not ordered, or that the protocol does not have, is asked about as such', () => {
    const unordered = (protocol: ProtocolOf<'im'>, of: typeof order, atMin: number) =>
      injectionDoubts(then.open, of, second, { ...plain, protocol }, ms(atMin));
    const one = { key: 'second-not-ordered', code, words: 'A second injection was not ordered', subject: 'mg', needs: 'reason' };
    const { dose } = plain.protocol;
    const withoutSecond: ProtocolOf<'im'> = { ...plain.protocol, dose: { ...dose, second: null } };
    expect(unordered(plain.protocol, { ...order, second: null }, 15)).toEqual([one]);
    expect(keysOf(unordered(plain.protocol, { ...order, second: null }, 30))).toEqual(['second-not-ordered', 'second-outside-window']);
    expect(unordered(withoutSecond, order, 30)).toEqual([one]);
    expect(unordered(withoutSecond, { ...order, second: null }, 30)).toEqual([one]);
  });

  test('AMOUNT-2 a slip is told against the injection’s own amount, and against the first where none was ordered', () => {
    const slip = (of: typeof order, ug: number) => {
      const doubts = injectionDoubts(then.open, of, { ...second, ug }, plain, ms(15));
      return doubts.find(({ key }) => key === 'amount-tenfold')?.words;
    };
    expect(slip(order, 3400)).toBe('3.4 mg is a tenth of the 34 mg that were ordered');
    expect(slip({ ...order, second: null }, 6800)).toBe('6.8 mg is a tenth of the 68 mg of the first');
    expect(slip(order, 6800)).toBeUndefined();
  });

  test('DRAW-11 an ordered amount is drawn as it was ordered, another one in steps of the syringe', () => {
    const stepped = { ...plain, protocol: injectionInSteps() };
    const uneven = { ...order, doseUg: 68_100 };
    expect(injectionDoubts(open, uneven, { ...first, ug: 68_100 }, stepped, ms(0))).toEqual([]);
    expect(keysOf(injectionDoubts(open, uneven, { ...first, ug: 68_200 }, stepped, ms(0)))).toEqual([
      'amount-not-ordered',
      'amount-not-drawable',
    ]);
    expect(keysOf(injectionDoubts(open, uneven, { ...first, ug: 68_200 }, plain, ms(0)))).toEqual(['amount-not-ordered']);
  });

  test.each<[number, InjectionSite, 'left' | 'right', boolean]>([
    [2000, 'deltoid', 'right', false],
    [2001, 'deltoid', 'right', true],
    [640, 'deltoid', 'left', false],
    [641, 'deltoid', 'left', true],
    [4000, 'ventrogluteal', 'left', false],
    [4001, 'ventrogluteal', 'left', true],
  ])('AMOUNT-4 after 1.36 mL in the left deltoid, %s µL in the %s, %s, are too much: %s', (ul, site, side, isAsked) => {
    expect(keysOf(asked({ ul, site, side }))).toEqual(isAsked ? ['volume-above-limit'] : []);
  });

  test('AMOUNT-4 it says what is in that muscle in all, and a prescriber signs', () => {
    expect(asked({ ul: 1000, side: 'left' })).toEqual([
      {
        key: 'volume-above-limit',
        code,
        words: `2.36 mL in the left deltoid is more than the 2 mL that "${plain.protocol.name}" has for it`,
        subject: 'site',
        needs: 'prescriber',
      },
    ]);
  });

  test('AMOUNT-5 it counts with the injection before it, to the microgram', () => {
    // 2 mg/kg at 68 kg, and the microgram that rounding may add.
    expect(keysOf(asked({ ug: 68_001 }))).toEqual(['amount-not-ordered']);
    expect(asked({ ug: 68_002 }).at(-1)).toMatchObject({ key: 'total-above-limit', subject: 'mg' });
  });
});

describe('a nasal device', () => {
  const protocol = protocolOf('intranasal');
  if (protocol.route !== 'intranasal') throw new Error('not of this route');
  const inNose = { ...context, protocol };
  const session = ready('intranasal');
  const order = orderOf(session, 'intranasal');
  const asked = (atMin: number, { ug = 28_000, devices = order.devices } = {}) =>
    deviceDoubts(session.open, { ...order, devices }, ug, inNose, ms(atMin));

  test('ROUTE-8 the first has nothing to wait for, the next waits five minutes to the millisecond', () => {
    expect(deviceDoubts(session.open, order, 28_000, inNose, ms(0))).toEqual([]);
    session.do({ type: 'give-device', lot: 'S-9' });
    expect(asked(5)).toEqual([]);
    expect(deviceDoubts(session.open, order, 28_000, inNose, ms(5) - 1)).toMatchObject([{ key: 'device-too-soon' }]);
    expect(asked(3.5)).toEqual([
      {
        key: 'device-too-soon',
        code,
        words: `Only 3.5 min since the device before; "${protocol.name}" has 5 min`,
        subject: 'at',
        needs: 'reason',
      },
    ]);
    expect(asked(0)).toMatchObject([{ words: expect.stringMatching(/^Only 0 min/) }]);
    // Entered late, with a time before the other one: it waited for none.
    expect(asked(-0.1)).toEqual([]);
  });

  test('ROUTE-40 as many as were ordered ask nothing, one more takes a prescriber', () => {
    expect(asked(6, { devices: 2 })).toEqual([]);
    expect(asked(6, { devices: 1 })).toEqual([
      {
        key: 'device-not-ordered',
        code,
        words: 'Device 2 was not ordered: the order is for 1 device',
        subject: 'mg',
        needs: 'prescriber',
      },
    ]);
    expect(asked(6, { devices: 0 })).toMatchObject([{ words: 'Device 2 was not ordered: the order is for 0 devices' }]);
  });

  test('AMOUNT-2 another amount than a device holds is asked about, and a slip of it by its own name', () => {
    expect(asked(6, { ug: 28_001 })).toMatchObject([
      { key: 'amount-not-ordered', words: '28.001 mg is not the 28 mg that were ordered', subject: 'mg' },
    ]);
    expect(asked(6, { ug: 2800 })).toMatchObject([
      { key: 'amount-not-ordered' },
      { key: 'amount-tenfold', words: '2.8 mg is a tenth of the 28 mg of a device', needs: 'second-person' },
    ]);
  });

  test('AMOUNT-5 it counts with those before it, to the microgram', () => {
    expect(keysOf(asked(6, { ug: 56_000 }))).toEqual(['amount-not-ordered']);
    expect(asked(6, { ug: 56_001 }).at(-1)).toMatchObject({
      key: 'total-above-limit',
      subject: 'mg',
      words: `84.001 mg in all in this session is more than 84 mg of "${protocol.name}"`,
    });
  });
});

test('AMOUNT-2, AMOUNT-5 lozenges: as ordered they ask nothing, another amount, a slip and too much in all each by its key', () => {
  const session = ready('sublingual', { kg: 40 });
  const order = orderOf(session, 'sublingual');
  const asked = (ug: number) => lozengeDoubts(session.open, order, ug, { ...context, protocol: session.protocol });
  expect(asked(150_000)).toEqual([]);
  expect(asked(149_999)).toMatchObject([{ key: 'amount-not-ordered', words: '149.999 mg is not the 150 mg that were ordered' }]);
  expect(asked(15_000)).toMatchObject([
    { key: 'amount-not-ordered' },
    { key: 'amount-tenfold', words: '15 mg is a tenth of the 150 mg that were ordered' },
  ]);
  // 4 mg/kg at 40 kg, and the microgram that rounding may add.
  expect(keysOf(asked(160_001))).toEqual(['amount-not-ordered']);
  expect(asked(160_002).at(-1)).toMatchObject({ key: 'total-above-limit', subject: 'lozenges', needs: 'prescriber' });
});
