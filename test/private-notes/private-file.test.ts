import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyCommand } from '../../electron/cli/verify.ts';
import { refusalOf } from '../../renderer/connection/failure.ts';
import { testPin } from '../support/test-room.ts';
import { openPrivateRoom, type PrivateRoom } from './private-room.ts';
import { codeOf } from '../support/page.ts';

let room: PrivateRoom;
beforeEach(async () => {
  room = await openPrivateRoom();
});
afterEach(() => room.close());

const key = new Uint8Array(32).map((_, index) => index + 1);
const words = 'speaks of the house by the sea';

/** Opens the private side on a new page: the refusal, or the notes. */
async function opened(phrase: string | null = null): Promise<{ code: string; message: string; texts: readonly (string | null)[] }> {
  const page = room.page(room.test.therapistId);
  try {
    const { notes } = await page.private.open({ sessionId: room.sessionId, pin: testPin, phrase });
    return { code: 'opened', message: '', texts: notes.map((note) => note.text) };
  } catch (error) {
    const refusal = refusalOf(error);
    return { code: refusal?.code ?? String(error), message: refusal?.message ?? '', texts: [] };
  }
}

async function verified(): Promise<{ exit: number; lines: readonly Record<string, unknown>[]; text: string }> {
  const said: string[] = [];
  writeFileSync(join(room.test.folder, 'key'), `${Buffer.from(key).toString('hex')}\n`, { mode: 0o600 });
  const exit = await verifyCommand.run(['--data', room.test.folder], {
    stdout: (line) => said.push(line),
    stderr: (line) => said.push(line),
  });
  return {
    exit,
    lines: said.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>),
    text: said.join('\n'),
  };
}

test('PRIVATE-4, PRIVATE-5 a wrong phrase is told, changes nothing, and the right one opens all notes', async () => {
  const author = await room.author('a slow boat, going home');
  await room.note(author, words);
  expect(await room.page(room.test.therapistId).private.look({ sessionId: room.sessionId })).toMatchObject({
    begun: true,
    withPhrase: true,
  });
  expect(await opened()).toMatchObject({ code: 'PRIVATE_PHRASE_MISSING', message: expect.stringMatching(/phrase/) });
  expect(await opened('a fast boat, going home')).toMatchObject({
    code: 'PRIVATE_KEY_REFUSED',
    message: expect.stringMatching(/Nothing was changed.*stay sealed/),
  });
  expect(await opened('a slow boat, going home')).toMatchObject({ code: 'opened', texts: [words] });
});

test('PRIVATE-15 a missing file is told and not made anew; put back, it opens; the room goes on meanwhile', async () => {
  await room.note(await room.author(), words);
  await room.test.room.close();
  const file = join(room.test.folder, 'private-notes.db');
  renameSync(file, `${room.test.folder}-aside.db`);
  await room.test.restart();
  expect(await opened()).toMatchObject({ code: 'PRIVATE_UNREADABLE', message: expect.stringMatching(/missing.*not made anew/) });
  room.test.execute({ type: 'record-observation', text: 'goes on', chips: [], begunAt: room.test.clock.now().utcMs });
  await room.test.room.close();
  renameSync(`${room.test.folder}-aside.db`, file);
  await room.test.restart();
  expect(await opened()).toMatchObject({ code: 'opened', texts: [words] });
});

test.each([
  ['damaged', (file: string) => writeFileSync(file, Buffer.concat([Buffer.alloc(3000, 7), readFileSync(file).subarray(3000)])), /damaged/],
  ['plain', (file: string) => writeFileSync(file, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4080)])), /not use it/],
  ['of another room', (file: string) => rewriteHead(file), /another room|does not open/],
])('PRIVATE-15 a file that is %s is told, is left as it is, and the room goes on', async (_what, damage, message) => {
  await room.note(await room.author(), words);
  await room.test.room.close();
  const file = join(room.test.folder, 'private-notes.db');
  damage(file);
  const before = readFileSync(file);
  await room.test.restart();
  expect(await opened()).toMatchObject({ code: 'PRIVATE_UNREADABLE', message: expect.stringMatching(message) });
  expect(await codeOf(room.page(room.test.therapistId).private.look({ sessionId: room.sessionId }))).toBe('PRIVATE_UNREADABLE');
  room.test.execute({ type: 'record-observation', text: 'goes on', chips: [], begunAt: room.test.clock.now().utcMs });
  expect(readFileSync(file).equals(before)).toBe(true);
});

/** The witness of a room with another key. */
function rewriteHead(file: string): void {
  const head = file.replace(/\.db$/, '.head');
  writeFileSync(head, readFileSync(head, 'latin1').replace(/"keyFingerprint":"[0-9a-f]{16}"/, '"keyFingerprint":"0123456789abcdef"'));
}

test('PRIVATE-17 verifying says how many there are and whether the file is whole, and nothing they say', async () => {
  const author = await room.author();
  await room.note(author, words);
  await room.note(author, 'and of the garden');
  await room.test.room.close();
  const whole = await verified();
  expect(whole).toMatchObject({ exit: 0 });
  expect(whole.lines.at(-1)).toMatchObject({ type: 'verified', ok: true, privateNotes: { notes: 2, authors: 1 }, problems: 0 });
  expect(whole.text).not.toMatch(/house|garden/);
  const file = join(room.test.folder, 'private-notes.db');
  const bytes = readFileSync(file);
  bytes[5000] = (bytes[5000] ?? 0) ^ 1;
  copyFileSync(file, `${room.test.folder}-aside.db`);
  writeFileSync(file, bytes);
  const damaged = await verified();
  expect(damaged).toMatchObject({ exit: 1 });
  expect(damaged.lines[0]).toMatchObject({ type: 'problem', what: expect.stringMatching(/private-notes.*has been changed/) });
  expect(damaged.lines.at(-1)).toMatchObject({ type: 'verified', ok: false });
  rmSync(file);
  expect(await verified()).toMatchObject({ exit: 1, lines: [{ type: 'problem', what: expect.stringMatching(/missing/) }, { ok: false }] });
  copyFileSync(`${room.test.folder}-aside.db`, file);
  await room.test.restart();
});

test('PRIVATE-28 notes that the record tells of and no file holds are a finding: file and head gone, begun anew, or an older copy', async () => {
  const [file, head] = ['private-notes.db', 'private-notes.head'].map((name) => join(room.test.folder, name)) as [string, string];
  await room.note(await room.author(), words);
  await room.test.room.close();
  copyFileSync(file, `${room.test.folder}-older.db`);
  await room.test.restart();
  await room.note(await room.author(), 'and of the garden');
  await room.test.room.close();
  expect(await verified()).toMatchObject({ exit: 0 });
  copyFileSync(`${room.test.folder}-older.db`, file);
  const older = await verified();
  expect(older).toMatchObject({
    exit: 1,
    lines: [{ what: expect.stringMatching(/lacks 1 private note that the record tells of/) }, { ok: false }],
  });
  for (const name of [file, head]) rmSync(name);
  const gone = await verified();
  expect(gone).toMatchObject({
    exit: 1,
    lines: [{ what: expect.stringMatching(/private-notes\.db is missing, but the record tells of 2 private notes/) }, { ok: false }],
  });
  await room.test.restart();
});
