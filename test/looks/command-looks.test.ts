import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportCommand } from '../../electron/cli/export.ts';
import { verifyCommand } from '../../electron/cli/verify.ts';
import { tellLook, type CommandLook } from '../../electron/service/store/command-looks.ts';
import type { EventBody } from '../../electron/service/session/events/session-event.ts';
import { addKnownPerson } from '../support/known-person.ts';
import { pageOf } from '../support/page.ts';
import { openTestRoom, testPin, testRoomKey, type TestRoom } from '../support/test-room.ts';
import { makeTmpfs, mount, reasonForNoTmpfs, removeTmpfs } from '../support/tmpfs.ts';

const second = 1000;
const account = userInfo().username;
const vigil = join(import.meta.dirname, '..', '..', 'electron', 'cli', 'vigil.ts');
const noTmpfs = reasonForNoTmpfs();

let room: TestRoom;
let sessionId: string;
let elsewhere: string;

beforeEach(() => {
  room = openTestRoom();
  sessionId = room.openSession();
  room.execute({ type: 'end-session', reason: 'patient-declined' });
  elsewhere = mkdtempSync(join(tmpdir(), 'vigil-looks-'));
  writeKey(room.folder);
});
afterEach(async () => {
  await room.close();
  rmSync(elsewhere, { recursive: true, force: true });
});

function writeKey(folder: string): void {
  writeFileSync(join(folder, 'key'), `${Buffer.from(testRoomKey).toString('hex')}\n`, { mode: 0o600 });
}

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(command: { run: typeof exportCommand.run }, ...argv: string[]): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await command.run(argv, { stdout: (line) => void out.push(line), stderr: (line) => void err.push(line) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}
const exported = (folder: string, ...rest: string[]): Promise<Ran> => run(exportCommand, '--data', folder, ...rest);
const verified = (folder: string): Promise<Ran> => run(verifyCommand, '--data', folder);

function looks(): EventBody<'looked-at'>[] {
  const { events } = room.room.recorder.storage.store;
  return events
    .readLooks({ all: true }, Number.MAX_SAFE_INTEGER, 1000)
    .map(({ body }) => body)
    .toReversed();
}
const waiting = (folder = room.folder): string[] => (existsSync(join(folder, 'looks')) ? readdirSync(join(folder, 'looks')) : []);

const told = (id: number, what: EventBody<'looked-at'>['what'] = 'room-verified'): CommandLook => ({
  lookId: `018f0000-0000-7000-8000-${String(id).padStart(12, '0')}`,
  occurred: { utcMs: 1_795_446_000_000 + id, offsetMin: 0 },
  look: { what, from: 'command', personId: null, account },
});

describe('what a command reads of a room', () => {
  test('LOOK-12 stands in the log of the room that runs, within two turns, by the account and by nobody of the room', async () => {
    const patientId = room.room.recorder.sessions.opening(sessionId)?.patientId;
    await exported(room.folder);
    await exported(room.folder, '--drug-log', '--format', 'csv');
    await exported(room.folder, '--session', sessionId.toUpperCase(), '--format', 'json');
    await verified(room.folder);
    expect(looks()).toEqual([]);
    await room.pass(2 * second);
    const by = { from: 'command', personId: null, account } as const;
    expect(looks()).toEqual([
      { what: 'sessions-listed', ...by },
      { what: 'drug-log-saved', format: 'csv', ...by },
      { what: 'record-saved', format: 'json', sessionId, patientId, ...by },
      { what: 'room-verified', ...by },
    ]);
    expect(waiting()).toEqual([]);
    const { personId } = addKnownPerson(room.room, { name: 'Paula', role: 'prescriber', pin: testPin });
    const recordNumber = room.room.recorder.sessions.opening(sessionId)?.recordNumber ?? '';
    const page = pageOf(room.host, personId);
    const shown = await page.looks.list({ of: { by: 'record-number', recordNumber }, before: null });
    expect(shown.looks).toMatchObject([{ what: 'record-saved', name: null, account, from: 'command' }]);
  });

  test('LOOK-12 a record that is held against the folder is told, and what was refused is not', async () => {
    const file = join(elsewhere, 'record.json');
    await exported(room.folder, '--session', sessionId, '--format', 'json', '-o', file);
    await room.pass(2 * second);
    await run(exportCommand, '--check', file, '--data', room.folder);
    await exported(room.folder, '--session', room.room.ids.uuid(), '--format', 'json');
    await room.pass(2 * second);
    expect(looks().map(({ what }) => what)).toEqual(['record-saved', 'signature-checked']);
  });

  test('LOOK-12 while no room runs it waits, and the next start takes it in with the time of then', async () => {
    await room.restart(() => tellLook(room.folder, told(1), testRoomKey));
    await room.pass(2 * second);
    const [event] = room.room.recorder.storage.store.events.readLooks({ all: true }, Number.MAX_SAFE_INTEGER, 10);
    expect(event).toMatchObject({ occurred: told(1).occurred, body: told(1).look, sessionId: null, actor: 'service' });
    expect((await verified(room.folder)).out).toContain('"ok":true');
  });

  test('LOOK-12 is told before it leaves: a command that is killed as its first word comes out has told', async () => {
    // The pipe is never read, so that whatever comes out waits there; the record is larger than what it holds.
    const command = spawn(process.execPath, [vigil, 'export', '--data', room.folder, '--session', sessionId, '--format', 'csv'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    command.stdout.once('data', () => command.kill('SIGKILL'));
    await once(command, 'exit');
    expect(waiting()).toHaveLength(1);
    await room.pass(2 * second);
    expect(looks()).toMatchObject([{ what: 'record-saved', account }]);
  });
});

describe('a look that waits', () => {
  test('LOOK-13 is in the log once, whatever a kill left of its file', async () => {
    tellLook(room.folder, told(2), testRoomKey);
    const file = join(room.folder, 'looks', waiting()[0] ?? '');
    const kept = join(elsewhere, 'kept');
    copyFileSync(file, kept);
    await room.pass(2 * second);
    expect(looks()).toHaveLength(1);
    // As though the room had been killed before it removed the file.
    await room.restart(() => copyFileSync(kept, file));
    await room.pass(2 * second);
    expect(looks()).toHaveLength(1);
    expect(waiting()).toEqual([]);
    // Control: another number is another look.
    tellLook(room.folder, told(3), testRoomKey);
    await room.pass(2 * second);
    expect(looks()).toHaveLength(2);
  });

  test('LOOK-13 is set aside where it was made without the key, or was changed, and keeps nothing from the next', async () => {
    tellLook(room.folder, told(4), new Uint8Array(32).fill(9));
    tellLook(room.folder, told(5), testRoomKey);
    const file = join(room.folder, 'looks', `${told(5).lookId}.look`);
    writeFileSync(file, readFileSync(file, 'utf8').replace(JSON.stringify(account), '"somebody"'));
    tellLook(room.folder, told(6, 'sessions-listed'), testRoomKey);
    await room.pass(2 * second);
    expect(looks()).toEqual([told(6, 'sessions-listed').look]);
    expect(waiting().toSorted()).toEqual([`${told(4).lookId}.look.unreadable`, `${told(5).lookId}.look.unreadable`]);
  });

  test('LOOK-13 comes in few at a time, so that a turn of the room stays short, and all come', async () => {
    for (let id = 10; id < 30; id += 1) tellLook(room.folder, told(id), testRoomKey);
    await room.pass(second);
    expect(looks().length).toBeLessThan(20);
    await room.pass(5 * second);
    expect(looks()).toHaveLength(20);
  });
});

describe('a folder in which it cannot be told', () => {
  let disk = '';
  afterEach(() => {
    if (disk !== '') removeTmpfs(disk);
    disk = '';
  });

  test('LOOK-14 read-only: exported and verified all the same, and said', async (context) => {
    context.skip(noTmpfs !== null, noTmpfs ?? '');
    disk = makeTmpfs('16m');
    const copy = await copyOfRoom();
    const file = join(elsewhere, 'record.csv');
    // Control: while it can be written, it is told.
    expect((await exported(copy, '--session', sessionId, '--format', 'csv', '-o', file)).out).toContain('"told":true');
    expect(waiting(copy)).toHaveLength(1);
    expect(mount('-o', 'remount,ro', disk)).toBeNull();
    const { code, out, err } = await exported(copy, '--session', sessionId, '--format', 'csv', '-o', file, '--force');
    expect([code, JSON.parse(out)]).toMatchObject([0, { type: 'exported', told: false }]);
    expect(err).toContain('will not stand in “Who looked”');
    expect(err).toContain(copy);
    const proved = await verified(copy);
    expect([proved.code, JSON.parse(proved.out)]).toMatchObject([0, { ok: true, told: false }]);
    expect(mount('-o', 'remount,rw', disk)).toBeNull();
    expect(waiting(copy)).toHaveLength(1);
  });

  test('LOOK-14 full: nothing is exported, in words, and the record is still proved whole', async (context) => {
    context.skip(noTmpfs !== null, noTmpfs ?? '');
    disk = makeTmpfs('16m');
    const copy = await copyOfRoom();
    fill(join(disk, 'ballast'));
    const refused = await exported(copy, '--session', sessionId, '--format', 'csv');
    expect([refused.code, JSON.parse(refused.out)]).toMatchObject([1, { type: 'refused', code: 'STORE_FULL' }]);
    expect(refused.err).toContain('Free some space');
    const proved = await verified(copy);
    expect([proved.code, JSON.parse(proved.out)]).toMatchObject([0, { ok: true, told: false }]);
  });

  async function copyOfRoom(): Promise<string> {
    const copy = join(disk, 'room');
    await room.restart(() => cpSync(room.folder, copy, { recursive: true }));
    return copy;
  }
});

/** Until the disk takes nothing more. */
function fill(file: string): void {
  const bytes = Buffer.alloc(4096);
  const write = (part: number): boolean => {
    try {
      writeFileSync(`${file}-${part}`, bytes, { flag: 'wx' });
      return true;
    } catch {
      return false;
    }
  };
  for (let part = 0; write(part); part += 1);
}
