import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { exportCommand } from '../../electron/cli/export.ts';
import { salvageCommand } from '../../electron/cli/salvage.ts';
import { verifyCommand } from '../../electron/cli/verify.ts';
import { findBackup } from '../../electron/service/store/backup/read-backup.ts';
import { restoreBackup } from '../../electron/service/store/backup/restore-backup.ts';
import { writeBackup } from '../../electron/service/store/backup/write-backup.ts';
import { pageLength } from '../../electron/service/store/cipher-pages.ts';
import { openPrivateNotes } from '../../electron/service/store/private-notes.ts';
import type { SalvageStep } from '../../electron/service/store/salvage/salvage-room.ts';
import { toldByBackup } from '../../electron/service/store/salvage/told-by-backup.ts';
import { openStore, type Store } from '../../electron/service/store/store.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import { using } from '../backup/backup-fixture.ts';
import { sessionDrafts, storeErrorOf } from '../store/room-fixture.ts';
import { rowsByPage, type RowsByPage } from './flips.ts';
import { change, createRoomToDamage, startMs, sumsOf, type RoomToDamage } from './salvaged-room.ts';

let room: RoomToDamage;
let pages: RowsByPage;
beforeAll(() => {
  room = createRoomToDamage();
  pages = rowsByPage(room.copy('intact'), room.key);
});
afterAll(() => room.close());
afterEach(() => {
  for (const name of readdirSync(room.place)) {
    if (!['room', 'kept', 'intact'].includes(name)) rmSync(join(room.place, name), { recursive: true, force: true });
  }
});

/** The page on which a row of a table stands, the first that is in the file and not only in the log. */
function pageOf(table: string, key: number): number {
  const found = pages.find((row) => row.table === table && row.key === String(key))?.pages[0];
  if (found === undefined) throw new Error(`${table} has no row ${key}`);
  return found;
}

function damaged(name: string, ...numbers: readonly number[]): string {
  const folder = room.copy(name);
  change(join(folder, 'vigil.db'), (bytes) => {
    for (const number of numbers) bytes.fill(0x55, (number - 1) * pageLength + 100, (number - 1) * pageLength + 600);
  });
  return folder;
}

const at = (name: string): string => join(room.place, name);
const seqsOn = (page: number): number[] =>
  pages.filter((row) => row.table === 'event_log' && row.pages[0] === page).map(({ key }) => Number(key));
const opened = <Result>(name: string, work: (store: Store) => Result): Result =>
  using(openStore({ folder: at(name), key: room.key, ids: room.ids }), work);

interface Ran {
  readonly exit: number;
  readonly lines: Record<string, unknown>[];
  readonly err: string;
}

async function run(command: 'salvage' | 'verify' | 'export', ...argv: string[]): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []];
  const io = {
    stdout: (line: string) => void out.push(line),
    stderr: (line: string) => void err.push(line),
    stdin: (async function* () {})(),
  };
  const world = { clock: { now: () => ({ utcMs: startMs + 86_400_000, offsetMin: 0 }) }, ids: room.ids, account: 'clinic-it' };
  const exit =
    command === 'salvage'
      ? await salvageCommand.run(argv, io, world)
      : command === 'verify'
        ? await verifyCommand.run(argv, io)
        : await exportCommand.run(argv, io);
  return {
    exit,
    lines: out.flatMap((text) =>
      text.split('\n{"').map((line, index) => JSON.parse(index === 0 ? line : `{"${line}`) as Record<string, unknown>),
    ),
    err: err.join('\n'),
  };
}

test('SALVAGE-10 an entry, readings and a waveform are lost: each is said, and the report and the first entry of the new epoch name them', async () => {
  const [ofEvents, ofReadings] = [pageOf('event_log', 100), pageOf('reading', Math.floor(startMs / 1000 + 3600 * 3 + 100) * 65_536)];
  const folder = damaged('damaged', ofEvents, ofReadings);
  const { exit, lines, err } = await run('salvage', '--data', folder, '--to', at('saved'));
  expect([exit, err]).toEqual([0, expect.stringContaining(`salvaged: ${at('saved')}. 2 of`)]);
  const [from, through] = [seqsOn(ofEvents)[0] ?? 0, seqsOn(ofEvents).at(-1) ?? 0];
  expect(lines).toContainEqual(expect.objectContaining({ type: 'lost', what: 'entries', from, through }));
  expect(lines).toContainEqual(expect.objectContaining({ type: 'lost', what: 'readings', sessions: [room.sessions[3]] }));
  const last = lines.at(-1) ?? {};
  expect(last).toMatchObject({ type: 'salvaged', damagedPages: 2, problems: 0, lost: lines.length - 1 });
  expect(err).toContain(`${folder} was not changed. Keep it, and start Vigil with ${at('saved')}`);
  const report = JSON.parse(readFileSync(String(last['report']), 'utf8')) as { damaged: { damagedPages: number[] } };
  expect(report.damaged.damagedPages).toEqual([ofEvents, ofReadings].toSorted((a, b) => a - b));
  opened('saved', ({ events }) => {
    const told = events.readRoom().at(-1);
    expect(told).toMatchObject({
      kind: 'room-salvaged',
      body: { account: 'clinic-it', holes: [{ from, through }], damagedFile: last['damagedFile'] },
    });
  });
});

test('SALVAGE-3 the damaged folder stays as it was, byte for byte, and its other files are in the new one', () => {
  const folder = damaged('damaged', pageOf('event_log', 100));
  mkdirSync(join(folder, 'captures'), { mode: 0o700 });
  writeFileSync(join(folder, 'captures', 'one.capture'), 'sealed bytes', { mode: 0o600 });
  writeFileSync(join(folder, 'hl7-codes.json'), '{}', { mode: 0o600 });
  const before = sumsOf(folder);
  room.salvage(folder, at('saved'));
  expect(sumsOf(folder)).toEqual(before);
  for (const name of ['captures/one.capture', 'hl7-codes.json', 'recovery-key.sealed', 'key']) {
    expect(readFileSync(join(at('saved'), name))).toEqual(readFileSync(join(folder, name)));
  }
});

test.each(['pages', 'write', 'prove'] satisfies SalvageStep[])(
  'SALVAGE-3 killed as the step “%s” begins, it leaves the damaged folder and no room, and the next removes what it began',
  (step) => {
    const folder = damaged('damaged', pageOf('event_log', 100));
    const before = sumsOf(folder);
    const program = fileURLToPath(new URL('./killed-salvage.ts', import.meta.url));
    expect(spawnSync(process.execPath, [program, folder, at('saved'), step]).signal).toBe('SIGKILL');
    expect([sumsOf(folder), existsSync(at('saved'))]).toEqual([before, false]);
    room.salvage(folder, at('saved'));
    expect(readdirSync(room.place).filter((name) => name.startsWith('saved'))).toEqual(['saved']);
    expect(verifyDatabase(at('saved'), room.key).problems).toEqual([]);
  },
);

test('SALVAGE-4 a whole folder, one that Vigil runs with, a new folder with something in it, another room’s key and backup', () => {
  const refused = (folder: string, options = {}): [string, string] => {
    const { code, message } = storeErrorOf(() => room.salvage(folder, at('saved'), options));
    return [code, message];
  };
  expect(refused(room.copy('whole'))).toEqual(['STORE_FAILED', expect.stringContaining('is whole: there is nothing to salvage')]);
  const folder = damaged('damaged', pageOf('event_log', 100));
  const running = openStore({ folder: room.copy('running'), key: room.key, ids: room.ids });
  expect(refused(at('running'))).toEqual(['STORE_LOCKED', expect.stringContaining('Vigil runs with')]);
  running.close();
  mkdirSync(at('saved'));
  writeFileSync(join(at('saved'), 'thesis.txt'), '');
  expect(refused(folder)).toEqual(['STORE_FOLDER_FORBIDDEN', expect.stringContaining('A salvage never writes over anything')]);
  rmSync(at('saved'), { recursive: true });
  expect(refused(folder, { key: room.ids.randomBytes(32) })).toEqual([
    'STORE_WRONG_KEY',
    expect.stringContaining('belongs to another room'),
  ]);
  rmSync(join(folder, 'head'));
  expect(refused(folder, { key: room.ids.randomBytes(32) })).toEqual(['STORE_WRONG_KEY', expect.stringContaining('No page of')]);
  const backups = at('backups');
  mkdirSync(backups);
  writeBackup({ path: room.copy('other'), key: room.key, to: backups, nowMs: startMs, version: 't' });
  expect(storeErrorOf(() => toldByBackup(findBackup(backups), room.ids.randomBytes(32))).message).toContain('is a backup of another room');
});

test('SALVAGE-8 without its first bytes, or the page that says which room it is, the file is saved with what a backup tells', () => {
  mkdirSync(at('backups'));
  writeBackup({ path: room.copy('other'), key: room.key, to: at('backups'), nowMs: startMs, version: 't' });
  const backup = toldByBackup(findBackup(at('backups')), room.key);
  const folder = room.copy('damaged');
  rmSync(join(folder, 'vigil.db-wal'));
  change(join(folder, 'vigil.db'), (bytes) => void bytes.fill(0, 0, 5 * pageLength));
  expect(storeErrorOf(() => room.salvage(folder, at('saved'))).message).toContain('Name a backup of the room with --backup');
  const { verification, saved } = room.salvage(folder, at('saved'), { backup });
  expect(verification).toMatchObject({ problems: [], roomId: backup.roomId });
  expect(saved.events).toBeGreaterThan(300);
});

test('SALVAGE-5 verify says what is lacking; each other hole, and each change on the edge of one, is a problem', async () => {
  const [page, later] = [pageOf('event_log', 100), pageOf('event_log', 200)];
  room.salvage(damaged('damaged', page), at('saved'));
  const { exit, lines, err } = await run('verify', '--data', at('saved'));
  const [from, through] = [seqsOn(page)[0] ?? 0, seqsOn(page).at(-1) ?? 0];
  expect([exit, lines.at(-1)]).toEqual([0, expect.objectContaining({ ok: true, outcome: 'lacking', problems: 0 })]);
  expect(err).toContain('whole but for what is named as lost below');
  expect(err).toContain(`missing are entries ${from} to ${through}; 1 session is set aside`);
  const problemsAfter = (name: string, sql: string): readonly string[] => {
    room.salvage(damaged(`${name}-damaged`, page), at(name));
    opened(name, ({ database }) => {
      for (const trigger of ['event_kept', 'event_fixed']) database.connection.exec(`DROP TRIGGER ${trigger}`);
      database.connection.exec(sql);
    });
    return verifyDatabase(at(name), room.key).problems.map(({ what }) => what);
  };
  expect(problemsAfter('larger', `DELETE FROM event_log WHERE seq = ${through + 1}`).join()).toContain(
    `events ${from} to ${through + 1} are missing`,
  );
  expect(problemsAfter('another', `DELETE FROM event_log WHERE seq = ${seqsOn(later)[0]}`).join()).toContain(
    `event ${seqsOn(later)[0]} is missing`,
  );
  expect(problemsAfter('edge', `UPDATE event_log SET body = replace(body, 'calm', 'wild') WHERE seq = ${through + 1}`).join()).toContain(
    'is not the one at which the salvage found',
  );
  const filled = `INSERT INTO event_log SELECT ${from}, randomblob(16), session_id, kind, occurred_ms, occurred_offset_min, recorded_ms, recorded_offset_min, mono_us, boot, actor, command_id, supersedes, body, 0, 0, hash FROM event_log WHERE seq = ${from - 1}`;
  expect(problemsAfter('filled', filled).join()).toContain('named as lost by a salvage');
});

test('SALVAGE-6 a session that lacks an entry is set aside, listed and exported entry by entry; the others are as they were', async () => {
  const page = pageOf('event_log', 100);
  const { losses } = room.salvage(damaged('damaged', page), at('saved'));
  expect(losses.setAside).toEqual([room.sessions[1]]);
  const [aside = ''] = losses.setAside;
  opened('saved', ({ events }) => {
    expect(storeErrorOf(() => events.readSession(aside))).toMatchObject({
      code: 'STORE_CORRUPT',
      message: expect.stringContaining('set aside') as string,
    });
    expect(events.newestSessions(10).map(({ sessionId }) => sessionId)).toContain(aside);
    for (const sessionId of room.sessions) if (sessionId !== aside) expect(events.readSession(sessionId).length).toBeGreaterThan(60);
  });
  const list = await run('export', '--data', at('saved'));
  expect(list.lines.filter(({ setAside }) => setAside === true)).toEqual([
    expect.objectContaining({ session: aside, patient: 'Ada Example' }),
  ]);
  const refused = await run('export', '--data', at('saved'), '--session', aside, '--format', 'json');
  expect([refused.exit, refused.err]).toEqual([1, expect.stringContaining('--format entries')]);
  const { exit } = await run('export', '--data', at('saved'), '--session', aside, '--format', 'entries', '-o', at('entries.json'));
  const written = JSON.parse(readFileSync(at('entries.json'), 'utf8')) as { entries: { seq: number }[]; readings: unknown[] };
  expect([exit, written.readings.length]).toEqual([0, 600]);
  expect(written.entries.map(({ seq }) => seq)).not.toContain(seqsOn(page)[0]);
  const drugs = await run('export', '--data', at('saved'), '--drug-log', '--format', 'csv', '-o', at('drugs.csv'));
  const rows = readFileSync(at('drugs.csv'), 'utf8').split('\r\n').slice(1, -1);
  expect([drugs.exit, rows.length]).toEqual([0, 2]);
  expect(rows[0]).toContain('drawn');
  expect(rows[1]).toMatch(new RegExp(`unreadable.*balances may be off by it.*${aside}`));
  const whole = await run('export', '--data', at('saved'), '--session', room.sessions[0] ?? '', '--format', 'entries');
  expect([whole.exit, whole.err]).toEqual([1, expect.stringContaining('Nothing of session')]);
});

test('SALVAGE-6 readings that are lost set their session aside, unless its signature proves that they are all there', () => {
  const placeOf = (session: number): number => Math.floor(startMs / 1000 + 3600 * session + 100) * 65_536;
  const signed = room.salvage(damaged('one', pageOf('reading', placeOf(0))), at('signed'));
  expect([signed.losses.setAside, signed.verification.problems, signed.verification.signaturesUnproved.length]).toEqual([
    [room.sessions[0]],
    [],
    1,
  ]);
  const unsigned = room.salvage(damaged('two', pageOf('reading', placeOf(3))), at('unsigned'));
  expect(unsigned.losses.setAside).toEqual([room.sessions[3]]);
});

test('SALVAGE-9 a salvaged room records on, is backed up, restored, damaged again and salvaged again: it names all holes', () => {
  const [page, later] = [pageOf('event_log', 100), pageOf('event_log', 200)];
  room.salvage(damaged('damaged', page), at('saved'));
  opened('saved', ({ events }) => events.appendAll(sessionDrafts(room.ids, room.ids.uuid(), 40)));
  mkdirSync(at('backups'));
  writeBackup({ path: at('saved'), key: room.key, to: at('backups'), nowMs: startMs, version: 't' });
  const restored = restoreBackup({
    backup: findBackup(at('backups')),
    key: room.key,
    path: at('restored'),
    ids: room.ids,
    now: { utcMs: startMs, offsetMin: 0 },
  });
  expect(restored).toMatchObject({ ok: true, salvages: [expect.objectContaining({ account: 'it' })] });
  const where =
    rowsByPage(at('restored'), room.key).find(({ table, key }) => table === 'event_log' && key === String(seqsOn(later)[0]))?.pages[0] ?? 0;
  change(join(at('restored'), 'vigil.db'), (bytes) => void bytes.fill(0x55, (where - 1) * pageLength + 100, where * pageLength - 100));
  const again = room.salvage(at('restored'), at('again'));
  expect(again.saved.holes).toHaveLength(2);
  expect(again.verification.problems).toEqual([]);
  expect(again.losses.setAside).toContain(room.sessions[1]);
  expect(again.losses.setAside.length).toBeGreaterThan(1);
});

test('SALVAGE-2 private notes of whole pages are saved sealed as they are, and the others named', () => {
  const folder = room.copy('damaged');
  change(join(folder, 'private-notes.db'), (bytes) => void bytes.fill(0, bytes.length - 4 * pageLength));
  const { notes, notesProblems, verification } = room.salvage(folder, at('saved'));
  expect(notes?.lost.length).toBeGreaterThan(0);
  expect([(notes?.notes ?? 0) + (notes?.lost.length ?? 0), notesProblems, verification.problems]).toEqual([18, [], []]);
  using(openPrivateNotes(at('saved'), room.key, room.ids), (saved) => {
    for (const id of notes?.lost ?? []) expect(saved.findNote(id)).toBeNull();
  });
});
