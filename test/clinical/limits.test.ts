import { describe, expect, test } from 'vitest';
import { excursionsOf, type Excursion, type MeasuredPoint } from '../../shared/clinical/excursion.ts';
import { sessionExtremes, type MeasuredSession } from '../../shared/clinical/extremes.ts';
import { isBeyondLimit, limitSchema, type Limit, type LimitParameter } from '../../shared/clinical/protocol-limits.ts';

const limit = (changes: Partial<Limit>): Limit =>
  limitSchema.parse({ parameter: 'spo2', act: 'review', comparison: 'below', value: 94, note: '', ...changes });

const noSymptoms = (): boolean => false;

interface Told {
  readonly limits: readonly Limit[];
  readonly baseline?: Partial<Record<LimitParameter, number>>;
  readonly hadSymptoms?: (fromMs: number, toMs: number) => boolean;
}

function found(parameter: LimitParameter, points: readonly MeasuredPoint[], { limits, baseline = {}, hadSymptoms = noSymptoms }: Told) {
  return excursionsOf({ parameter, label: parameter, points }, { limits, baseline, hadSymptoms });
}
const brief = (list: readonly Excursion[]) =>
  list.map(({ side, worst, act, fromMs, toMs }) => [side, worst, act, fromMs / 1000, toMs / 1000]);

/** Readings that stand for themselves, at seconds. */
const readings = (...values: readonly (readonly [second: number, value: number])[]): MeasuredPoint[] =>
  values.map(([second, value]) => ({ atMs: second * 1000, value, text: String(value), single: true }));

/** A monitor's line: stretches of seconds at one value. */
function line(everySeconds: number, ...parts: readonly (readonly [seconds: number, value: number])[]): MeasuredPoint[] {
  const points: MeasuredPoint[] = [];
  let second = 0;
  for (const [seconds, value] of parts) {
    for (const end = second + seconds; second < end; second += everySeconds) {
      points.push({ atMs: second * 1000, value, text: String(value), single: false });
    }
  }
  return points;
}

describe('beyond a limit', () => {
  test.each([
    ['at-or-above', 159.9, false],
    ['at-or-above', 160, true],
    ['above', 160, false],
    ['above', 160.1, true],
    ['below', 160, false],
    ['below', 159.9, true],
    ['at-or-below', 160, true],
    ['at-or-below', 160.1, false],
  ] as const)('LIMIT-1 "%s" 160: %d is beyond: %s', (comparison, value, beyond) => {
    expect(isBeyondLimit(limit({ comparison, value: 160 }), value, null)).toBe(beyond);
  });

  test('LIMIT-1 30 % over a baseline of 120 is 156, and without a baseline nothing can be said', () => {
    const relative = limit({ parameter: 'nibp-sys', comparison: 'percent-above-baseline', value: 30 });
    expect([155.9, 156, 157].map((value) => isBeyondLimit(relative, value, 120))).toEqual([false, true, true]);
    expect(isBeyondLimit(relative, 300, null)).toBeNull();
  });

  const pressure = [
    limit({ parameter: 'nibp-sys', comparison: 'at-or-above', value: 160 }),
    limit({ parameter: 'nibp-sys', comparison: 'below', value: 90 }),
    limit({ parameter: 'nibp-dia', comparison: 'at-or-above', value: 100 }),
  ];

  test('LIMIT-2 a low pressure beside a high one is a stretch of its own', () => {
    expect(brief(found('nibp-sys', readings([60, 166], [120, 84]), { limits: pressure }))).toEqual([
      ['high', '166', 'review', 60, 60],
      ['low', '84', 'review', 120, 120],
    ]);
  });

  test('LIMIT-2 the diastolic has a furthest value of its own, and no limit of another parameter counts', () => {
    expect(brief(found('nibp-dia', readings([60, 92], [120, 112]), { limits: pressure }))).toEqual([['high', '112', 'review', 120, 120]]);
    expect(found('nibp-sys', readings([60, 92], [120, 112]), { limits: pressure })).toEqual([]);
  });

  test('LIMIT-3 typed one by one, each value counts by itself', () => {
    const limits = [limit({}), limit({ value: 90, act: 'stop' })];
    expect(brief(found('spo2', readings([60, 85]), { limits }))).toEqual([['low', '85', 'stop', 60, 60]]);
    expect(brief(found('spo2', readings([60, 85], [120, 97], [180, 93]), { limits }))).toEqual([
      ['low', '85', 'stop', 60, 60],
      ['low', '93', 'review', 180, 180],
    ]);
  });

  test('LIMIT-3 a typed value beside a monitor that saw nothing is listed', () => {
    const points = [...line(1, [120, 97]), ...readings([60.5, 85])].sort((a, b) => a.atMs - b.atMs);
    expect(brief(found('spo2', points, { limits: [limit({})] }))).toEqual([['low', '85', 'review', 60.5, 60.5]]);
  });

  test('LIMIT-4 sixty seconds within the limits keep a line in one stretch, sixty-one do not', () => {
    const limits = [limit({})];
    // The last second beyond is 19; the next beyond comes 60 seconds after it, or 61.
    expect(brief(found('spo2', line(1, [20, 90], [59, 97], [20, 89], [1, 97]), { limits }))).toEqual([['low', '89', 'review', 0, 98]]);
    expect(brief(found('spo2', line(1, [20, 90], [60, 97], [20, 89], [1, 97]), { limits }))).toEqual([
      ['low', '90', 'review', 0, 19],
      ['low', '89', 'review', 80, 99],
    ]);
  });

  test('LIMIT-10 a monitor by the minute that stays beyond a limit is in one stretch, though its minutes have 60 or 61 seconds, until it is silent', () => {
    const limits = [limit({})];
    const minutes = (count: number, fromSecond: number) =>
      Array.from({ length: count }, (_, index) =>
        line(1, [1, 90]).map((one) => ({ ...one, atMs: (fromSecond + index * 61) * 1000 })),
      ).flat();
    expect(brief(found('spo2', minutes(20, 0), { limits }))).toEqual([['low', '90', 'review', 0, 19 * 61]]);
    const interrupted = [...minutes(10, 0), ...minutes(10, 1200)];
    expect(found('spo2', interrupted, { limits })).toHaveLength(2);
    // One within the limits between two beyond it is two minutes of not knowing: two stretches, as before.
    const within = minutes(9, 0).map((one, index) => (index === 4 ? { ...one, value: 97, text: '97' } : one));
    expect(found('spo2', within, { limits })).toHaveLength(2);
  });

  test('LIMIT-4 cuff readings beyond it are one stretch however far apart, until one is within', () => {
    const limits = pressure;
    expect(brief(found('nibp-sys', readings([0, 162], [900, 170], [1800, 161]), { limits }))).toEqual([['high', '170', 'review', 0, 1800]]);
    expect(brief(found('nibp-sys', readings([0, 162], [900, 150], [1800, 161]), { limits }))).toEqual([
      ['high', '162', 'review', 0, 0],
      ['high', '161', 'review', 1800, 1800],
    ]);
  });

  test('LIMIT-5 "on repeat" is met by the next reading, not by a later one', () => {
    const condition = { kind: 'on-repeat' } as const;
    const limits = [
      limit({ parameter: 'nibp-sys', comparison: 'at-or-above', value: 160, condition }),
      limit({ parameter: 'nibp-sys', comparison: 'at-or-above', value: 180, act: 'stop', condition }),
    ];
    const acts = (...values: readonly number[]) =>
      found('nibp-sys', readings(...values.map((value, index) => [index * 300, value] as const)), { limits }).map(({ act }) => act);
    expect(acts(162)).toEqual(['once']);
    expect(acts(162, 150)).toEqual(['once']);
    expect(acts(162, 160)).toEqual(['review']);
    expect(acts(185)).toEqual(['review']);
    expect(acts(185, 170, 185)).toEqual(['review']);
    expect(acts(185, 180)).toEqual(['stop']);
  });

  test('LIMIT-5 "for 1 min" is met from sixty seconds on', () => {
    const limits = [limit({}), limit({ value: 92, act: 'stop', condition: { kind: 'lasting', seconds: 60 } })];
    const acts = (seconds: number) => found('spo2', line(1, [seconds, 91], [5, 97]), { limits }).map(({ act }) => act);
    expect(acts(59)).toEqual(['review']);
    expect(acts(60)).toEqual(['stop']);
  });

  test('LIMIT-5 "with symptoms" is met where somebody recorded some', () => {
    const limits = [
      limit({ parameter: 'nibp-sys', value: 90 }),
      limit({ parameter: 'nibp-sys', value: 90, act: 'stop', condition: { kind: 'with-symptoms' } }),
    ];
    const asked: number[][] = [];
    const acts = (answer: boolean) => {
      const hadSymptoms = (...span: readonly number[]): boolean => asked.push([...span]) > 0 && answer;
      return found('nibp-sys', readings([60, 84]), { limits, hadSymptoms }).map(({ act }) => act);
    };
    expect([acts(false), acts(true)]).toEqual([['review'], ['stop']]);
    expect(asked[0]).toEqual([60_000, 60_000]);
  });

  test('LIMIT-7 fourteen seconds are nothing and fifteen are asked about, at one value a second or one a minute', () => {
    const limits = [limit({})];
    expect(found('spo2', line(1, [30, 97], [14, 88], [30, 97]), { limits })).toEqual([]);
    expect(found('spo2', line(1, [30, 97], [15, 88], [30, 97]), { limits })).toHaveLength(1);
    // By the minute, one value holds until the next.
    expect(brief(found('spo2', line(60, [120, 97], [60, 88], [120, 97]), { limits }))).toEqual([['low', '88', 'review', 120, 120]]);
    // A limit for pausing is not met by one wrong second within a longer stretch.
    const strict = [...limits, limit({ value: 90, act: 'stop' })];
    expect(found('spo2', line(1, [20, 92], [1, 70], [20, 92], [5, 97]), { limits: strict }).map(({ act }) => act)).toEqual(['review']);
  });

  test('LIMIT-2 what is answered before the dose is no stretch, and stretches stand in time, whichever side they are on', () => {
    const before = [limit({ act: 'hold' }), limit({ act: 'ask' })];
    expect(found('spo2', readings([60, 80]), { limits: before })).toEqual([]);
    expect(brief(found('nibp-sys', readings([60, 84], [120, 166], [180, 84]), { limits: pressure })).map(([side]) => side)).toEqual([
      'low',
      'high',
      'low',
    ]);
  });

  test('LIMIT-1 a share over the baseline is found with a baseline and not without', () => {
    const limits = [limit({ parameter: 'nibp-sys', comparison: 'percent-above-baseline', value: 30 })];
    const points = readings([60, 155], [120, 156], [180, 120]);
    expect(brief(found('nibp-sys', points, { limits, baseline: { 'nibp-sys': 120 } }))).toEqual([['high', '156', 'review', 120, 120]]);
    expect(found('nibp-sys', points, { limits })).toEqual([]);
  });

  test('LIMIT-2 of equal values the first is the furthest', () => {
    const worstAt = (...values: readonly number[]) =>
      found('nibp-sys', readings(...values.map((value, index) => [index * 300, value] as const)), { limits: pressure }).map(
        ({ worstAtMs }) => worstAtMs / 1000,
      );
    expect([worstAt(162, 170, 170, 165), worstAt(88, 80, 80, 85)]).toEqual([[300], [300]]);
  });

  test('LIMIT-4 a typed value long after a monitor fell silent begins a stretch of its own, and so does the monitor after it', () => {
    const limits = [limit({})];
    const after = line(1, [20, 89]).map((one) => ({ ...one, atMs: one.atMs + 400_000 }));
    expect(brief(found('spo2', [...line(1, [20, 90]), ...readings([200, 88]), ...after], { limits }))).toEqual([
      ['low', '90', 'review', 0, 19],
      ['low', '88', 'review', 200, 200],
      ['low', '89', 'review', 400, 419],
    ]);
  });

  test('LIMIT-10 a monitor is silent by its own usual pace, not by one long gap, and never by more than ten minutes', () => {
    const limits = [limit({})];
    const at = (...seconds: readonly number[]) =>
      seconds.map((second) => ({ atMs: second * 1000, value: 90, text: '90', single: false }) satisfies MeasuredPoint);
    const lengths = (...seconds: readonly number[]) => found('spo2', at(...seconds), { limits }).length;
    // Its usual gap is 61 s; the longest stands in the middle.
    expect(lengths(0, 61, 122, 183, 305, 366, 427, 488)).toBe(1);
    expect(lengths(0, 61, 122, 183, 306, 367, 428, 489)).toBe(2);
    // By five minutes: ten minutes are two of its turns.
    expect(lengths(0, 300, 600, 1200, 1500)).toBe(1);
    expect(lengths(0, 400, 800, 1401, 1801)).toBe(2);
    // One within the limits between two beyond, at 55 s each: two minutes of not knowing.
    const slow = at(0, 55, 110, 165, 220).map((one, index) => (index === 2 ? { ...one, value: 97, text: '97' } : one));
    expect(found('spo2', slow, { limits })).toHaveLength(2);
    // What people type between says nothing of the monitor's pace.
    const typed = readings([10, 97], [11, 97], [12, 97], [13, 97], [14, 97], [15, 97], [16, 97]);
    const both = [...typed, ...at(20, 81, 142, 203)].sort((a, b) => a.atMs - b.atMs);
    expect(found('spo2', both, { limits })).toHaveLength(1);
  });

  test('LIMIT-5, LIMIT-7 one long stay beyond a limit counts beside a short one, and a typed value counts within a short one', () => {
    const limits = [limit({}), limit({ value: 90, act: 'stop' })];
    const acts = (points: readonly MeasuredPoint[]) => found('spo2', points, { limits }).map(({ act }) => act);
    expect(acts(line(1, [20, 92], [1, 70], [20, 92], [20, 88], [5, 97]))).toEqual(['stop']);
    // A second of it before does not take the long stay away.
    expect(found('spo2', line(1, [1, 92], [5, 97], [20, 92], [5, 97]), { limits: [limit({})] })).toHaveLength(1);
    const withTyped = [...line(1, [30, 97], [5, 88], [30, 97]), ...readings([32.5, 88])].sort((a, b) => a.atMs - b.atMs);
    expect(acts(withTyped)).toEqual(['stop']);
  });

  test('LIMIT-5 a monitor beside one reading is no repeat of it', () => {
    const limits = [limit({ condition: { kind: 'on-repeat' } })];
    const points = [...line(1, [30, 88]), ...readings([10.5, 88])].sort((a, b) => a.atMs - b.atMs);
    expect(found('spo2', points, { limits }).map(({ act }) => act)).toEqual(['once']);
  });
});

describe('the highest and the lowest', () => {
  const cuff = (second: number, sys: number, dia: number) => ({ atMs: second * 1000, sys, dia, mean: null, byHand: false });
  const none = { 'pulse-rate': [], spo2: [], 'resp-rate': [], etco2: [], 'heart-rate': [] };
  const session: MeasuredSession = {
    cuffReadings: [cuff(0, 190, 60), cuff(100, 140, 90), cuff(200, 152, 88), cuff(400, 199, 120)],
    enteredVitals: [
      { metric: 'spo2', value: 80, atMs: 50_000 },
      { metric: 'spo2', value: 91, atMs: 250_000 },
      { metric: 'pulse-rate', value: 40, atMs: 260_000 },
    ],
    trend: { fromMs: 98_000, stepMs: 1000, length: 4, columns: { ...none, spo2: [70, 97, 95, null] } },
    doseStartMs: 100_000,
    endMs: 300_000,
  };

  test('LIMIT-8 they count from the start of the dose itself to the end, typed values included', () => {
    expect(sessionExtremes(session, 'nibp-sys').since).toEqual({
      highest: { value: 152, atMs: 200_000 },
      lowest: { value: 140, atMs: 100_000 },
    });
    expect(sessionExtremes(session, 'nibp-dia').since?.highest).toEqual({ value: 90, atMs: 100_000 });
    expect(sessionExtremes(session, 'spo2').since?.lowest).toMatchObject({ value: 91, atMs: 250_000 });
    expect(sessionExtremes(session, 'resp-rate')).toEqual({ before: null, since: null });
  });

  test('LIMIT-8 what came before the dose is told apart, and is everything where there was none', () => {
    expect(sessionExtremes(session, 'nibp-sys').before).toEqual({ highest: { value: 190, atMs: 0 }, lowest: { value: 190, atMs: 0 } });
    expect(sessionExtremes(session, 'spo2').before?.lowest).toEqual({ value: 70, atMs: 98_000 });
    const without = sessionExtremes({ ...session, doseStartMs: null, endMs: null }, 'nibp-sys');
    expect([without.before?.highest.value, without.since]).toEqual([199, null]);
  });

  test('LIMIT-8 a value of the very end counts and a later one does not; of equal ones the first is told', () => {
    const cuffReadings = [
      cuff(150, 140, 90),
      cuff(160, 130, 80),
      cuff(250, 130, 80),
      cuff(260, 140, 90),
      cuff(300, 150, 85),
      cuff(301, 200, 20),
    ];
    expect(sessionExtremes({ ...session, cuffReadings }, 'nibp-sys').since).toEqual({
      highest: { value: 150, atMs: 300_000 },
      lowest: { value: 130, atMs: 160_000 },
    });
    expect(sessionExtremes({ ...session, cuffReadings }, 'nibp-dia').since?.highest).toEqual({ value: 90, atMs: 150_000 });
  });

  test('LIMIT-8 a second of a monitor is at its own place, with or without other sources, in the order of time', () => {
    expect(sessionExtremes(session, 'spo2').since?.highest).toEqual({ value: 95, atMs: 100_000 });
    expect(sessionExtremes(session, 'spo2').before).toEqual({ highest: { value: 97, atMs: 99_000 }, lowest: { value: 70, atMs: 98_000 } });
    const trend = { fromMs: 98_000, stepMs: 2000, length: 2, columns: { ...none, spo2: [70, 97] } };
    expect(sessionExtremes({ ...session, trend }, 'spo2').since?.highest).toEqual({ value: 97, atMs: 100_000 });
    expect(sessionExtremes({ ...session, trend: null }, 'pulse-rate').since?.lowest).toMatchObject({ value: 40, atMs: 260_000 });
    expect(sessionExtremes({ ...session, trend: null }, 'spo2').before?.lowest).toMatchObject({ value: 80, atMs: 50_000 });
    const typed = [{ metric: 'spo2', value: 97, atMs: 50_000 }] as const;
    const all = sessionExtremes({ ...session, enteredVitals: typed, doseStartMs: null }, 'spo2').before;
    expect([all?.highest.atMs, all?.lowest.atMs]).toEqual([50_000, 98_000]);
  });
});
