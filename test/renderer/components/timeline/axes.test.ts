import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  axisRoom,
  besideFlag,
  isClearOf,
  minutesFromStart,
  ticksFrom,
  tickSteps,
  wallOriginMs,
} from '../../../../renderer/components/timeline/axis-ticks.ts';
import { layOut, spreadApart } from '../../../../renderer/components/timeline/lane-layout.ts';
import { msAt, spanPx, xOf, type TimeScale } from '../../../../renderer/components/timeline/time-scale.ts';
import {
  defaultRange,
  expectedEndMs,
  movedWindow,
  overviewWindow,
  windowOf,
} from '../../../../renderer/components/timeline/time-window.ts';
import { baseDomains, widenDomain, widenDomains, yIn } from '../../../../renderer/components/timeline/value-domains.ts';
import { clockTimeAt } from '../../../../shared/values/clock-time.ts';
import { formatsOfCountry } from '../../../../shared/values/formats.ts';
import type { RoomBoard } from '../../../../shared/contract/board/room-board.ts';
import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import { goldenBoard, nowMinutes, type BoardState } from '../../../fixtures/boards/golden-board.ts';
import { at, offsetMin, startMs } from '../../../fixtures/boards/golden-times.ts';

const clock = clockTimeAt(offsetMin, formatsOfCountry.uk);
const minutes = (ms: number): number => (ms - startMs) / 60_000;
const windowMin = (fromMin: number, toMin: number) => ({ fromMs: at(fromMin), toMs: at(toMin) });

function sessionOf(state: BoardState): SessionView {
  const { session } = goldenBoard({ state });
  if (session === null) throw new Error('a golden board has a session');
  return session;
}
const momentOf = (state: BoardState, more: { live?: boolean; narrow?: boolean } = {}) => ({
  session: sessionOf(state),
  nowMs: at(nowMinutes[state]),
  live: more.live ?? state !== 'finished',
  narrow: more.narrow ?? false,
});

describe('axis ticks', () => {
  test('CHART-12 labels every 10 min over a grid of 5, every 5 over 1 when under 20 min are visible', () => {
    expect(tickSteps(windowMin(-16, 62), 992, axisRoom[24])).toEqual({ labelMin: 10, gridMin: 5 });
    expect(tickSteps(windowMin(22, 38), 992, axisRoom[24])).toEqual({ labelMin: 5, gridMin: 1 });
  });

  test.each([
    [24, 64],
    [12, 96],
  ] as const)('CHART-12 labels of %i hours never stand closer than %i px, whatever the window and the width', (hours, leastPx) => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 720 }), fc.integer({ min: 240, max: 1600 }), (spanMin, widthPx) => {
        const { labelMin, gridMin } = tickSteps(windowMin(0, spanMin), widthPx, axisRoom[hours]);
        expect((labelMin / spanMin) * widthPx).toBeGreaterThanOrEqual(leastPx);
        expect(labelMin % gridMin).toBe(0);
      }),
      { seed: 12 },
    );
  });

  test('CHART-12 minutes are counted from the start, wall-clock labels from midnight of the room', () => {
    expect(ticksFrom(startMs, 10, windowMin(-16, 25)).map(minutes)).toEqual([-10, 0, 10, 20]);
    const origin = wallOriginMs(startMs, offsetMin);
    expect(ticksFrom(origin, 10, windowMin(3.2, 24)).map((ms) => clock.minute(ms))).toEqual(['10:10', '10:20']);
    expect(clock.minute(origin)).toBe('00:00');
  });

  test('CHART-12 minutes carry a sign, with a true minus, and none at zero', () => {
    expect([-10, 0, 38].map((min) => minutesFromStart(at(min), startMs))).toEqual(['−10', '0', '+38']);
    expect(minutesFromStart(at(37.9), startMs)).toBe('+37');
  });

  test('CHART-13 a label within 46 px of a flag is not drawn, and two flags never cover each other', () => {
    expect([isClearOf(100, [146], axisRoom[24]), isClearOf(100, [145], axisRoom[24]), isClearOf(100, [], axisRoom[24])]).toEqual([
      true,
      false,
      true,
    ]);
    expect(besideFlag(100, 120, 54)).toBe(66);
    expect(besideFlag(130, 120, 54)).toBe(174);
    expect(besideFlag(300, 120, 54)).toBe(300);
  });
});

describe('the time scale', () => {
  const scale: TimeScale = { ...windowMin(-10, 50), leftPx: 104, widthPx: 600 };
  test('CHART-12 a pixel and its moment lead to each other', () => {
    expect(xOf(scale, at(0))).toBe(204);
    expect(msAt(scale, 204)).toBe(at(0));
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1000, noNaN: true }), (px) => {
        expect(xOf(scale, msAt(scale, px))).toBeCloseTo(px, 2);
      }),
      { seed: 14 },
    );
  });

  test('CHART-12 a stretch is cut to what is visible', () => {
    expect(spanPx(scale, at(-60), at(0))).toEqual({ x: 104, width: 100 });
    expect(spanPx(scale, at(60), at(70))).toBeNull();
    expect(spanPx(scale, at(5), at(5))).toBeNull();
  });
});

describe('ranges', () => {
  test('CHART-14 the dose window is −16 to the predicted end + 10, in little room −10 to + 6', () => {
    const end = 52 + 1 / 3;
    const wide = windowOf('dose', momentOf('full'));
    expect([minutes(wide.fromMs), minutes(wide.toMs)]).toEqual([-16, expect.closeTo(end + 10, 4)]);
    const narrow = windowOf('dose', momentOf('full', { narrow: true }));
    expect([minutes(narrow.fromMs), minutes(narrow.toMs)]).toEqual([-10, expect.closeTo(end + 6, 4)]);
  });

  test('CHART-14 "all" reaches from arrival to now + 10 and moves once a minute; "last 15 min" follows now', () => {
    const all = windowOf('all', momentOf('full'));
    expect(all.fromMs).toBeLessThanOrEqual(at(-40));
    expect(minutes(all.toMs)).toBeGreaterThanOrEqual(48);
    expect(minutes(all.toMs)).toBeLessThan(49);
    const later = { ...momentOf('full'), nowMs: at(38) + 1000 };
    const stillLater = { ...momentOf('full'), nowMs: at(38) + 2000 };
    expect(windowOf('all', later)).toEqual(windowOf('all', stillLater));
    expect(windowOf('last-15', later).fromMs - windowOf('last-15', momentOf('full')).fromMs).toBe(1000);
  });

  test('CHART-14 a dose that overruns its prediction keeps now in sight', () => {
    const moment = { ...momentOf('full'), nowMs: at(90) };
    expect(windowOf('dose', moment).toMs).toBeGreaterThan(at(90));
  });

  test('CHART-14 while paused the end is reckoned as if the dose resumed now', () => {
    // 10 of 40 mg are in at +12; 30 mg at 60 mg/h take 30 min.
    expect(minutes(expectedEndMs(momentOf('paused')) ?? 0)).toBe(42);
    expect(expectedEndMs(momentOf('empty'))).toBeNull();
  });

  test('CHART-14 the dose window comes first while there is a dose, the whole session before and after', () => {
    expect((['empty', 'full', 'paused', 'finished', 'long'] as const).map((state) => defaultRange(momentOf(state)))).toEqual([
      'all',
      'dose',
      'dose',
      'all',
      'all',
    ]);
  });

  test('CHART-15 a dragged window stays within the session and keeps five minutes', () => {
    const outer = overviewWindow(momentOf('full'));
    expect([minutes(outer.fromMs), minutes(outer.toMs)]).toEqual([-45, 130]);
    const far = 1e9;
    const move = fc.integer({ min: -far, max: far });
    fc.assert(
      fc.property(move, fc.constantFrom('whole', 'start', 'end'), (by, grip) => {
        const moved = movedWindow(windowMin(0, 30), outer, grip === 'end' ? 0 : by, grip === 'start' ? 0 : by);
        expect(moved.fromMs).toBeGreaterThanOrEqual(outer.fromMs);
        expect(moved.toMs).toBeLessThanOrEqual(outer.toMs);
        expect(moved.toMs - moved.fromMs).toBeGreaterThanOrEqual(5 * 60_000);
        if (grip === 'start') expect(moved.toMs).toBe(at(30));
        if (grip === 'end') expect(moved.fromMs).toBe(at(0));
      }),
      { seed: 15 },
    );
    const panned = movedWindow(windowMin(0, 30), outer, far, far);
    expect([panned.toMs, panned.toMs - panned.fromMs]).toEqual([outer.toMs, 30 * 60_000]);
  });
});

describe('value domains', () => {
  test('CHART-16 a domain widens by whole steps until it holds the values, and never shrinks', () => {
    expect(widenDomain([50, 130], 60, 131, 10)).toEqual([50, 140]);
    expect(widenDomain([50, 130], 38, 120, 10)).toEqual([30, 130]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }), (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const wide = widenDomain([50, 130], low, high, 10);
        expect(wide[0] <= Math.min(50, low) && wide[1] >= Math.max(130, high)).toBe(true);
        expect([(50 - wide[0]) % 10, (wide[1] - 130) % 10]).toEqual([0, 0]);
        expect(widenDomain(wide, 80, 90, 10)).toBe(wide);
      }),
      { seed: 16 },
    );
  });

  test('CHART-16 the golden session fits the usual domains; a higher cuff reading widens its band alone', () => {
    const board: RoomBoard = goldenBoard({ state: 'finished' });
    const session = sessionOf('finished');
    expect(widenDomains(baseDomains, session, board.trend, 'pulse-rate')).toBe(baseDomains);
    const high = { ...session, cuffReadings: [{ atMs: at(1), sys: 211, dia: 120, mean: null, byHand: true }] };
    expect(widenDomains(baseDomains, high, board.trend, 'pulse-rate')).toEqual({ ...baseDomains, bp: [62, 216] });
  });

  test('CHART-16 a value that a person typed widens its band too, a temperature none', () => {
    const session = sessionOf('by-hand');
    const resp = session.enteredVitals.map((entry) => (entry.metric === 'resp-rate' ? { ...entry, value: entry.value + 15 } : entry));
    expect(widenDomains(baseDomains, session, null, 'pulse-rate')).toBe(baseDomains);
    expect(widenDomains(baseDomains, { ...session, enteredVitals: resp }, null, 'pulse-rate')).toEqual({ ...baseDomains, resp: [6, 33] });
  });

  test('CHART-16 a value stands where its domain says', () => {
    expect([50, 90, 130].map((value) => yIn({ top: 100, height: 80 }, [50, 130], value))).toEqual([180, 140, 100]);
  });
});

describe('lane layout', () => {
  const bands = ['pulse', 'spo2', 'bp', 'resp'] as const;
  test('CHART-17 at its natural size every lane has the height of the design', () => {
    const layout = layOut(1200, 731, bands);
    const heights = layout.bands.map(({ band, extent }) => [band, Math.round(extent.height)]);
    expect(heights).toEqual([
      ['pulse', 62],
      ['spo2', 52],
      ['bp', 120],
      ['resp', 46],
    ]);
    expect([layout.lanes.phases.height, Math.round(layout.lanes.dose.height), layout.ratingRowPx, layout.overview !== null]).toEqual([
      98,
      82,
      25,
      true,
    ]);
    const compact = layOut(814, 465, bands);
    expect(compact.bands.map(({ extent }) => Math.round(extent.height))).toEqual([40, 34, 78, 30]);
    expect([compact.short, compact.overview, compact.noteRows]).toEqual([true, null, 1]);
  });

  test('CHART-17 lanes lie below each other and end within the height, from 420 px to a wall screen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 2400 }), fc.integer({ min: 420, max: 1400 }), fc.boolean(), (width, height, co2) => {
        const layout = layOut(width, height, co2 ? [...bands, 'co2'] : bands);
        const { phases, vitals, dose, ratings, observations } = layout.lanes;
        const stack = [phases, vitals, dose, ratings, observations];
        stack.forEach((lane, n) =>
          expect(lane.top).toBeGreaterThanOrEqual(n === 0 ? 0 : (stack[n - 1]?.top ?? 0) + (stack[n - 1]?.height ?? 0)),
        );
        expect(layout.plot.bottom + 26 + (layout.overview?.height ?? 0)).toBeLessThanOrEqual(height + 1);
        expect(layout.plot.width).toBeGreaterThan(150);
      }),
      { seed: 17 },
    );
  });

  test('CHART-17 level words that would touch move apart, and the others stay', () => {
    expect(spreadApart([100, 104, 200], 14)).toEqual([95, 109, 200]);
    expect(spreadApart([10, 40], 14)).toEqual([10, 40]);
  });
});
