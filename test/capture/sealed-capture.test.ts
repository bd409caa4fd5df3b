import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCaptureCommand } from '../../electron/cli/open-capture.ts';
import { replayCommand } from '../../electron/cli/replay.ts';
import { CaptureFile } from '../../electron/service/serial/capture-file.ts';
import { readCapture } from '../../electron/service/serial/capture-format.ts';
import {
  createCaptureSealer,
  isSealedCapture,
  openSealedCapture,
  sealedCaptureMagic,
} from '../../electron/service/serial/sealed-capture.ts';
import { openDataFolder } from '../../electron/service/store/data-folder.ts';
import { createRecoveryKey, writeKeyFile } from '../../electron/service/store/data-key.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createSeededIds } from '../support/seeded-ids.ts';

const ids = createSeededIds(7);
const key = ids.randomBytes(32);
const seal = { key, randomBytes: (count: number) => ids.randomBytes(count) };
const headBytes = 42;
const text = (words: string): Uint8Array => new TextEncoder().encode(words);

/** Three pieces, and where each ends. */
function threePieces(): { readonly file: Buffer; readonly ends: readonly number[] } {
  const sealPiece = createCaptureSealer(seal);
  const pieces = ['first ', 'second ', 'third'].map((words) => sealPiece(text(words)));
  const ends = pieces.map((_, index) => pieces.slice(0, index + 1).reduce((sum, piece) => sum + piece.length, 0));
  return { file: Buffer.concat(pieces), ends };
}

function opened(file: Uint8Array, withKey = key): string {
  const found = openSealedCapture(file, withKey);
  return typeof found === 'string'
    ? found
    : `${Buffer.from(found.plain).toString()}|${found.changed ? 'changed' : ''}|${found.unreadBytes}`;
}

test('CAPTURE-12 opens with the key of the room, and with no other', () => {
  const { file } = threePieces();
  expect(opened(file)).toBe('first second third||0');
  expect(opened(file, ids.randomBytes(32))).toMatch(/^does not open with the key of this room/);
  expect(file.toString('latin1')).not.toContain('second');
  expect(isSealedCapture(file)).toBe(true);
});

test('CAPTURE-13 a cut at any byte costs the piece that it is in, and nothing before', () => {
  const { file, ends } = threePieces();
  for (let length = headBytes; length < file.length; length += 1) {
    const whole = ends.filter((end) => end <= length);
    const plain = ['first ', 'second ', 'third'].slice(0, whole.length).join('');
    expect(opened(file.subarray(0, length)), `${length} bytes`).toBe(`${plain}||${length - (whole.at(-1) ?? headBytes)}`);
  }
  expect(opened(file.subarray(0, headBytes - 1))).toMatch(/^is cut before its first piece/);
});

test('CAPTURE-13 finds each changed byte, and gives nothing from there on', () => {
  const { file, ends } = threePieces();
  for (let at = sealedCaptureMagic.length; at < file.length; at += 1) {
    const changed = Buffer.from(file);
    changed.writeUInt8((changed[at] ?? 0) ^ 1, at);
    const before = ends.findIndex((end) => at < end);
    const plain = ['first ', 'second ', 'third'].slice(0, before).join('');
    const found = openSealedCapture(changed, key);
    if (typeof found === 'string') expect(before, `byte ${at}: ${found}`).toBe(0);
    else expect(Buffer.from(found.plain).toString(), `byte ${at}`).toBe(plain);
  }
});

test('CAPTURE-13 a piece that was left out, moved or taken from another capture does not open', () => {
  const [{ file, ends }, other] = [threePieces(), threePieces()];
  const piece = (of: Buffer, index: number): Buffer => of.subarray(index === 0 ? headBytes : (ends[index - 1] ?? 0), ends[index]);
  const head = file.subarray(0, headBytes);
  const [one, two, three] = [piece(file, 0), piece(file, 1), piece(file, 2)];
  expect(opened(Buffer.concat([head, one, three]))).toMatch(/^first \|changed/);
  expect(opened(Buffer.concat([head, one, three, two]))).toMatch(/^first \|changed/);
  expect(opened(Buffer.concat([head, one, piece(other.file, 1), three]))).toMatch(/^first \|changed/);
  expect(opened(Buffer.concat([head, two]))).toMatch(/^does not open/);
});

test('CAPTURE-13 a piece that says it is endless is none', () => {
  const { file, ends } = threePieces();
  const endless = Buffer.from(file);
  endless.writeUInt32LE(0xffff_fff0, ends[0]);
  expect(opened(endless)).toBe(`first |changed|${file.length - (ends[0] ?? 0)}`);
});

const header = {
  app: '0.1.0',
  protocol: 'masimo-ascii1',
  port: { path: 'mem/a', stableId: null },
  settings: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  simulated: true,
} as const;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-sealed-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const hash = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** A capture of a room that wrote three times; and what it is in the plain. */
async function captureOfRoom(): Promise<{ readonly file: string; readonly plain: Uint8Array }> {
  const clock = createManualClock();
  const [file, plain] = [join(folder, 'one.vigilcap'), join(folder, 'plain.vigilcap')];
  const captures = [await CaptureFile.create({ clock, file, header, seal }), await CaptureFile.create({ clock, file: plain, header })];
  for (let second = 0; second < 3; second += 1) {
    for (const capture of captures) capture.take('from-monitor', text(`PATIENT^NAME ${second}`));
    await clock.pass(1000);
  }
  await Promise.all(captures.map((capture) => capture.close()));
  expect(captures[0]?.progress.bytes).toBe(readFileSync(file).length);
  const content = readFileSync(plain);
  rmSync(plain);
  return { file, plain: content };
}

function roomFolder(): { readonly data: string; readonly printed: string } {
  const data = join(folder, 'room');
  const room = openDataFolder(data);
  writeKeyFile(room, key);
  return { data, printed: createRecoveryKey(room, key, (count) => ids.randomBytes(count)) };
}

async function run(given: typeof openCaptureCommand | typeof replayCommand, argv: readonly string[], typed = ''): Promise<string> {
  const said: string[] = [];
  const stdin = (async function* () {
    yield text(typed);
  })();
  const code = await given.run(argv, { stdout: (line) => said.push(line), stderr: (line) => said.push(line), stdin });
  return `${code} ${said.join('\n')}`;
}

test('CAPTURE-12 a capture that is switched on in a room is encrypted, and holds what a plain one does', async () => {
  const { file, plain } = await captureOfRoom();
  const bytes = readFileSync(file);
  expect(bytes.toString('latin1')).not.toMatch(/PATIENT|masimo|mem\/a/);
  const found = openSealedCapture(bytes, key);
  expect(typeof found === 'string' ? found : Buffer.from(found.plain)).toEqual(plain);
});

test('CAPTURE-14 `vigil open-capture` writes it in the plain for whoever has the key, and never over a file', async () => {
  const { file, plain } = await captureOfRoom();
  const { data, printed } = roomFolder();
  const out = join(folder, 'open.vigilcap');
  expect(await run(openCaptureCommand, [file, '-o', out])).toMatch(/^1 .*encrypted with its key.*--data/);
  expect(await run(openCaptureCommand, [file, '-o', out, '--data', data])).toMatch(/^0 .*"state":"whole"/);
  expect(readFileSync(out)).toEqual(plain);
  expect(await run(openCaptureCommand, [file, '-o', out, '--data', data])).toMatch(/^1 .*is there already/);
  rmSync(out);
  rmSync(join(data, 'key'));
  expect(await run(openCaptureCommand, [file, '-o', out, '--data', data])).toMatch(/^1 .*key/);
  expect(await run(openCaptureCommand, [file, '-o', out, '--data', data, '--recovery-key'], `${printed}\n`)).toMatch(/^0 /);
  expect(readFileSync(out)).toEqual(plain);
});

test('CAPTURE-14 `vigil replay` reads it with the key, says what was cut or changed, and plays an old plain one as before', async () => {
  const { file, plain } = await captureOfRoom();
  const { data } = roomFolder();
  const replay = (name: string): Promise<string> => run(replayCommand, [name, '--speed', 'max', '--data', data]);
  expect(await replay(file)).toMatch(/^0 [^]*whole: 3 records/);
  expect(await run(replayCommand, [file, '--speed', 'max'])).toMatch(/^2 .*name the data folder/);
  const old = join(folder, 'old.vigilcap');
  writeFileSync(old, plain);
  expect(await run(replayCommand, [old, '--speed', 'max'])).toMatch(/^0 [^]*whole: 3 records/);
  const bytes = readFileSync(file);
  const cut = join(folder, 'cut.vigilcap');
  // The last piece holds the end and its hash, and what came just before: on a busy computer that is all of it.
  writeFileSync(cut, bytes.subarray(0, -3));
  expect(await replay(cut)).toMatch(/^1 [^]*was cut[^]*[0-3] records/);
  writeFileSync(cut, Buffer.concat([bytes, Buffer.from('more')]));
  expect(await replay(cut)).toMatch(/^1 [^]*was changed/);
  const changed = Buffer.from(bytes);
  changed.writeUInt8((changed.at(-60) ?? 0) ^ 1, bytes.length - 60);
  writeFileSync(cut, changed);
  expect(await replay(cut)).toMatch(/^1 [^]*was changed/);
  expect(readCapture(plain, hash)).toMatchObject({ state: 'whole' });
});
