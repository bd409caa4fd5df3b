import { createRequire } from 'node:module';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyCommand } from '../../electron/cli/verify.ts';
import { pageLength } from '../../electron/service/store/cipher-pages.ts';
import type { Connection } from '../../electron/service/store/connection.ts';
import { dataFolderAt } from '../../electron/service/store/data-folder.ts';
import { createRecoveryKey, writeKeyFile } from '../../electron/service/store/data-key.ts';
import { hashOf, type EventRow } from '../../electron/service/store/event-row.ts';
import { openStore } from '../../electron/service/store/store.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import type { Verification } from '../../electron/service/store/verify-findings.ts';
import { createSeededIds } from '../support/seeded-ids.ts';
import { createRoomFixture, draft, memoryFolder, sessionDrafts, storeErrorOf, type RoomFixture } from './room-fixture.ts';

const soak = process.env['VIGIL_SOAK'] === '1';
// Past the tests' own limit where every page is tried: how long that takes is the computer's matter.
const patienceMs = soak ? 3_600_000 : 900_000;
const PlainDatabase = createRequire(import.meta.url)('better-sqlite3') as new (file: string) => Connection;

let room: RoomFixture;
const at = (name: string): string => join(room.folder, name);
beforeEach(() => {
  room = createRoomFixture(181, mkdtempSync(join(memoryFolder(), 'vigil-verify-')));
});
afterEach(() => room.close());

/** A room of `count` events in two sessions with readings between, closed. */
function makeRoom(count: number): void {
  const store = room.open();
  const sessions = [room.ids.uuid(), room.ids.uuid()] as const;
  store.events.appendAll(sessionDrafts(room.ids, sessions[0], Math.floor(count / 2) - 1));
  const observation = draft(room.ids, 'observation-recorded', { text: 'calm', chips: [] }, { sessionId: sessions[1] });
  const undone = draft(
    room.ids,
    'event-undone',
    { eventId: observation.eventId },
    { sessionId: sessions[1], supersedes: observation.eventId },
  );
  store.events.appendAll([...sessionDrafts(room.ids, sessions[1], count - Math.floor(count / 2) - 3), observation, undone]);
  for (let second = 0; second < 20; second += 1) {
    const readings = [
      { metric: 'spo2', value: 97, unit: '%', quality: 'good' } as const,
      { metric: 'temp', absent: 'sensor-off' } as const,
    ];
    const instant = { utcMs: 1_795_446_000_000 + second * 1000, offsetMin: 0 };
    store.readings.appendSecond([{ sessionId: sessions[0], monitorId: sessions[1], at: instant, monoMs: second, bootId: 'b', readings }]);
  }
  store.close();
}

/** Changes the database as somebody would who has its key: past triggers and constraints. */
function tamper(work: (connection: Connection) => void): void {
  const connection = new PlainDatabase(at('vigil.db'));
  connection.pragma("cipher='sqlcipher'");
  connection.pragma('legacy=4');
  connection.pragma(`legacy_page_size=${pageLength}`);
  connection.key(Buffer.from(`x'${Buffer.from(room.key).toString('hex')}'`));
  connection.pragma('ignore_check_constraints=1');
  connection.pragma('foreign_keys=0');
  for (const table of ['event', 'reading', 'reading_hour', 'reading_notes', 'epoch', 'boot', 'room']) {
    connection.exec(`DROP TRIGGER ${table}_kept; DROP TRIGGER ${table}_fixed`);
  }
  work(connection);
  connection.pragma('wal_checkpoint(TRUNCATE)');
  connection.close();
}

const verify = (): Verification => verifyDatabase(room.folder, room.key);
const firstSeq = ({ problems }: Verification): number | null | undefined => problems.find((problem) => problem.seq !== null)?.seq;

describe('a whole record', () => {
  test('STORE-18 is whole, is counted, and is left as it was to the byte', () => {
    makeRoom(60);
    const before = readFileSync(at('vigil.db'));
    const found = verify();
    expect(found).toMatchObject({ ok: true, events: 60, readings: 20, problems: [] });
    expect(found.head?.seq).toBe(60);
    expect(readFileSync(at('vigil.db')).equals(before)).toBe(true);
    const store = room.open();
    expect(found).toMatchObject({ roomId: store.events.head.roomId, epoch: store.events.head.epoch });
    expect(found.head?.hash).toBe(Buffer.from(store.events.head.hash).toString('hex'));
    store.close();
  });

  test('STORE-18 an empty one is whole too, and one with a wrong key or gone is refused', () => {
    room.open().close();
    expect(verify()).toMatchObject({ ok: true, events: 0, head: { seq: 0 } });
    expect(storeErrorOf(() => verifyDatabase(room.folder, createSeededIds(5).randomBytes(32))).code).toBe('STORE_WRONG_KEY');
    expect(storeErrorOf(() => verifyDatabase(join(room.place, 'elsewhere'), room.key)).message).toContain('elsewhere');
    rmSync(at('vigil.db'));
    expect(storeErrorOf(verify).message).toMatch(/no database/);
  });
});

describe('tampering', { timeout: patienceMs }, () => {
  const count = soak ? 1000 : 120;
  const seqs = soak ? Array.from({ length: count }, (_, index) => index + 1) : [1, 2, 17, 59, 60, 61, 62, 119, 120];

  /** Tampers with each of `seqs` in turn, in a fresh copy, and expects the verifier to name `expected`. */
  function eachNamed(change: (seq: number) => string, expected: (seq: number) => number, which: readonly number[] = seqs): void {
    makeRoom(count);
    const whole = readFileSync(at('vigil.db'));
    for (const seq of which) {
      writeFileSync(at('vigil.db'), whole);
      tamper((connection) => connection.exec(change(seq)));
      const found = verify();
      expect(found.ok, `seq ${seq}`).toBe(false);
      expect(firstSeq(found), change(seq)).toBe(expected(seq));
    }
  }

  const columns: readonly [column: string, value: string][] = [
    ['kind', `'stop-requested'`],
    ['body', `body || ' '`],
    ['body', `'{}'`],
    ['occurred_ms', 'occurred_ms + 1'],
    ['occurred_offset_min', 'occurred_offset_min + 60'],
    ['recorded_ms', 'recorded_ms - 1'],
    ['recorded_offset_min', '0'],
    ['mono_us', 'mono_us + 1'],
    ['actor', 'zeroblob(16)'],
    ['session_id', 'zeroblob(16)'],
    ['command_id', `x'00112233445566778899aabbccddeeff'`],
    ['supersedes', 'event_id'],
    ['event_id', `x'00112233445566778899aabbccddeeff'`],
    ['hash', 'zeroblob(32)'],
    ['run_start', '1 - run_start'],
    ['command_start', '1 - command_start'],
  ];
  test.each(columns)('STORE-18 an altered %s (%s) is named', (column, value) => {
    eachNamed(
      (seq) => `UPDATE event_log SET ${column} = ${value} WHERE seq = ${seq}`,
      (seq) => seq,
      soak ? seqs : [17, 62],
    );
  });

  test('STORE-18 an altered event whose own hash was made to fit is named by the next, or at the end by the witness', () => {
    makeRoom(20);
    const whole = readFileSync(at('vigil.db'));
    for (const [seq, named] of [
      [7, 8],
      [20, 20],
    ] as const) {
      writeFileSync(at('vigil.db'), whole);
      tamper((connection) => forge(connection, seq));
      expect(firstSeq(verify()), `forged ${seq}`).toBe(named);
    }
  });

  test('STORE-18 an altered event with it and all that follow hashed anew is named by the witness of the end', () => {
    makeRoom(20);
    tamper((connection) => {
      for (let seq = 7; seq <= 20; seq += 1) forge(connection, seq, seq === 7 ? 1 : 0);
    });
    expect(firstSeq(verify())).toBe(20);
  });

  /** Moves an event by some milliseconds and gives it the hash that it should then have. */
  function forge(connection: Connection, seq: number, byMs = 1): void {
    connection.prepare('UPDATE event_log SET occurred_ms = occurred_ms + ? WHERE seq = ?').run(byMs, seq);
    const row = connection.prepare<[number], EventRow>('SELECT * FROM event WHERE seq = ?').get(seq);
    const prev = connection
      .prepare<[number], Buffer>('SELECT hash FROM event_log WHERE seq = ?')
      .pluck()
      .get(seq - 1);
    const roomId = connection.prepare<[], Buffer>('SELECT room_id FROM room').pluck().get();
    const epoch = connection.prepare<[], Buffer>('SELECT epoch FROM epoch').pluck().get();
    if (row === undefined || prev === undefined || roomId === undefined || epoch === undefined) throw new Error('nothing to forge');
    connection.prepare('UPDATE event_log SET hash = ? WHERE seq = ?').run(hashOf({ prev, roomId, epoch }, row), seq);
  }

  test('STORE-18 a deleted event is named', () => {
    eachNamed(
      (seq) => `DELETE FROM event_log WHERE seq = ${seq}`,
      (seq) => seq,
    );
  });

  test('STORE-18 a deleted event whose followers were moved up is named', () => {
    eachNamed(
      (seq) =>
        `DELETE FROM event_log WHERE seq = ${seq}; UPDATE event_log SET seq = -seq + 1 WHERE seq > ${seq}; UPDATE event_log SET seq = -seq WHERE seq < 0`,
      (seq) => seq,
    );
  });

  test('STORE-18 two events that changed places are named by the first', () => {
    eachNamed(
      (seq) => `UPDATE event_log SET seq = 100000 WHERE seq = ${seq};
        UPDATE event_log SET seq = ${seq} WHERE seq = ${seq + 1};
        UPDATE event_log SET seq = ${seq + 1} WHERE seq = 100000`,
      (seq) => seq,
      seqs.filter((seq) => seq < count),
    );
  });

  test('STORE-18 a log cut off anywhere is named by the first that is missing', () => {
    eachNamed(
      (seq) => `DELETE FROM event_log WHERE seq >= ${seq}`,
      (seq) => seq,
    );
  });

  test('STORE-18 an event put in, a repeated one, another room, another epoch, another boot, a bad reading', () => {
    makeRoom(20);
    const whole = readFileSync(at('vigil.db'));
    const added = `INSERT INTO event_log SELECT 21, randomblob(16), session_id, kind, occurred_ms, occurred_offset_min, recorded_ms,
      recorded_offset_min, mono_us, boot, actor, command_id, supersedes, body, 0, 0, hash FROM event_log WHERE seq = 20`;
    const changes: readonly [sql: string, seq: number | undefined][] = [
      [added, 21],
      ['UPDATE room SET room_id = randomblob(16)', 1],
      ['UPDATE epoch SET epoch = randomblob(16)', 1],
      [`INSERT INTO epoch VALUES (11, randomblob(16), 'restored')`, 11],
      [`UPDATE boot SET boot_id = 'another'`, 1],
      ['DELETE FROM epoch', 1],
      [`UPDATE reading_notes SET text = '{"a":{"spo2":"gone"}}'`, undefined],
      ['DELETE FROM reading_notes', undefined],
      ['UPDATE reading SET notes = NULL, spo2 = NULL, extra = 7 WHERE at_s = 1795446003', undefined],
      ['DELETE FROM reading_hour', undefined],
      [`UPDATE event_log SET session_id = zeroblob(3) WHERE seq = 7`, 7],
      [`UPDATE event_log SET actor = zeroblob(300) WHERE seq = 8`, 8],
    ];
    for (const [sql, seq] of changes) {
      writeFileSync(at('vigil.db'), whole);
      tamper((connection) => connection.exec(sql));
      const found = verify();
      expect(found.ok, sql).toBe(false);
      expect(firstSeq(found), sql).toBe(seq);
    }
  });

  test('STORE-18 without its witness a cut cannot be seen, and that is said', () => {
    makeRoom(20);
    tamper((connection) => connection.exec('DELETE FROM event_log WHERE seq > 15'));
    rmSync(at('head'));
    expect(verify().problems.map(({ what }) => what)).toStrictEqual([expect.stringMatching(/head is missing/)]);
    writeFileSync(at('head'), '{}', { mode: 0o600 });
    expect(verify().problems.map(({ what }) => what)).toStrictEqual([expect.stringMatching(/head is damaged/)]);
  });
});

describe('damage', () => {
  const flips = soak ? 10_000 : 300;

  test(
    `STORE-19 ${flips} single changed bytes of the database are all found`,
    () => {
      makeRoom(300);
      const whole = readFileSync(at('vigil.db'));
      const random = Buffer.from(room.ids.randomBytes(flips * 5));
      const missed: number[] = [];
      for (let flip = 0; flip < flips; flip += 1) {
        const byte = random.readUInt32LE(flip * 5) % whole.length;
        const damaged = Buffer.from(whole);
        damaged[byte] = (damaged[byte] ?? 0) ^ (random[flip * 5 + 4] || 1);
        writeFileSync(at('vigil.db'), damaged);
        if (verify().ok) missed.push(byte);
      }
      expect(missed).toStrictEqual([]);
    },
    patienceMs,
  );

  test('STORE-19 of the same bytes in a database without encryption most are not found by SQLite itself, so that the test can fail', () => {
    const file = join(room.place, 'plain.db');
    const plain = new PlainDatabase(file);
    plain.exec('CREATE TABLE event (seq INTEGER PRIMARY KEY, body TEXT) STRICT');
    const insert = plain.prepare<[string]>('INSERT INTO event (body) VALUES (?)');
    for (let row = 0; row < 300; row += 1) insert.run(`row ${row} ${'word '.repeat(40)}`);
    plain.close();
    const whole = readFileSync(file);
    let found = 0;
    for (let flip = 0; flip < 100; flip += 1) {
      const damaged = Buffer.from(whole);
      const byte = (flip * 7919) % whole.length;
      damaged[byte] = (damaged[byte] ?? 0) ^ 0x10;
      writeFileSync(file, damaged);
      try {
        const opened = new PlainDatabase(file);
        if (opened.pragma('integrity_check', { simple: true }) !== 'ok') found += 1;
        opened.close();
      } catch {
        found += 1;
      }
    }
    expect(found).toBeLessThan(50);
  });

  test('STORE-19 a changed byte on a page that holds nothing any more is found by its seal', () => {
    makeRoom(20);
    tamper((connection) => {
      connection.exec('CREATE TABLE filler (text TEXT)');
      const insert = connection.prepare('INSERT INTO filler VALUES (?)');
      for (let row = 0; row < 40; row += 1) insert.run('x'.repeat(1500));
      connection.exec('DROP TABLE filler');
      expect(connection.pragma('freelist_count', { simple: true })).toBeGreaterThan(30);
    });
    const whole = readFileSync(at('vigil.db'));
    expect(verify().ok).toBe(true);
    const last = whole.length / pageLength;
    const damaged = Buffer.from(whole);
    damaged[whole.length - pageLength + 700] = (damaged[whole.length - pageLength + 700] ?? 0) ^ 1;
    writeFileSync(at('vigil.db'), damaged);
    expect(verify().problems.map(({ what }) => what)).toEqual([
      `page ${last} (bytes ${whole.length - pageLength} to ${whole.length - 1}) has been changed`,
    ]);
  });

  test('STORE-19 a changed byte in the log of a killed process is found, or everything acknowledged is still there', () => {
    const store = room.open();
    for (let round = 0; round < 40; round += 1) store.events.appendAll(sessionDrafts(room.ids, room.ids.uuid(), 3));
    // The second ends: what a burst of commits left without a witness gets it.
    store.events.keepHead();
    const acknowledged = store.events.head.seq;
    // As a kill leaves it: the files as they are, copied by way of another folder.
    const left = join(room.place, 'left');
    mkdirSync(left, { mode: 0o700 });
    process.umask(0o077);
    for (const name of ['vigil.db', 'vigil.db-wal', 'head']) copyFileSync(at(name), join(left, name));
    store.close();
    expect(verifyDatabase(left, room.key)).toMatchObject({ ok: true, events: acknowledged });
    const whole = readFileSync(join(left, 'vigil.db-wal'));
    const random = Buffer.from(room.ids.randomBytes(200 * 4));
    let found = 0;
    for (let flip = 0; flip < 200; flip += 1) {
      const byte = random.readUInt32LE(flip * 4) % whole.length;
      const damaged = Buffer.from(whole);
      damaged[byte] = (damaged[byte] ?? 0) ^ 0x10;
      writeFileSync(join(left, 'vigil.db-wal'), damaged);
      const { ok, events } = verifyDatabase(left, room.key);
      if (ok) expect(events, `byte ${byte}`).toBe(acknowledged);
      else found += 1;
      if (ok) continue;
      // Nor does the room go on without what is missing.
      expect(storeErrorOf(() => openStore({ folder: left, key: room.key, ids: room.ids })).code).toBe('STORE_CORRUPT');
    }
    expect(found).toBeGreaterThan(190);
  });
});

describe('vigil verify', () => {
  async function run(...argv: string[]): Promise<{ exit: number; out: Record<string, unknown>[]; err: string[] }> {
    const out: Record<string, unknown>[] = [];
    const err: string[] = [];
    const io = {
      stdout: (line: string) => void out.push(JSON.parse(line) as Record<string, unknown>),
      stderr: (line: string) => void err.push(line),
    };
    const exit = await verifyCommand.run(argv, { ...io, stdin: typed() });
    return { exit, out, err };
  }
  let typedText = '';
  async function* typed(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(new TextEncoder().encode(typedText));
  }

  test('STORE-24 whole: one line, exit 0; tampered: a line for each problem, exit 1', async () => {
    makeRoom(20);
    writeKeyFile(dataFolderAt(room.folder), room.key);
    const whole = await run('--data', room.folder);
    expect(whole.exit).toBe(0);
    expect(whole.out).toStrictEqual([expect.objectContaining({ type: 'verified', ok: true, events: 20, readings: 20, problems: 0 })]);
    expect(whole.out[0]?.['head']).toMatchObject({ seq: 20 });
    tamper((connection) => connection.exec(`UPDATE event_log SET body = '{"x":"Zyxwvut"}' WHERE seq = 5`));
    const bad = await run('--data', room.folder);
    expect(bad.exit).toBe(1);
    expect(bad.out[0]).toMatchObject({ type: 'problem', seq: 5 });
    expect(bad.out.at(-1)).toMatchObject({ type: 'verified', ok: false, problems: bad.out.length - 1 });
    // What stands in an event is nobody's business here.
    expect(JSON.stringify(bad)).not.toContain('Zyxwvut');
  });

  test('STORE-44 a start without the kept head is named, though the head is there again, and is no problem by itself', async () => {
    makeRoom(20);
    writeKeyFile(dataFolderAt(room.folder), room.key);
    rmSync(dataFolderAt(room.folder).headFile);
    expect(await run('--data', room.folder)).toMatchObject({
      exit: 1,
      out: [{ what: expect.stringMatching(/head is missing/) }, { ok: false }],
    });
    const store = room.open();
    store.events.appendAll([draft(room.ids, 'service-started', { version: 't', bootId: room.ids.uuid(), keptHead: 'missing' })]);
    store.close();
    const { exit, out, err } = await run('--data', room.folder);
    expect([exit, out]).toMatchObject([0, [{ type: 'verified', ok: true, headMissingAt: [21] }]]);
    expect(err).toContain('not proved: that the log still had its end when Vigil was started without the file "head" (event 21)');
  });

  test('STORE-38 at a terminal one line says which step it is and how far, in order, and is taken away; a refusal takes it away too', async () => {
    makeRoom(20);
    writeKeyFile(dataFolderAt(room.folder), room.key);
    const shown: string[] = [];
    const io = { stdout: () => undefined, stderr: () => undefined, progress: (line: string) => void shown.push(line) };
    expect(await verifyCommand.run(['--data', room.folder], io)).toBe(0);
    expect(shown).toEqual([
      '1 of 8: the record is copied, 100 %',
      '2 of 8: the seal of each page, 100 %',
      "3 of 8: SQLite's own checks of the file",
      '4 of 8: events and their chain, 0 %',
      '5 of 8: readings of signed sessions, 0 %',
      '6 of 8: readings of the monitors, 0 %',
      '6 of 8: readings of the monitors, 100 %',
      '7 of 8: waveforms',
      '8 of 8: sessions, entry by entry, 0 %',
      '8 of 8: sessions, entry by entry, 50 %',
      '',
    ]);
    tamper((connection) => connection.pragma('user_version=9000'));
    shown.length = 0;
    expect(await verifyCommand.run(['--data', room.folder], io)).toBe(1);
    expect(shown.at(-1)).toBe('');
  });

  test('STORE-24 the recovery key does where there is no key file', async () => {
    makeRoom(10);
    const printed = createRecoveryKey(dataFolderAt(room.folder), room.key, (length) => room.ids.randomBytes(length));
    const without = await run('--data', room.folder);
    expect([without.exit, without.out[0]?.['type']]).toStrictEqual([1, 'refused']);
    typedText = `${printed.toLowerCase()}\nmore`;
    expect((await run('--data', room.folder, '--recovery-key')).exit).toBe(0);
    typedText = 'ABC';
    expect((await run('--data', room.folder, '--recovery-key')).out).toStrictEqual([
      expect.objectContaining({ type: 'refused', code: 'STORE_WRONG_KEY', message: expect.stringContaining('3 were typed') }),
    ]);
  });

  test('STORE-24 wrong usage and refusals', async () => {
    makeRoom(10);
    for (const argv of [[], ['--data'], ['--data', ''], ['--fast'], [room.folder], ['--data', room.folder, 'extra']]) {
      const { exit, out, err } = await run(...argv);
      expect([exit, out], argv.join(' ')).toStrictEqual([2, []]);
      expect(err.join('\n')).toContain('usage: vigil verify');
    }
    expect((await run('--help')).exit).toBe(0);
    const gone = await run('--data', join(room.place, 'nowhere'));
    expect(gone.exit).toBe(1);
    expect(gone.out).toStrictEqual([expect.objectContaining({ type: 'refused', path: join(room.place, 'nowhere') })]);
  });
});
