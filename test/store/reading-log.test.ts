import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { metricIds, metrics, type MetricId } from '../../shared/clinical/metric.ts';
import { absentReasons, type Reading } from '../../shared/clinical/reading.ts';
import { selectReadings, type ReadingRow } from '../../electron/service/store/reading-log.ts';
import type { Store } from '../../electron/service/store/store.ts';
import { benchReadingBytes, oneMonitor, simulatedOximeterAndCuff } from '../bench/store.ts';
import { bootId, createRoomFixture, type RoomFixture } from './room-fixture.ts';

let room: RoomFixture;
let store: Store;
beforeEach(() => {
  room = createRoomFixture(51);
  store = room.open();
});
afterEach(() => {
  store.close();
  room.close();
});

const baseMs = 1_795_446_000_000;
function rowAt(second: number, readings: readonly Reading[], rest: Partial<ReadingRow> = {}): ReadingRow {
  const at = { utcMs: baseMs + second * 1000, offsetMin: -300 };
  return { sessionId: sessionA, monitorId: monitorA, at, monoMs: second * 1000 + 4, bootId, readings, ...rest };
}
const [sessionA, monitorA, monitorB] = ['a', 'b', 'c'].map((last) => `0193a000-0000-7000-8000-00000000000${last}`) as [
  string,
  string,
  string,
];
const spo2 = (value: number): Reading => ({ metric: 'spo2', value, unit: '%', quality: 'good' });

const deviceTime = fc.option(
  fc.oneof(
    fc.constantFrom('2026-11-23T10:00:29', '1970-01-01T00:00:00', '2099-12-31T23:59:59', '2026-11-23T10:00:29.5', '11/23/26 10:00:29', ''),
    fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 19)),
  ),
  { nil: undefined },
);
const anyReading = (metric: Reading['metric']): fc.Arbitrary<Reading> =>
  fc
    .record({
      flags: fc.option(fc.array(fc.string({ maxLength: 20 }), { maxLength: 3 }), { nil: undefined }),
      deviceTime,
      state: fc.oneof(
        fc.record({
          value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
          unit: fc.constantFrom(metric in metrics ? metrics[metric as MetricId].unit : '1', 'kPa'),
          quality: fc.constantFrom('good', 'questionable'),
        }),
        fc.record({ absent: fc.constantFrom(...absentReasons) }),
      ),
    })
    .map(({ flags, deviceTime: time, state }) => {
      const base = { metric, ...(flags === undefined ? {} : { flags }), ...(time === undefined ? {} : { deviceTime: time }) };
      return { ...base, ...state } as Reading;
    });

test('STORE-16 any reading of any metric comes back as it was', () => {
  const vendor = ['x:masimo:PVI', 'x:masimo:SPCO'] as const;
  const readings = fc.subarray([...metricIds, ...vendor]).chain((chosen) => fc.tuple(...chosen.map((metric) => anyReading(metric))));
  let second = 0;
  const written: ReadingRow[] = [];
  fc.assert(
    fc.property(readings, (made) => {
      second += 1;
      const row = rowAt(second, made);
      store.readings.appendSecond([row]);
      written.push(row);
    }),
    { numRuns: 400, seed: 51 },
  );
  store.close();
  store = room.open();
  const read = [...store.readings.readSession(sessionA)];
  expect(read).toStrictEqual(written.map((row) => ({ ...row, part: 0 })));
  expect(store.readings.count()).toBe(400);
});

test('STORE-16 one device time for the whole row costs a column, not text, and comes back in full', () => {
  const time = '2026-11-23T10:00:29';
  store.readings.appendSecond([
    rowAt(1, [
      { ...spo2(97), deviceTime: time },
      { metric: 'pulse-rate', absent: 'motion', deviceTime: time },
    ]),
  ]);
  const [row] = store.database.connection.prepare<[], { text: string; device_lag_s: number }>(selectReadings).all();
  expect(row?.text).toBe('{"a":{"pulse-rate":"motion"}}');
  expect(row?.device_lag_s).toBeTypeOf('number');
  expect([...store.readings.readSession(sessionA)][0]?.readings.map((reading) => reading.deviceTime)).toStrictEqual([time, time]);
});

test('STORE-16 a second that comes again gets another part, in this run and after a restart', () => {
  store.readings.appendSecond([rowAt(10, [spo2(97)])]);
  store.readings.appendSecond([rowAt(11, [spo2(96)])]);
  // The clock was set back by a second, twice.
  store.readings.appendSecond([rowAt(10, [spo2(95)])]);
  store.readings.appendSecond([rowAt(10, [spo2(94)])]);
  store.readings.appendSecond([rowAt(11, [spo2(93)]), rowAt(11, [spo2(92)])]);
  store.close();
  store = room.open();
  store.readings.appendSecond([rowAt(10, [spo2(91)])]);
  const read = [...store.readings.readSession(sessionA)].map((row) => [
    row.at.utcMs - baseMs,
    row.part,
    (row.readings[0] as { value: number }).value,
  ]);
  expect(read).toStrictEqual([
    [10_000, 0, 97],
    [10_000, 1, 95],
    [10_000, 2, 94],
    [10_000, 3, 91],
    [11_000, 0, 96],
    [11_000, 1, 93],
    [11_000, 2, 92],
  ]);
});

test('STORE-16 a metric stated twice in a second is kept twice', () => {
  store.readings.appendSecond([rowAt(1, [spo2(97), spo2(88)])]);
  const read = [...store.readings.readSession(sessionA)];
  expect(read.map((row) => [row.part, row.readings])).toStrictEqual([
    [0, [spo2(97)]],
    [1, [spo2(88)]],
  ]);
});

test('STORE-16 monitors, sessions, restarts and time ranges are told apart, across pages', () => {
  for (let second = 0; second < 1300; second += 1) {
    store.readings.appendSecond([rowAt(second, [spo2(90)]), rowAt(second, [spo2(91)], { monitorId: monitorB })]);
  }
  store.readings.appendSecond([rowAt(5, [spo2(50)], { sessionId: room.ids.uuid() })]);
  store.readings.appendSecond([rowAt(100_000, [spo2(92)], { bootId: 'another boot' })]);
  expect([...store.readings.readSession(sessionA)]).toHaveLength(2601);
  const range = [...store.readings.readSession(sessionA, baseMs + 599_500, baseMs + 601_000)];
  expect(range.map((row) => [row.at.utcMs - baseMs, row.monitorId])).toStrictEqual([
    [600_000, monitorA],
    [600_000, monitorB],
  ]);
  expect([...store.readings.readSession(sessionA, baseMs + 50_000_000)].map((row) => row.bootId)).toStrictEqual(['another boot']);
  expect([...store.readings.readSession(room.ids.uuid())]).toStrictEqual([]);
});

test('STORE-16 a second with one impossible row is refused whole', () => {
  const bad: readonly [change: Partial<ReadingRow>, told: RegExp][] = [
    [{ readings: [{ metric: 'spo2', value: Number.NaN, unit: '%', quality: 'good' }] }, /spo2 is not a number/],
    [{ at: { utcMs: Number.NaN, offsetMin: 0 } }, /at is not a time/],
    [{ monoMs: Number.POSITIVE_INFINITY }, /monoMs/],
    [{ monitorId: 'COM3' }, /monitorId is not a UUID/],
    [{ bootId: '' }, /bootId/],
    [{ readings: [{ metric: 'temp', absent: 'lost' } as unknown as Reading] }, /temp/],
  ];
  for (const [change, told] of bad) {
    expect(() => store.readings.appendSecond([rowAt(1, [spo2(97)]), rowAt(1, [], { monitorId: monitorB, ...change })])).toThrow(told);
  }
  expect(store.readings.count()).toBe(0);
  store.readings.appendSecond([rowAt(1, [spo2(97)])]);
  expect([...store.readings.readSession(sessionA)]).toHaveLength(1);
});

test('STORE-16 what is said in the same words every second is stored once, also beside numbers that change', () => {
  const said = (second: number): Reading[] => [
    { metric: 'pulse-rate', absent: 'searching', deviceTime: `2026-11-23T10:00:${10 + second}` },
    { metric: 'x:masimo:SPCO', absent: 'unavailable', deviceTime: `2026-11-23T10:00:${10 + second}` },
    { metric: 'x:masimo:PVI', value: 20 + second, unit: '%', quality: 'good', deviceTime: `2026-11-23T10:00:${10 + second}` },
  ];
  const rows = Array.from({ length: 20 }, (_, second) => rowAt(second, said(second)));
  for (const row of rows.slice(0, 10)) store.readings.appendSecond([row]);
  store.close();
  store = room.open();
  for (const row of rows.slice(10)) store.readings.appendSecond([row]);
  expect(store.database.connection.prepare('SELECT count(*) FROM reading_notes').pluck().get()).toBe(1);
  expect([...store.readings.readSession(sessionA)]).toStrictEqual(rows.map((row) => ({ ...row, part: 0 })));
});

test('STORE-16 more kinds of notes than are remembered come back as they were', () => {
  const rows = Array.from({ length: 1200 }, (_, second) =>
    rowAt(second, [{ metric: 'temp', absent: 'invalid', flags: [`code-${second % 600}`] }]),
  );
  for (let from = 0; from < rows.length; from += 100) store.readings.appendSecond(rows.slice(from, from + 100));
  expect([...store.readings.readSession(sessionA)].map((row) => row.readings)).toStrictEqual(rows.map((row) => row.readings));
  expect(store.database.connection.prepare('SELECT count(*) FROM reading_notes').pluck().get()).toBe(600);
});

test('STORE-16 after a refused second the next has its streams, hours and notes', () => {
  const note: Reading = { metric: 'spo2', absent: 'motion' };
  const bad = rowAt(1, [], { monitorId: 'COM3' });
  expect(() => store.readings.appendSecond([rowAt(1, [note]), bad])).toThrow(/monitorId/);
  store.readings.appendSecond([rowAt(1, [note], { monitorId: monitorB }), rowAt(1, [note])]);
  expect([...store.readings.readSession(sessionA)].map((row) => [row.monitorId, row.part, row.readings])).toStrictEqual([
    [monitorB, 0, [note]],
    [monitorA, 0, [note]],
  ]);
});

test('STORE-16 a clock that was years off for a moment costs no long search', () => {
  store.readings.appendSecond([rowAt(0, [spo2(97)])]);
  store.readings.appendSecond([rowAt(0, [spo2(90)], { at: { utcMs: 5000, offsetMin: 0 } })]);
  store.readings.appendSecond([rowAt(1, [spo2(98)])]);
  let asked = 0;
  const read = store.database.read.bind(store.database);
  store.database.read = (work) => {
    asked += 1;
    return read(work);
  };
  expect([...store.readings.readSession(sessionA)].map((row) => row.at.utcMs)).toStrictEqual([5000, baseMs, baseMs + 1000]);
  expect(asked).toBeLessThan(20);
});

test('STORE-16 a second with no place left is refused, and does not spill into the next', () => {
  store.readings.appendSecond([rowAt(1, [spo2(97)])]);
  const last = (baseMs / 1000 + 1) * 65_536 + 65_535;
  store.database.connection.exec(
    `INSERT INTO reading (place, stream, part, offset_min, mono_ms) SELECT ${last}, stream, 9, offset_min, mono_ms FROM reading`,
  );
  store.close();
  store = room.open();
  expect(() => store.readings.appendSecond([rowAt(1, [spo2(96)])])).toThrow(/no second holds more than 65536 rows/);
  store.readings.appendSecond([rowAt(2, [spo2(95)])]);
  expect([...store.readings.readSession(sessionA)].map((row) => [row.at.utcMs - baseMs, row.part])).toStrictEqual([
    [1000, 0],
    [1000, 9],
    [2000, 0],
  ]);
});

test('STORE-17 two hours of seven metrics a second stay under the bar', () => {
  const { bytesPerHour } = benchReadingBytes(oneMonitor);
  expect(bytesPerHour).toBeLessThan(240 * 1024);
  expect(bytesPerHour).toBeGreaterThan(100 * 1024);
});

test('STORE-17 two hours of an oximeter and a cuff between each other stay under the bar', () => {
  const { bytesPerHour } = benchReadingBytes(simulatedOximeterAndCuff());
  expect(bytesPerHour).toBeLessThan(400 * 1024);
  expect(bytesPerHour).toBeGreaterThan(100 * 1024);
});
