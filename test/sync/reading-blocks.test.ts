import { afterEach, describe, expect, test } from 'vitest';
import { absentReasons, type Reading } from '../../shared/clinical/reading.ts';
import { metricIds, metrics } from '../../shared/clinical/metric.ts';
import { atOnce } from '../../electron/service/platform/in-turns.ts';
import { openReader, type Database } from '../../electron/service/store/database.ts';
import { idToBlob } from '../../electron/service/store/event-row.ts';
import { readingsSeal } from '../../electron/service/store/record-seal.ts';
import type { Store } from '../../electron/service/store/store.ts';
import {
  blockRows,
  blockS,
  blockText,
  countBlocks,
  sealOfBlocks,
  sessionsWithReadings,
  unsentBlocks,
  type BlockKey,
  type ReadingBlock,
} from '../../electron/service/sync/reading-blocks.ts';
import { bootId, createRoomFixture, type RoomFixture } from '../store/room-fixture.ts';

let room: RoomFixture | undefined;
const closing: { close(): void }[] = [];
afterEach(() => {
  for (const one of closing.splice(0).toReversed()) one.close();
  room?.close();
});

interface Open {
  readonly room: RoomFixture;
  readonly store: Store;
  readonly reader: Database;
  readonly sessionId: string;
  readonly monitors: readonly [string, string];
}

function open(seed: number): Open {
  const opened = (room = createRoomFixture(seed));
  const store = opened.open();
  const reader = openReader(store.database.file, opened.key);
  closing.push(store, reader);
  return { room: opened, store, reader, sessionId: opened.ids.uuid(), monitors: [opened.ids.uuid(), opened.ids.uuid()] };
}

const beginS = 1_795_446_000;
const zero: (bytes: Uint8Array) => number = ([byte = 0]) => byte;

/** What a monitor can say in a second: values with many digits, absences, doubts, flags, its own time, quantities of its own. */
function anyReadings({ ids }: RoomFixture, atS: number): Reading[] {
  const dice = (sides: number): number => zero(ids.randomBytes(1)) % sides;
  const stated = dice(3) === 0 ? { deviceTime: new Date(atS * 1000 + dice(5) * 1000).toISOString().slice(0, 19) } : {};
  const known = metricIds
    .filter(() => dice(2) === 0)
    .map((metric): Reading => {
      if (dice(5) === 0) return { ...stated, metric, absent: absentReasons[dice(absentReasons.length)] ?? 'no-sensor' } as Reading;
      const value = [97, 0, -0.25, 1 / 3, 36.6, 1e-7, 123_456.789][dice(7)] ?? 0;
      return { ...stated, metric, value, unit: metrics[metric].unit, quality: dice(6) === 0 ? 'questionable' : 'good' } as Reading;
    });
  const own = dice(4) === 0 ? [{ ...stated, metric: 'x:own:flow', value: dice(100) / 7, unit: 'Ω', quality: 'good' } as Reading] : [];
  return [...known, ...own];
}

/** Appends a second of both monitors, or of one. */
function say({ room: opened, store, sessionId, monitors }: Open, atS: number, monoS: number): void {
  const of = monitors.filter(() => zero(opened.ids.randomBytes(1)) % 8 !== 0);
  store.readings.appendSecond(
    of.map((monitorId) => ({
      sessionId,
      monitorId,
      at: { utcMs: atS * 1000, offsetMin: -300 },
      monoMs: monoS * 1000 + 0.4,
      bootId,
      readings: anyReadings(opened, atS),
    })),
  );
}

const keyOf = ({ monitorId, bootId: boot, fromS }: BlockKey): string => [monitorId, boot, fromS].join();
const all = ({ reader, sessionId }: Open): ReadingBlock[] => [...unsentBlocks(reader, sessionId, Number.MAX_SAFE_INTEGER, () => 0)];
const sealed = ({ store, sessionId }: Open) => atOnce(readingsSeal(store.database.connection, idToBlob(sessionId, 'session')));

describe('blocks', () => {
  test('OUTBOX-7, OUTBOX-8 whatever was said comes back from its text, and gives the hash that a signature holds', () => {
    for (const seed of [701, 702, 703]) {
      const opened = open(seed);
      // Across the end of an hour.
      for (let second = 0; second < 800; second += 1) say(opened, beginS + 3200 + second, second);
      const blocks = all(opened);
      expect(blocks.length).toBeGreaterThanOrEqual(6);
      expect(new Set(blocks.map(keyOf)).size).toBe(blocks.length);
      for (const { body, rows } of blocks) {
        expect(blockRows(body)).toHaveLength(rows);
        expect(blockText(blockRows(body))).toBe(body);
      }
      expect(sealOfBlocks(blocks)).toEqual(sealed(opened));
      expect(all(opened)).toEqual(blocks);
      expect(sessionsWithReadings(opened.reader)).toEqual([opened.sessionId]);
      for (const one of closing.splice(0).toReversed()) one.close();
      opened.room.close();
    }
  });

  test('OUTBOX-7 only what is over is counted, and each block begins at a whole five minutes', () => {
    const opened = open(704);
    for (let second = 0; second < 700; second += 1) say(opened, beginS + second, second);
    const counted = [...countBlocks(opened.reader, opened.sessionId, beginS + 650)].flat();
    expect([...new Set(counted.map(({ fromS }) => fromS))]).toEqual([beginS, beginS + blockS]);
    expect(beginS % blockS).toBe(0);
  });

  test.each([
    ['{}', 'a column of readings is no array'],
    ['[]', 'a column of readings is no array'],
    ['null', 'it is no block of readings'],
    ['{"at_s":[1,2],"n":[0,0],"spo2":[97]}', 'column spo2 has 1 rows of 2'],
  ])('OUTBOX-7 %s is no block', (text, words) => expect(() => blockRows(text)).toThrow(words));
});

describe('a clock that is set back in the middle of a session', () => {
  /** Five minutes, one hour ahead, then back into the middle of what was sent. */
  function playSetBack(opened: Open, onSend: () => void): void {
    for (let second = 0; second < 400; second += 1) say(opened, beginS + second, second);
    onSend();
    for (let second = 0; second < 200; second += 1) say(opened, beginS + 100 + second, 400 + second);
    onSend();
  }

  test('OUTBOX-9, OUTBOX-8 blocks by their count of rows miss none, and the hash of the signature is worked out from what was sent', () => {
    const opened = open(705);
    const sent = new Map<string, ReadingBlock>();
    const sends: number[] = [];
    playSetBack(opened, () => {
      const rowsSent = (key: BlockKey): number => sent.get(keyOf(key))?.rows ?? 0;
      const blocks = [...unsentBlocks(opened.reader, opened.sessionId, Number.MAX_SAFE_INTEGER, rowsSent)];
      for (const block of blocks) sent.set(keyOf(block), block);
      sends.push(blocks.length);
    });
    expect(sends).toEqual([4, 2]);
    expect(sealOfBlocks([...sent.values()])).toEqual(sealed(opened));
  });

  test('OUTBOX-9 by how far somebody has come such rows are missed, so that the test can fail', () => {
    const opened = open(706);
    const count = 'SELECT count(*) AS rows, coalesce(max(place), -1) AS place FROM reading WHERE place > ?';
    let [place, rows] = [-1, 0];
    playSetBack(opened, () => {
      const found = opened.reader.connection.prepare<[number], { rows: number; place: number }>(count).get(place);
      rows += found?.rows ?? 0;
      place = Math.max(place, found?.place ?? -1);
    });
    expect(rows).toBeLessThan(sealed(opened).readingRows);
  });
});
