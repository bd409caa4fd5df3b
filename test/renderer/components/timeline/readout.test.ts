import { describe, expect, test } from 'vitest';
import { placeEntries } from '../../../../renderer/components/timeline/entered-values.ts';
import { markPlace, ratingFigure, rowOf } from '../../../../renderer/components/timeline/rating-rows.ts';
import { readoutAt, type Readout } from '../../../../renderer/components/timeline/readout.ts';
import { mgGrowing } from '../../../../renderer/format/amounts.ts';
import { gaugeShare } from '../../../../shared/clinical/instrument.ts';
import type { InstrumentId } from '../../../../shared/clinical/instrument-id.ts';
import { instruments } from '../../../../shared/clinical/instruments/instrument-directory.ts';
import { showMilli } from '../../../../shared/values/quantity.ts';
import { pathsThrough } from '../../../../renderer/components/timeline/series-path.tsx';
import { bandsOf, vitalLines } from '../../../../renderer/components/timeline/vital-lines.ts';
import { bandGaps, gapAt } from '../../../../renderer/components/timeline/vitals-gaps.ts';
import { markWord, noteWord, referenceWord, shortened } from '../../../../renderer/text/timeline.ts';
import type { RoomBoard } from '../../../../shared/contract/board/room-board.ts';
import { goldenBoard, type BoardState } from '../../../fixtures/boards/golden-board.ts';
import { milestoneKeys, milestones } from '../../../../shared/clinical/milestone.ts';
import { goldenMarks, goldenRating } from '../../../fixtures/boards/golden-marks.ts';
import { goldenTrend } from '../../../fixtures/boards/golden-trend.ts';
import { at } from '../../../fixtures/boards/golden-times.ts';

function readAt(state: BoardState, minute: number): Readout {
  return readBoard(goldenBoard({ state }), minute);
}

function readBoard({ session, trend, vitals }: RoomBoard, minute: number): Readout {
  if (session === null) throw new Error('a golden board has a session');
  return readoutAt({ session, trend, lines: vitalLines(vitals, trend), labelOf: markWord, noteWords: noteWord }, at(minute));
}

describe('reading an instant', () => {
  test('CHART-18 every lane of the golden session at +30', () => {
    const readout = readAt('full', 30);
    expect(readout.values).toMatchObject({ 'pulse-rate': 92, spo2: 96, 'resp-rate': 13, etco2: null });
    expect(readout.cuff).toMatchObject({ sys: 162, dia: 98, mean: 119 });
    expect([mgGrowing(readout.dose.ug), showMilli(readout.dose.rateUlPerHour)]).toEqual(['23.25', '45']);
    expect(readout.ratings).toMatchObject({ cadss: { total: 10, max: 24 }, sedation: { total: 4 }, suds: { total: 30 } });
    expect([readout.milestones, readout.notes]).toEqual([['BP review'], []]);
  });

  test.each([
    [5, '5.00'],
    [12, '10.00'],
    [20, '15.00'],
    [38, '29.25'],
  ])('CHART-18 at %i min %s mg are in', (minute, mg) => {
    expect(mgGrowing(readAt('full', minute).dose.ug)).toBe(mg);
  });

  test('CHART-18 the state of the dose is told apart: not started, running, paused, ended', () => {
    expect(
      [readAt('full', -5), readAt('full', 5), readAt('full', 12), readAt('finished', 60)].map((readout) => readout.dose.state),
    ).toEqual(['not-started', 'running', 'paused', 'ended']);
  });

  test('CHART-18 without data there is no value, and the reason is at hand', () => {
    const readout = readAt('stale', 37);
    expect(readout.values).toMatchObject({ 'pulse-rate': null, spo2: null, 'resp-rate': null });
    expect([readout.gapCause, readout.cuff?.sys]).toEqual(['cable-out', 158]);
    expect(readAt('stale', 34).gapCause).toBeNull();
    expect(readAt('empty', -42)).toMatchObject({ cuff: null, notes: [], milestones: [], ratings: { cadss: null } });
  });

  test('CHART-28 a value that was marked as an artefact is read as one', () => {
    const board = goldenBoard({ state: 'full' });
    if (board.session === null) throw new Error('a golden board has a session');
    const { atMs } = readAt('full', 30);
    const entry = { eventId: 'mark', atMs, enteredMs: atMs, late: false, amendedFromMs: null, by: 'Nurse' };
    const marked = { ...entry, metric: 'spo2', fromMs: atMs - 20_000, toMs: atMs, label: 'SpO₂', detail: null } as const;
    const session = { ...board.session, artefacts: [marked] };
    const readout = readBoard({ ...board, session }, 30);
    expect(readout.values.spo2).toBe(96);
    expect(readout.artefacts).toEqual(['spo2']);
    expect(readAt('full', 30).artefacts).toEqual([]);
  });

  test('CHART-18 of a slow monitor the last value is read where its line passes, with when it was', () => {
    const board = goldenBoard({ state: 'full' });
    if (board.trend === null) throw new Error('a full board has a trend');
    const spo2 = board.trend.columns.spo2.map((value, index) => (index % 60 === 0 ? value : null));
    const readout = readBoard({ ...board, trend: { ...board.trend, columns: { ...board.trend.columns, spo2 } } }, 30.5);
    expect(readout.values.spo2).toBe(96);
    expect(readout.measuredMs).toEqual({ spo2: at(30) });
    expect(readAt('full', 30.5).measuredMs).toEqual({});
  });

  test('CHART-18 a note and a milestone are read within one minute of the instant, the nearest first', () => {
    expect(readAt('full', 26).notes).toEqual(['tears, grief']);
    expect(readAt('full', 25.7).notes).toEqual([]);
    expect(readAt('full', -14.4).milestones).toEqual(['Baseline CADSS', 'Baseline vitals']);
  });
});

describe('values that a person typed', () => {
  const typed = (state: BoardState, minute: number) => readAt(state, minute).entered;

  test('CHART-22 each typed value that has a lane is drawn in it; a temperature has none', () => {
    const { session } = goldenBoard({ state: 'by-hand' });
    const placed = placeEntries(session?.enteredVitals ?? []).map(({ entry, band }) => `${entry.metric} ${band}`);
    expect(new Set(placed)).toEqual(new Set(['pulse-rate pulse', 'spo2 spo2', 'resp-rate resp']));
    expect(placed).toHaveLength((session?.enteredVitals.length ?? 0) - 1);
  });

  test('CHART-22 respiration has its band when it is typed and no monitor gives it', () => {
    const { vitals, trend } = goldenBoard({ state: 'by-hand' });
    const notConnected = { ...vitals, 'resp-rate': { state: 'not-connected' as const } };
    expect([bandsOf(vitalLines(vitals, trend)), bandsOf(vitalLines(notConnected, trend))]).toEqual([
      ['pulse', 'spo2', 'bp', 'resp'],
      ['pulse', 'spo2', 'bp', 'resp'],
    ]);
  });

  test('CHART-22 a typed value never enters the trend, from which the lines are drawn', () => {
    expect(new Set(goldenBoard({ state: 'by-hand' }).trend?.columns['resp-rate'])).toEqual(new Set([null]));
    expect(readAt('by-hand', 30).values['resp-rate']).toBeNull();
  });

  test('CHART-23 where the trend has no value the last typed one is read, with when', () => {
    expect(typed('by-hand', 32)).toEqual({ 'resp-rate': expect.objectContaining({ value: 13, atMs: at(30) }) });
    expect(typed('by-hand', 29.9)['resp-rate']).toMatchObject({ value: 14, atMs: at(25) });
    expect(typed('by-hand', -25)).toMatchObject({ 'pulse-rate': { value: 76 }, spo2: { value: 97 }, 'resp-rate': { value: 15 } });
    expect(typed('by-hand', -28.1)).toEqual({});
  });

  test("CHART-23 a monitor's value goes before a typed one, and one that came since makes it old", () => {
    const stale = goldenBoard({ state: 'stale' });
    const entries = goldenBoard({ state: 'by-hand' }).session?.enteredVitals ?? [];
    const withEntry = (minute: number): RoomBoard => ({
      ...stale,
      session: stale.session && {
        ...stale.session,
        enteredVitals: entries.slice(0, 1).map((entry) => ({ ...entry, metric: 'pulse-rate', value: 88, atMs: at(minute) })),
      },
    });
    expect(readBoard(withEntry(30), 34)).toMatchObject({ entered: {}, values: { 'pulse-rate': 89 } });
    expect(readBoard(withEntry(30), 37)).toMatchObject({ entered: {}, gapCause: 'cable-out' });
    expect(readBoard(withEntry(36.5), 37).entered).toEqual({ 'pulse-rate': expect.objectContaining({ value: 88 }) });
  });

  test('CHART-23 entries are read by their clinical time, in whatever order they were typed', () => {
    const board = goldenBoard({ state: 'by-hand' });
    const { session } = board;
    if (session === null) throw new Error('a golden board has a session');
    const enteredVitals = session.enteredVitals.toReversed();
    expect(readBoard({ ...board, session: { ...session, enteredVitals } }, 32).entered['resp-rate']?.atMs).toBe(at(30));
  });

  test("CHART-19 a typed pulse does not take the heart rate's line away", () => {
    const { vitals } = goldenBoard({ state: 'by-hand' });
    const typedPulse = { ...vitals, 'heart-rate': vitals.spo2, 'pulse-rate': vitals['resp-rate'] };
    expect(vitalLines(typedPulse, null)[0]?.metric).toBe('heart-rate');
  });
});

describe('gaps in the vitals', () => {
  const sensorOff = goldenTrend({ toMin: 38 });
  const spo2 = sensorOff.columns.spo2.map((value, i) => (i > 600 && i < 700 ? null : value));
  const trend = { ...sensorOff, columns: { ...sensorOff.columns, spo2 } };

  test('CHART-7 a sensor off is a gap of its band; a lost monitor is not told twice', () => {
    const found = bandGaps(trend, ['pulse-rate', 'spo2'], []);
    expect(found).toEqual([{ metric: 'spo2', fromMs: trend.fromMs + 600_000, toMs: trend.fromMs + 700_000 }]);
    expect(bandGaps(trend, ['spo2'], [{ fromMs: trend.fromMs + 605_000, toMs: trend.fromMs + 701_000, cause: 'cable-out' }])).toEqual([]);
  });

  test('CHART-7 an instant lies in a gap from its begin until just before its end', () => {
    const { session } = goldenBoard({ state: 'long' });
    if (session === null) throw new Error('a golden board has a session');
    expect([199.9, 200, 206.4, 206.5].map((minute) => gapAt(session, at(minute))?.cause ?? null)).toEqual([
      null,
      'cable-out',
      'cable-out',
      null,
    ]);
  });

  test('CHART-26 a stroke goes straight from value to value; a value alone is a point and no move', () => {
    const stroke = [
      { x: 0, y: 1 },
      { x: 1, y: 2.26 },
    ];
    expect(pathsThrough([stroke, [{ x: 3, y: 4 }], []])).toEqual({ lines: 'M0 1L1 2.3', points: 'M3 4h0' });
  });
});

describe('bands and words', () => {
  test('CHART-19 heart rate takes the pulse band only where there never was a pulse; CO2 has a band when connected', () => {
    const full = goldenBoard({ state: 'full' });
    const metrics = (board: typeof full) => vitalLines(board.vitals, board.trend).map((line) => line.metric);
    expect(metrics(full)).toEqual(['pulse-rate', 'spo2', 'resp-rate']);
    expect(metrics(goldenBoard({ state: 'long' }))).toEqual(['pulse-rate', 'spo2', 'resp-rate', 'etco2']);
    const live = full.vitals.spo2;
    const vitals = { ...full.vitals, 'pulse-rate': { state: 'not-connected' as const }, 'heart-rate': live };
    expect(metrics({ ...full, trend: null, vitals })).toEqual(['heart-rate', 'spo2', 'resp-rate']);
    expect(metrics({ ...full, vitals })[0]).toBe('pulse-rate');
    expect(bandsOf(vitalLines(full.vitals, null))).toEqual(['pulse', 'spo2', 'bp', 'resp']);
  });

  test('CHART-20 a gauge fills by the share of its own scale, and the two CADSS forms name theirs', () => {
    const share = (instrument: InstrumentId, total: number) => gaugeShare(instruments[instrument], total);
    expect([share('cadss-6', 12), share('cadss-23', 46), share('moaa-s', 5)]).toEqual([0.5, 0.5, 1]);
    expect([share('rass', -5), share('rass', 4)]).toEqual([0, 1]);
    expect(ratingFigure(goldenRating(1, 0, 'cadss-6', 10), 'n/a')).toEqual({ figure: '10', suffix: '/24' });
    expect(ratingFigure(goldenRating(1, 0, 'suds', 60), 'n/a')).toEqual({ figure: '60', suffix: '' });
    expect([rowOf('cadss-23'), rowOf('cadss-6'), rowOf('rass')]).toEqual(['cadss', 'cadss', 'sedation']);
    expect([rowOf('aldrete'), markPlace('aldrete'), markPlace('suds')]).toEqual([
      null,
      { row: 'suds', name: 'Aldrete' },
      { row: 'suds', name: null },
    ]);
  });

  test('CHART-20 neither an open nor a not assessable rating shows a total', () => {
    const rating = goldenRating(1, 0, 'cadss-23', 31);
    expect(ratingFigure({ ...rating, state: 'open', total: null, answered: 12 }, 'n/a').figure).toBe('12 of 23');
    expect(ratingFigure({ ...rating, state: 'not-assessable', total: null }, 'n/a')).toEqual({ figure: 'n/a', suffix: '' });
  });

  test('CHART-21 words beside ticks are short and whole', () => {
    const words = goldenMarks.map(markWord);
    expect(words).toEqual(expect.arrayContaining(['Paused', 'Resumed', 'Rate 45 mL/h', 'Baseline CADSS', 'Double-check']));
    // Of milestones that no golden session has, too.
    const all = [...words, ...milestoneKeys.map((key) => milestones[key].short ?? milestones[key].label)];
    expect(all.filter((word) => word.length > 24)).toEqual([]);
    expect(shortened('Hands open, breathing slower than before', 24)).toBe('Hands open, breathing…');
    expect(shortened('awe', 24)).toBe('awe');
    expect([referenceWord({ value: 160, label: '160 sys' }), referenceWord({ value: 94, label: 'review' })]).toEqual([
      '160 sys',
      '94 review',
    ]);
  });
});
