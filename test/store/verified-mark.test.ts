import { createRequire } from 'node:module';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyCommand } from '../../electron/cli/verify.ts';
import { pageLength } from '../../electron/service/store/cipher-pages.ts';
import type { Connection } from '../../electron/service/store/connection.ts';
import { dataFolderAt } from '../../electron/service/store/data-folder.ts';
import { writeKeyFile } from '../../electron/service/store/data-key.ts';
import { recordSeal } from '../../electron/service/store/record-seal.ts';
import type { Store } from '../../electron/service/store/store.ts';
import { decodeMark, encodeMark, type VerifiedMark } from '../../electron/service/store/verified-mark.ts';
import type { WaveBlock } from '../../electron/service/store/wave-log.ts';
import { createRoomFixture, draft, memoryFolder, sessionDrafts, type RoomFixture } from './room-fixture.ts';

const PlainDatabase = createRequire(import.meta.url)('better-sqlite3') as new (file: string) => Connection;
const startMs = 1_795_446_000_000;
const firstMs = Date.UTC(2026, 10, 1);
const secondMs = Date.UTC(2026, 10, 8);

let room: RoomFixture;
let mark: string;
let sessionId: string;
let monitorId: string;
beforeEach(() => {
  room = createRoomFixture(391, mkdtempSync(join(memoryFolder(), 'vigil-mark-')));
  mark = join(room.place, 'verified');
  [sessionId, monitorId] = [room.ids.uuid(), room.ids.uuid()];
  recorded((store) => {
    store.events.appendAll(sessionDrafts(room.ids, sessionId, 4));
    heard(store, 0, 30);
    const last = store.events.head.seq;
    const found = recordSeal(store, sessionId, last);
    if (found === null) throw new Error('nothing to sign');
    const { recordHash, ...seal } = found;
    const signer = { version: 1, personId: room.ids.uuid(), name: 'Ada', role: 'nurse', meaning: 'authored' } as const;
    store.events.appendAll([draft(room.ids, 'session-signed', { ...signer, recordHash, seal }, { sessionId, tick: 10 })]);
  });
  writeKeyFile(dataFolderAt(room.folder), room.key);
});
afterEach(() => room.close());

function recorded(work: (store: Store) => void): void {
  const store = room.open();
  work(store);
  store.close();
}

function heard(store: Store, from: number, seconds: number, session = sessionId): void {
  for (let second = from; second < from + seconds; second += 1) {
    const readings = [{ metric: 'spo2', value: 97, unit: '%', quality: 'good' } as const];
    const at = { utcMs: startMs + second * 1000, offsetMin: 0 };
    store.readings.appendSecond([{ sessionId: session, monitorId, at, monoMs: second * 1000, bootId: 'b', readings }]);
  }
}

function tamper(sql: string): void {
  const connection = new PlainDatabase(join(room.folder, 'vigil.db'));
  connection.pragma("cipher='sqlcipher'");
  connection.pragma('legacy=4');
  connection.pragma(`legacy_page_size=${pageLength}`);
  connection.key(Buffer.from(`x'${Buffer.from(room.key).toString('hex')}'`));
  connection.exec('DROP TRIGGER reading_kept; DROP TRIGGER reading_fixed');
  connection.exec(sql);
  connection.close();
}

interface Ran {
  readonly exit: number;
  readonly last: Record<string, unknown>;
  readonly problems: readonly unknown[];
  readonly said: string;
}

async function verify(nowMs: number, ...argv: string[]): Promise<Ran> {
  const out: Record<string, unknown>[] = [];
  let said = '';
  const io = {
    stdout: (line: string) => void out.push(JSON.parse(line) as Record<string, unknown>),
    stderr: (line: string) => void (said += line),
  };
  const exit = await verifyCommand.run(['--data', room.folder, ...argv], io, { now: () => ({ utcMs: nowMs, offsetMin: 0 }) });
  return { exit, last: out.at(-1) ?? {}, problems: out.filter(({ type }) => type === 'problem').map(({ what }) => what), said };
}
const since = async (nowMs = secondMs): Promise<Ran> => verify(nowMs, '--since', mark);
const spo2 = (second: number): string => `UPDATE reading SET spo2 = 60 WHERE at_s = ${startMs / 1000 + second}`;

test('STORE-39 the first run reads all and leaves a mark; the next reads what came since, says what it did not read, and moves the mark', async () => {
  const first = await since(firstMs);
  expect(first).toMatchObject({ exit: 0, last: { ok: true, readings: 30, notReadAgain: null } });
  expect(statSync(mark).mode & 0o077).toBe(0);
  recorded((store) => heard(store, 100, 5, room.ids.uuid()));
  const second = await since();
  expect(second).toMatchObject({ exit: 0, last: { readings: 35, notReadAgain: { readings: 30, allReadAt: '2026-11-01T00:00:00.000Z' } } });
  expect(second.said).toContain('of these 30 rows and 0 blocks from before were not read again, all was last read on 2026-11-01');
  expect((await since()).last).toMatchObject({ readings: 35, notReadAgain: { readings: 35, allReadAt: '2026-11-01T00:00:00.000Z' } });
  expect((await verify(secondMs)).last).toMatchObject({ readings: 35, notReadAgain: null });
});

test('STORE-39 a reading changed with the key before the mark passes only as one that was not read, and a whole run finds it', async () => {
  await since(firstMs);
  tamper(spo2(3));
  expect(await since()).toMatchObject({ exit: 0, last: { notReadAgain: { readings: 30 } } });
  expect(await verify(secondMs)).toMatchObject({ exit: 1, problems: [expect.stringContaining('not those that were signed')] });
});

test.each([
  ['a byte of an old page', null, /page \d+ .* has been changed/],
  ['an old reading taken out', `DELETE FROM reading WHERE at_s = ${startMs / 1000 + 3}`, /not those that were signed/],
  ['an old event', `DROP TRIGGER event_fixed; UPDATE event_log SET body = body || ' ' WHERE seq = 2`, /event 2 .* has been changed/],
  [
    'a reading put behind the end of a signed session',
    `INSERT INTO reading (place, stream, part, offset_min, mono_ms) SELECT place + 65536, stream, 0, 0, mono_ms FROM reading ORDER BY place DESC LIMIT 1`,
    /not those that were signed/,
  ],
  [
    'a reading behind the mark that cannot be read',
    `INSERT INTO reading (place, stream, part, offset_min, mono_ms, extra) SELECT place + 65536, stream, 0, 0, mono_ms, '[1]' FROM reading ORDER BY place DESC LIMIT 1`,
    /reading of stream 1 .* is not valid/,
  ],
])('STORE-39 with a mark %s is found, and the mark stays where it was', async (_, sql, what) => {
  await since(firstMs);
  const before = readFileSync(mark, 'utf8');
  if (sql === null) {
    const bytes = readFileSync(join(room.folder, 'vigil.db'));
    bytes[3 * pageLength + 100] = (bytes[3 * pageLength + 100] ?? 0) ^ 1;
    writeFileSync(join(room.folder, 'vigil.db'), bytes);
  } else {
    tamper(sql);
  }
  const found = await since();
  expect(found.exit).toBe(1);
  expect(found.problems).toContainEqual(expect.stringMatching(what));
  expect(readFileSync(mark, 'utf8')).toBe(before);
});

test('STORE-39 blocks of waveforms before the mark are not read again, one that follows them is, and a bad one behind it is found', async () => {
  const block = (second: number): WaveBlock => ({
    sessionId,
    monitorId,
    bootId: 'b',
    metric: 'pleth',
    unit: '1',
    periodMs: 100,
    flags: [],
    at: { utcMs: startMs + second * 1000, offsetMin: 0 },
    monoMs: second * 1000,
    firstSample: null,
    follows: second > 0,
    samples: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  });
  recorded((store) => store.waves.append([block(0), block(1)]));
  await since(firstMs);
  recorded((store) => store.waves.append([block(2), block(3)]));
  expect(await since()).toMatchObject({ exit: 0, last: { waves: 4, notReadAgain: { waves: 2 } } });
  recorded((store) =>
    store.waves.append([
      { ...block(4), monoMs: 4200 },
      { ...block(5), monoMs: 9000 },
    ]),
  );
  expect(await since()).toMatchObject({ exit: 1, problems: [expect.stringContaining('says that it follows the one before')] });
});

test('STORE-39 where the clock was set back among what was read, all is read again', async () => {
  await since(firstMs);
  recorded((store) => heard(store, 10, 3, room.ids.uuid()));
  expect(await since()).toMatchObject({ exit: 0, last: { readings: 33, notReadAgain: null } });
  expect(decodeMark(readFileSync(mark, 'utf8'), room.key)).toMatchObject({
    readings: { count: 33 },
    allReadAt: new Date(secondMs).toISOString(),
  });
});

test('STORE-39 an older copy of the whole folder that was put back is whole in itself, and found by the mark alone', async () => {
  const older = join(room.place, 'older');
  cpSync(room.folder, older, { recursive: true });
  recorded((store) => store.events.appendAll(sessionDrafts(room.ids, room.ids.uuid(), 3)));
  await since(firstMs);
  rmSync(room.folder, { recursive: true });
  cpSync(older, room.folder, { recursive: true });
  expect(await verify(secondMs)).toMatchObject({ exit: 0 });
  expect(await since()).toMatchObject({ exit: 1, problems: [expect.stringMatching(/^events 7 to 10 .*are missing/)] });
});

test('STORE-39 a mark that was changed, or is of another room, is refused, and nothing else is done', async () => {
  await since(firstMs);
  const good = readFileSync(mark, 'utf8');
  const of: VerifiedMark = { ...(decodeMark(good, room.key) as VerifiedMark), readings: { through: 1, count: 0 } };
  const texts = ['', '{}', good.replace('"count":30', '"count":31'), encodeMark(of, room.ids.randomBytes(32))];
  for (const text of texts) {
    writeFileSync(mark, text);
    expect(await since()).toMatchObject({ exit: 1, last: { type: 'refused', code: 'STORE_CORRUPT', path: mark } });
    expect(readFileSync(mark, 'utf8')).toBe(text);
  }
  expect(decodeMark(encodeMark(of, room.key), room.key)).toEqual(of);
  const nowhere = join(room.place, 'nowhere', 'verified');
  expect(await verify(firstMs, '--since', nowhere)).toMatchObject({ exit: 1, last: { type: 'refused' } });
  expect(existsSync(nowhere)).toBe(false);
});

test('STORE-39 an older copy of the folder that was put back is found by the mark, also where it lacks readings alone', async () => {
  const before = readFileSync(join(room.folder, 'vigil.db'));
  recorded((store) => heard(store, 30, 16, room.ids.uuid()));
  await since(firstMs);
  const kept = readFileSync(mark, 'utf8');
  writeFileSync(join(room.folder, 'vigil.db'), before);
  const found = await since();
  expect(found.exit).toBe(1);
  expect(found.problems).toContainEqual('16 rows of readings that stood there when all was last found well are missing');
  expect(readFileSync(mark, 'utf8')).toBe(kept);
});
