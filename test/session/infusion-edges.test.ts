import { describe, expect, test } from 'vitest';
import type { Bag, DoseTimeline } from '../../shared/clinical/dosing.ts';
import type { Doubt } from '../../shared/contract/contract-errors.ts';
import { bagDoubts, bolusDoubts, rateDoubts } from '../../electron/service/session/decide/infusion-doubts.ts';
import { readVolume, remainderDoubts } from '../../electron/service/session/decide/volume-left.ts';
import type { SessionState } from '../../electron/service/session/state/session-state.ts';
import { infusionInSteps, withoutSteps } from '../support/stepped-protocol.ts';
import { dosing, PlayedSession, startMs } from './played-session.ts';
import { ready } from './ready-session.ts';

/** What is asked about a rate, a bolus, a bag and what is left in it, exactly at each limit and one step beyond it. */

const code = 'DOSE_OUTSIDE_PROTOCOL';
const name = 'IV ketamine 0.5 mg/kg over 40 min';
const keysOf = (doubts: readonly Doubt[]): readonly string[] => doubts.map(({ key }) => key);
const ms = (minutes: number): number => startMs + Math.round(minutes * 60_000);
const plain = { ...new PlayedSession().context(), protocol: withoutSteps('iv') };
const stepped = { ...plain, protocol: infusionInSteps() };
const bag: Bag = { ug: 40_000, ul: 40_000 };
/** Ordered: 40 mg in 40 mL at 60 mL/h. */
const { open } = ready('iv', { kg: 80 });
const unordered: SessionState = { ...open, order: null };
const running = (rateUlPerHour: number, state = open): SessionState => ({
  ...state,
  dose: { ...state.dose, programmedRateUlPerHour: rateUlPerHour },
});

describe('a rate', () => {
  test.each([
    [120_000, null],
    [120_001, 'prescriber'],
    [20_000, null],
    [19_999, 'reason'],
  ])('AMOUNT-1 at %s µL/h a bag of 40 mL asks: %s', (rate, needs) => {
    const doubts = rateDoubts(open, bag, rate, plain);
    expect(doubts.map((doubt) => [doubt.key, doubt.needs])).toEqual(needs === null ? [] : [['rate-outside-protocol', needs]]);
  });

  test('AMOUNT-1 it says how long the whole bag would take', () => {
    expect(rateDoubts(open, bag, 125_000, plain)).toEqual([
      {
        key: 'rate-outside-protocol',
        code,
        words: `At 125 mL/h the whole bag would take 19.2 min, "${name}" has 20 to 120 min`,
        subject: 'rateMlPerHour',
        needs: 'prescriber',
      },
    ]);
    expect(rateDoubts(open, null, 6_000_000, stepped)).toEqual([]);
  });

  const tenfold = (state: SessionState, rate: number, of: Bag = bag) =>
    rateDoubts(state, of, rate, plain).find(({ key }) => key === 'rate-tenfold');

  test('AMOUNT-2 a slip is told by the drug that flows, not by the volume, and names both', () => {
    expect(tenfold(open, 600_000)).toEqual({
      key: 'rate-tenfold',
      code,
      words: '600 mL/h, 600 mg/h, is ten times the 60 mg/h that were ordered',
      needs: 'second-person',
    });
    const strong: Bag = { ug: 40_000, ul: 4000 };
    expect(tenfold(open, 6000, strong)).toBeUndefined();
    expect(tenfold(open, 60_000, strong)?.words).toBe('60 mL/h, 600 mg/h, is ten times the 60 mg/h that were ordered');
    const ordered = open.order === null ? null : { ...open.order, bag: strong, rateUlPerHour: 3000 };
    expect(tenfold({ ...open, order: ordered }, 3000)?.words).toBe('3 mL/h, 3 mg/h, is a tenth of the 30 mg/h that were ordered');
  });

  test('AMOUNT-2 what is a slip for the order is asked about once, also where it is one for the rate that runs', () => {
    expect(rateDoubts(running(60_000), bag, 6000, plain).filter(({ key }) => key === 'rate-tenfold')).toHaveLength(1);
    expect(tenfold(running(60_000), 6000)?.words).toContain('that were ordered');
  });

  test.each([
    [57_100, null],
    [62_900, null],
    [60_000, null],
    [56_900, '56.9 mL/h, 56.9 mg/h, is ten times the 5.69 mL/h before'],
    [63_100, '63.1 mL/h, 63.1 mg/h, is ten times the 6.31 mL/h before'],
  ])('AMOUNT-2 ten times what ran is not asked about within a twentieth of the order: %s µL/h', (rate, words) => {
    expect(tenfold(running(rate / 10), rate)?.words ?? null).toBe(words);
  });

  test('AMOUNT-2 five times what ran is an adjustment, and with no order the rate that runs alone is held against', () => {
    expect(tenfold(running(12_000), 63_500)).toBeUndefined();
    expect(tenfold(running(12_000, unordered), 63_500)).toBeUndefined();
    expect(tenfold(running(6000, unordered), 60_000)?.words).toBe('60 mL/h, 60 mg/h, is ten times the 6 mL/h before');
    expect(tenfold(unordered, 600_000)).toBeUndefined();
  });

  test('DRAW-11 it is held against the steps of the pump, where the protocol names some', () => {
    expect(rateDoubts(open, bag, 60_050, stepped)).toMatchObject([
      { key: 'rate-not-settable', subject: 'rateMlPerHour', words: expect.stringContaining('60.05 mL/h lies between steps of 0.1 mL/h') },
    ]);
    expect(rateDoubts(open, bag, 60_050, plain)).toEqual([]);
  });
});

describe('a bolus', () => {
  const { open: dosed } = dosing();
  const asked = (ug: number, context = plain, atMin = 5) => bolusDoubts(dosed, ug, context, ms(atMin));

  test('AMOUNT-5 it counts with what has gone in by then, to the microgram', () => {
    // 5 mg by then, of 1 mg/kg at 80 kg and the microgram that rounding may add.
    expect(keysOf(asked(75_001))).toEqual(['bolus-not-in-protocol']);
    expect(asked(75_002).at(-1)).toMatchObject({ key: 'total-above-limit', subject: 'mg', needs: 'prescriber' });
    expect(keysOf(asked(75_001, plain, 6))).toContain('total-above-limit');
  });

  test('AMOUNT-1 a protocol without a bolus asks why, one that has it does not', () => {
    expect(asked(2000)).toEqual([{ key: 'bolus-not-in-protocol', code, words: `"${name}" has no bolus`, subject: 'mg', needs: 'reason' }]);
    const { protocol } = plain;
    expect(asked(2000, { ...plain, protocol: { ...protocol, dose: { ...protocol.dose, bolus: 'in-protocol' } } })).toEqual([]);
  });

  test('DRAW-11 it is drawn in steps of the dose', () => {
    expect(asked(2500, stepped).at(-1)).toMatchObject({
      key: 'amount-not-drawable',
      subject: 'mg',
      words: expect.stringContaining('1 mg'),
    });
    expect(keysOf(asked(2000, stepped))).toEqual(['bolus-not-in-protocol']);
  });
});

describe('a new bag', () => {
  const asked = (of: Bag, rateUlPerHour: number, context = plain, state = open) =>
    bagDoubts(state, { bag: of, rateUlPerHour }, context, ms(5));

  test('AMOUNT-1 its strength is held against the protocol’s range, both ends included', () => {
    // At a flow of drug that was ordered, so that nothing else is asked but what a decimal place of strength is.
    const strengths = ([ug, ul, rate]: readonly [number, number, number]) =>
      asked({ ug, ul }, rate, plain, unordered).map(({ key, needs }) => [key, needs]);
    expect(strengths([40_000, 4000, 6000])).toEqual([]);
    expect(strengths([40_000, 3999, 6000])).toEqual([['strength-outside-protocol', 'prescriber']]);
    expect(strengths([4000, 40_000, 60_000])).toEqual([]);
    expect(strengths([3999, 40_000, 60_000])).toEqual([['strength-outside-protocol', 'reason']]);
    expect(asked({ ug: 40_000, ul: 2000 }, 3000, plain, unordered)).toMatchObject([
      { subject: 'mg', words: `20 mg/mL is outside 0.1 to 10 mg/mL of "${name}"` },
    ]);
  });

  test('AMOUNT-2 ten times the drug and ten times the strength are two slips of two names', () => {
    const slips = (of: Bag, state = open) =>
      asked(of, 60_000, plain, state).flatMap(({ key, words, needs }) =>
        key === 'amount-tenfold' || key === 'strength-tenfold' ? [[key, words, needs]] : [],
      );
    expect(slips({ ug: 4000, ul: 40_000 })).toEqual([
      ['amount-tenfold', '4 mg is a tenth of the 40 mg of the order', 'second-person'],
      ['strength-tenfold', '0.1 mg/mL is a tenth of the 1 mg/mL of the order', 'second-person'],
    ]);
    expect(slips({ ug: 4000, ul: 4000 }).map(([key]) => key)).toEqual(['amount-tenfold']);
    expect(slips({ ug: 40_000, ul: 4000 }).map(([key]) => key)).toEqual(['strength-tenfold']);
    expect(slips({ ug: 4000, ul: 40_000 }, unordered)).toEqual([]);
    expect(slips(bag)).toEqual([]);
  });

  test('AMOUNT-1, DRAW-11 its rate and its two amounts are asked about as any other', () => {
    expect(keysOf(asked({ ug: 35_500, ul: 36_000 }, 60_000, stepped))).toEqual(['amount-not-drawable']);
    expect(keysOf(asked({ ug: 36_000, ul: 35_500 }, 60_000, stepped))).toEqual(['volume-not-fillable']);
    expect(asked({ ug: 36_000, ul: 35_500 }, 60_000, stepped)).toMatchObject([
      { subject: 'ml', words: expect.stringContaining('35.5 mL lies between steps of 1 mL') },
    ]);
    expect(asked({ ug: 35_500, ul: 36_000 }, 60_000, stepped)).toMatchObject([
      { subject: 'mg', words: expect.stringContaining('35.5 mg lies between steps of 1 mg') },
    ]);
    expect(keysOf(asked(bag, 125_000))).toEqual(['rate-outside-protocol']);
    expect(asked({ ug: 35_500, ul: 35_500 }, 60_000)).toEqual([]);
  });

  test('AMOUNT-5 all of it counts with what has gone in by then, to the microgram', () => {
    const { open: dosed } = dosing();
    const most: Bag = { ug: 75_001, ul: 75_001 };
    expect(asked(most, 60_000, plain, dosed)).toEqual([]);
    expect(asked({ ...most, ug: 75_002 }, 60_000, plain, dosed)).toMatchObject([{ key: 'total-above-limit', subject: 'mg' }]);
  });
});

describe('what is left in a bag', () => {
  const from = (of: Bag, rateUlPerHour: number, fromMin = 0) => ({ fromMs: ms(fromMin), rateUlPerHour, bag: of });
  const timelineOf = (...segments: DoseTimeline['segments']): DoseTimeline => ({
    segments,
    boluses: [],
    administrations: [],
    endedMs: null,
  });
  // A microgram in each microlitre: 1 mL a minute.
  const large = timelineOf(from(bag, 60_000));
  const small = timelineOf(from({ ug: 10_000, ul: 10_000 }, 60_000));

  test.each([
    // Of 40 mg half a milligram is less than 2 %; of 10 mg 2 % are 0.2 mg.
    [large, 39.5, 0],
    [large, 39.4999, 1],
    [small, 9.8, 0],
    [small, 9.7999, 1],
    [large, 40, 0],
  ])('COURSE-2 “complete” is asked about above 2 %% of the bag and above 0.5 mg: case %#', (timeline, atMin, doubts) => {
    expect(remainderDoubts(timeline, ms(atMin))).toHaveLength(doubts);
  });

  test('COURSE-2 it says how much is left of how much and when it will be empty', () => {
    expect(remainderDoubts(large, ms(30))).toEqual([
      {
        key: 'remainder-left',
        code,
        words:
          'By the recorded rates 10 of 40 mg (10 mL) are still in the bag, empty in 10 min: a dose that was stopped is "Stopped early"',
        subject: 'volumeLeftMl',
        needs: 'reason',
      },
    ]);
    const paused = timelineOf(from(bag, 60_000), from(bag, 0, 10));
    expect(remainderDoubts(paused, ms(30))).toMatchObject([
      { words: 'By the recorded rates 30 of 40 mg (30 mL) are still in the bag: a dose that was stopped is "Stopped early"' },
    ]);
    expect(remainderDoubts(timelineOf(), ms(30))).toEqual([]);
  });

  const doubtsOf = (timeline: DoseTimeline, readMl: number, atMin: number) => {
    const read = readVolume(timeline, readMl, ms(atMin));
    if ('refusal' in read) throw new Error(read.refusal.message);
    return read;
  };

  test.each([
    // Of 40 mL a millilitre is less than 5 %; of 10 mL 5 % are half of one.
    [large, 29, 10, 0],
    [large, 31, 10, 0],
    [large, 28.999, 10, 1],
    [large, 31.001, 10, 1],
    [small, 4.5, 5, 0],
    [small, 5.5, 5, 0],
    [small, 4.499, 5, 1],
    [small, 5.501, 5, 1],
  ])('CORRECT-12 what was read may be 1 mL and 5 %% of the bag from what was worked out: case %#', (timeline, readMl, atMin, count) => {
    const { ul, doubts } = doubtsOf(timeline, readMl, atMin);
    expect([ul, doubts.length]).toEqual([Math.round(readMl * 1000), count]);
  });

  test('CORRECT-12 it says what was read, what was worked out and how far they are apart', () => {
    expect(doubtsOf(large, 25.5, 10).doubts).toEqual([
      {
        key: 'volume-read-differs',
        code,
        words: '25.5 mL was read and 30 mL is left by the recorded rates, 4.5 mL apart',
        subject: 'volumeLeftMl',
        needs: 'reason',
      },
    ]);
  });

  test('CORRECT-12 a whole bag can be left and not a microlitre more', () => {
    expect(doubtsOf(large, 40, 0)).toEqual({ ul: 40_000, doubts: [] });
    expect(readVolume(large, 40.001, ms(0))).toEqual({
      refusal: {
        code: 'DOSE_BAG_EXCEEDED',
        message: 'The bag held 40 mL, so no more can be left. Read the volume again.',
        subject: 'volumeLeftMl',
      },
    });
  });

  test('CORRECT-12 it is that of the bag that ran at that instant; before any, and unread, there is nothing to compare', () => {
    const two = timelineOf(from(bag, 60_000), from({ ug: 10_000, ul: 10_000 }, 60_000, 20));
    expect('refusal' in readVolume(two, 20, ms(20) - 1)).toBe(false);
    expect('refusal' in readVolume(two, 20, ms(20))).toBe(true);
    expect(readVolume(two, 5, ms(0) - 1)).toEqual({ ul: undefined, doubts: [] });
    expect(readVolume(two, undefined, ms(10))).toEqual({ ul: undefined, doubts: [] });
    expect(readVolume(timelineOf(), 5, ms(10))).toEqual({ ul: undefined, doubts: [] });
  });
});
