import { expect, test } from 'vitest';
import { notRecordingView } from '../../../../renderer/components/page/not-recording.tsx';
import { clockTimeAt } from '../../../../shared/values/clock-time.ts';
import { formatsOfCountry } from '../../../../shared/values/formats.ts';
import { doseProgress } from '../../../../renderer/screens/session/header/dose-progress.ts';
import { enteredVitals, nothingTyped } from '../../../../renderer/sheets/vitals/entered-vitals.ts';
import { linkBanner, linkLine } from '../../../../renderer/screens/session/header/link-view.ts';
import { nextRows } from '../../../../renderer/screens/session/next/next-rows.ts';
import { sheetOf } from '../../../../renderer/screens/session/session-sheet.ts';
import { meaningOfKey } from '../../../../renderer/screens/session/use-session-keys.ts';
import { vitalViews, type VitalView } from '../../../../renderer/screens/session/vitals/vital-view.ts';
import { sessionText } from '../../../../renderer/text/session.ts';
import type { DueItem } from '../../../../shared/contract/session-view/plan.ts';
import type { RoomBoard } from '../../../../shared/contract/board/room-board.ts';
import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import type { Vital } from '../../../../shared/contract/board/vitals.ts';
import { goldenBoard, type BoardState } from '../../../fixtures/boards/golden-board.ts';
import { at, offsetMin } from '../../../fixtures/boards/golden-times.ts';

const clock = clockTimeAt(offsetMin, formatsOfCountry.uk);
const around = (nowMs: number) => ({ nowMs, minute: clock.minute, second: clock.second });

function tiles(board: RoomBoard): readonly VitalView[] {
  return vitalViews(board.vitals, around(board.clock.now.utcMs));
}
function sessionOf(state: BoardState): SessionView {
  const { session } = goldenBoard({ state });
  if (session === null) throw new Error('the golden board has a session');
  return session;
}

test('PAGE-12 every connected tile carries an age or the reason why there is no figure', () => {
  for (const state of ['full', 'stale', 'empty', 'paused', 'long'] as const) {
    for (const tile of tiles(goldenBoard({ state }))) {
      if (tile.state === 'not-connected') expect(tile.figure).toBeNull();
      else expect(tile.note).toMatch(/now|ago|\d\d:\d\d/);
    }
  }
});

test('SCREEN-35 a tile is typed where no monitor gives its value, and carbon dioxide never', () => {
  expect(tiles(goldenBoard({ state: 'full' })).map(({ typedAs }) => typedAs)).toEqual([null, null, null, null, null]);
  expect(tiles(goldenBoard({ state: 'stale' })).map(({ typedAs }) => typedAs)).toEqual([null, null, null, null, null]);
  expect(tiles(goldenBoard({ state: 'by-hand' })).map(({ typedAs }) => typedAs)).toEqual([null, null, null, 'resp-rate', null]);
  const board = goldenBoard({ state: 'full' });
  const nothing = Object.fromEntries(
    Object.keys(board.vitals).map((metric) => [metric, { state: 'not-connected' }]),
  ) as typeof board.vitals;
  const none = vitalViews(nothing, around(0)).map(({ typedAs }) => typedAs);
  expect(none).toEqual(['pulse-rate', 'spo2', 'nibp-sys', 'resp-rate', null]);
});

test('PAGE-12 a lost value is dashes with its reason, and the last cuff reading stays grey with its age', () => {
  const [pulse, , bp] = tiles(goldenBoard({ state: 'stale' }));
  expect(pulse).toMatchObject({ state: 'lost', figure: null, note: 'cable out 02:10', context: 'last 88 · 10:35', icon: 'cable-out' });
  expect(bp).toMatchObject({ state: 'late', figure: ['158', '96'], note: '3 min ago', context: 'mean 117 · 10:35' });
});

test('PAGE-12 a determination that failed says why in the monitor’s word', () => {
  const board = goldenBoard({ state: 'full' });
  const failed: Vital = {
    state: 'lost',
    reason: 'unavailable',
    word: 'pump-up-timeout',
    sinceMs: at(38) - 20_000,
    last: { value: 128, atMs: at(30) },
  };
  const vitals = { ...board.vitals, 'nibp-sys': failed, 'nibp-dia': failed, 'nibp-mean': failed };
  expect(tiles({ ...board, vitals })[2]).toMatchObject({ state: 'lost', figure: null, note: 'pump up timeout 00:20' });
});

test('PAGE-12 a late value says how long there was no new one', () => {
  const board = goldenBoard({ state: 'full' });
  const source = { by: 'monitor', monitorId: board.monitors[0]?.monitorId ?? '', name: 'Bedside monitor' } as const;
  const vitals = { ...board.vitals, spo2: { state: 'late', value: 97, atMs: at(38) - 4000, source, event: false } as const };
  expect(tiles({ ...board, vitals })[1]).toMatchObject({ state: 'late', figure: ['97'], note: 'no new value 00:04', icon: 'clock' });
});

test('PAGE-12 values entered by hand name the person', () => {
  const board = goldenBoard({ state: 'full' });
  const byHand = (value: number): Vital => ({
    state: 'live',
    value,
    quality: 'good',
    atMs: at(36),
    source: { by: 'person', name: 'Nurse' },
    flags: [],
    event: true,
  });
  const vitals = { ...board.vitals, 'nibp-sys': byHand(158), 'nibp-dia': byHand(97), 'nibp-mean': { state: 'not-connected' } as const };
  expect(tiles({ ...board, vitals })[2]).toMatchObject({ figure: ['158', '97'], note: '2 min ago', context: 'by hand · Nurse' });
});

test('PAGE-13 no measured value changes anything but the figure', () => {
  const board = goldenBoard({ state: 'full' });
  const shape = (value: number): unknown => {
    const old = board.vitals['pulse-rate'];
    if (old.state !== 'live') throw new Error('live');
    const [tile] = tiles({ ...board, vitals: { ...board.vitals, 'pulse-rate': { ...old, value } } });
    return { ...tile, figure: null };
  };
  expect(shape(188)).toEqual(shape(72));
});

test('PAGE-14 the banner says what is lost, since when, what to check, and to watch the patient', () => {
  const { monitors } = goldenBoard({ state: 'stale' });
  const view = linkBanner(monitors, around(at(38)), true);
  expect(view?.title).toBe('No data from the monitor for 02:10. Cable out at 10:35:50.');
  expect(view?.advice).toContain('Check the cable at the monitor');
  expect(view?.advice).toContain('Watch the patient and the bedside monitor.');
  expect(linkLine(monitors, around(at(38)))).toMatchObject({ live: false, title: 'Link lost 10:35:50' });
});

test('PAGE-14 a live monitor, and one whose port is just being opened, make no banner', () => {
  const { monitors } = goldenBoard({ state: 'full' });
  expect(linkBanner(monitors, around(at(38)), true)).toBeNull();
  const opening = monitors.map((monitor) => ({ ...monitor, state: 'opening' as const, sinceMs: at(38) - 1000 }));
  expect(linkBanner(opening, around(at(38)), true)).toBeNull();
  expect(linkBanner(opening, around(at(38) + 60_000), true)).not.toBeNull();
  expect(linkLine(monitors, around(at(38)))).toEqual({ live: true, title: 'Link live · port A', detail: '1.0 frames/s · 0 errors' });
});

test('PAGE-15 Next shows what is due, then the first of each slot, and a prediction last', () => {
  const rows = nextRows(sessionOf('full'), around(at(38)));
  expect(rows.map((row) => [row.name, row.right])).toEqual([
    ['Sedation check', 'now'],
    ['Blood pressure', 'in 2:00'],
    ['CADSS-23', 'in 2:00'],
    ['SUDS', 'in 2:00'],
    ['Infusion complete', '10:52'],
  ]);
  expect(rows[0]).toMatchObject({ tone: 'due', detail: 'MOAA/S · was due 10:30', rightSmall: '8 min over' });
});

test('PAGE-15 what is due is always there, however much of it', () => {
  const due = Array.from({ length: 12 }, (_, index): DueItem => ({
    key: `stop-request:${index}`,
    kind: 'stop-request',
    label: 'Patient wants to stop',
    detail: '',
    instrument: null,
    dueMs: at(30 + index / 10),
    state: 'due',
    doneMs: null,
  }));
  expect(nextRows({ due, ratings: [] }, around(at(38)))).toHaveLength(12);
});

test('PAGE-16 a rating that was paused keeps a row until it is finished', () => {
  const session = sessionOf('full');
  const [first] = session.ratings;
  if (first === undefined) throw new Error('a rating');
  const open = { ...first, instrument: 'rass' as const, state: 'open' as const, answered: 0, of: 1 };
  const row = nextRows({ due: session.due, ratings: [open] }, around(at(38))).find((one) => one.ratingId === open.ratingId);
  expect(row?.right).toBe(sessionText.next.goOn);
  expect(meaningOfKey('r', { due: session.due, ratings: [open] })).toMatchObject({ kind: 'rating', ratingId: open.ratingId });
});

test('PAGE-16 a rating that was begun stays in sight where its own time in the schedule is far ahead', () => {
  const session = sessionOf('full');
  const [first] = session.ratings;
  if (first === undefined) throw new Error('a rating');
  const waiting = session.due.find((item) => item.passed !== true);
  if (waiting === undefined) throw new Error('a slot');
  const slot = (minute: number, instrument: typeof first.instrument): DueItem => ({
    ...waiting,
    key: `${instrument} ${minute}`,
    kind: 'rating',
    instrument,
    state: 'waiting',
    dueMs: at(minute),
  });
  const due = [
    ...(['moaa-s', 'rass', 'suds', 'nrs-pain', 'nrs-nausea'] as const).map((one, index) => slot(40 + index, one)),
    slot(60, 'cadss-6'),
  ];
  const open = { ...first, instrument: 'cadss-6' as const, state: 'open' as const, answered: 4, of: 6 };
  const rows = nextRows({ due, ratings: [open] }, around(at(38)));
  expect(rows.map((row) => row.ratingId)).toContain(open.ratingId);
  expect(rows.length).toBeLessThan(due.length);
});

test('PAGE-17 letters open what the keyboard map says, and others nothing', () => {
  const session = sessionOf('full');
  expect(meaningOfKey('m', session)).toEqual({ kind: 'milestones' });
  expect(meaningOfKey('r', session)).toEqual({ kind: 'rating', instrument: 'moaa-s', ratingId: null });
  expect(meaningOfKey('n', session)).toBe('note');
  expect(meaningOfKey('?', session)).toEqual({ kind: 'keys' });
  expect(meaningOfKey('x', session)).toBeNull();
  expect(meaningOfKey('r', { due: [], ratings: [] })).toEqual({ kind: 'ratings' });
  expect(meaningOfKey('R', session)).toEqual({ kind: 'ratings' });
});

test('PAGE-18 the rail counts given, share and pause by the arithmetic of the record', () => {
  const progress = doseProgress(sessionOf('full').dose, at(38));
  expect(progress).toMatchObject({ givenUg: 29_250, totalUg: 40_000, pausedMs: 300_000 });
  expect(progress?.share).toBeCloseTo(0.731_25, 10);
  expect(doseProgress(sessionOf('empty').dose, at(-42))).toBeNull();
  expect(doseProgress(sessionOf('paused').dose, at(12))?.pausedMs).toBe(120_000);
  expect(doseProgress(sessionOf('finished').dose, at(126))).toMatchObject({ share: 1, pausedMs: 300_000 });
});

test('PAGE-19 what no tap records opens the sheet that asks for it, and another time has a sheet for every action', () => {
  const actions = sessionOf('full').actions;
  const [pause, , , , music, review] = actions;
  if (pause === undefined || music === undefined || review === undefined) throw new Error('no actions');
  expect(sheetOf(pause, 'record')).toEqual({ kind: 'dose', action: 'pause-dose' });
  expect(sheetOf(review, 'record')).toMatchObject({ kind: 'another-time', command: { milestone: 'bp_review' }, asked: true });
  expect(sheetOf(review, 'another-time')).not.toHaveProperty('asked');
  expect(sheetOf(music, 'another-time')).toMatchObject({ kind: 'another-time', command: { milestone: 'eyeshades_music' } });
});

test('PAGE-20 vitals by hand: an empty field is nothing measured, a pair is whole, a slip is named', () => {
  expect(enteredVitals(nothingTyped, 'Cel')).toEqual({ values: {}, problems: {}, ready: false });
  expect(enteredVitals({ ...nothingTyped, 'nibp-sys': '158', 'nibp-dia': '97', temp: '36,8' }, 'Cel')).toEqual({
    values: { 'nibp-sys': 158, 'nibp-dia': 97, temp: 36.8 },
    problems: {},
    ready: true,
  });
  expect(enteredVitals({ ...nothingTyped, 'nibp-sys': '158' }, 'Cel')).toMatchObject({
    ready: false,
    problems: { 'nibp-dia': sessionText.byHand.pair },
  });
  expect(enteredVitals({ ...nothingTyped, spo2: '101' }, 'Cel').ready).toBe(false);
  expect(enteredVitals({ ...nothingTyped, spo2: '9x' }, 'Cel').problems.spo2).toBe(sessionText.byHand.notANumber);
});

test('PAGE-21 not recording is said for a stopped store, a lost service and a refused start, and for nothing else', () => {
  const board = goldenBoard({ state: 'full' });
  expect(notRecordingView({ state: 'live' }, board)).toBeNull();
  expect(notRecordingView({ state: 'connecting' }, null)).toBeNull();
  expect(notRecordingView({ state: 'lost', sinceMs: 5, why: 'silent' }, board)).toMatchObject({ sinceMs: 5, keptUntilMs: at(38) - 1000 });
  const stopped = { state: 'stopped', sinceMs: at(37), code: 'STORE_FULL', message: 'No space.' } as const;
  expect(notRecordingView({ state: 'live' }, { ...board, recording: stopped })).toMatchObject({ message: 'No space.', sinceMs: at(37) });
  expect(notRecordingView({ state: 'refused', code: 'X', message: 'why' }, null)).toMatchObject({ message: 'why' });
});

test('PAGE-15 a patient who wants to stop and the question about the pump stand before all that was passed over', () => {
  const item = (kind: DueItem['kind'], key: string, passed: boolean): DueItem => ({
    key,
    kind,
    label: key,
    detail: '',
    instrument: null,
    dueMs: at(1),
    state: 'due',
    doneMs: null,
    ...(passed ? { passed } : {}),
  });
  const due = [item('nibp', 'pressure', true), item('bag', 'bag', false), item('pump', 'pump', false), item('stop-request', 'stop', false)];
  expect(nextRows({ due, ratings: [] }, around(at(38))).map(({ item: { kind } }) => kind)).toEqual(['stop-request', 'pump', 'bag', 'nibp']);
});
