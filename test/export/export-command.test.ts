import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runExport } from '../../electron/cli/export.ts';
import { recordDocumentSchema } from '../../shared/contract/record-document.ts';
import { openTestRoom, startDose } from '../support/test-room.ts';

const base = mkdtempSync(join(tmpdir(), 'vigil-export-'));
const folder = join(base, 'room');
let sessionId = '';
let whileRunning: Ran | null = null;

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(...argv: string[]): Promise<Ran> {
  const [out, err]: string[][] = [[], []];
  const code = await runExport(argv, { stdout: (line) => out?.push(line), stderr: (line) => err?.push(line) });
  return { code, out: (out ?? []).join('\n'), err: (err ?? []).join('\n') };
}

beforeAll(async () => {
  const room = openTestRoom({ base });
  sessionId = room.openSession();
  startDose(room);
  room.execute(
    { type: 'record-observation', text: 'calm, "at ease", hands\nopen', chips: [], begunAt: room.clock.now().utcMs },
    room.therapistId,
  );
  await room.pass(60_000);
  writeFileSync(join(folder, 'key'), keyFile(), { mode: 0o600 });
  whileRunning = await run('--data', folder);
  await room.close();
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** The key of every test room, as a data folder keeps it. */
function keyFile(): string {
  return `${Buffer.from(new Uint8Array(32).map((_, index) => index + 1)).toString('hex')}\n`;
}

describe('vigil export', () => {
  test('EXPORT-10 without a session it lists the sessions of the room', async () => {
    const { code, out } = await run('--data', folder);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ type: 'session', session: sessionId, patient: 'Demo Patient', ended: false });
  });

  test('EXPORT-10 while Vigil runs with the folder it is refused', () => {
    expect(whileRunning?.code).toBe(1);
    expect(whileRunning?.out).toContain('STORE_LOCKED');
  });

  test('EXPORT-11 json is a document of its schema', async () => {
    const { code, out } = await run('--data', folder, '--session', sessionId, '--format', 'json');
    expect(code).toBe(0);
    const document = recordDocumentSchema.parse(JSON.parse(out));
    expect(document.session.sessionId).toBe(sessionId);
    expect(document.record.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('EXPORT-12 csv is one table with a head, as many cells in each row, and text that holds its own signs', async () => {
    const { out } = await run('--data', folder, '--session', sessionId, '--format', 'csv');
    expect(out.split('\r\n')[0]).toBe('part,time,minute_from_start,item,value,unit,absent,detail,by,entered,late,amended_from,event_id');
    expect(out).toContain('"calm, ""at ease"", hands\nopen"');
    const rows = readCsv(out);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([13]));
  });

  test('EXPORT-13 pdf goes into a file, whole, and no file is replaced unasked', async () => {
    const file = join(base, 'record.pdf');
    expect((await run('--data', folder, '--session', sessionId, '--format', 'pdf', '-o', file)).code).toBe(0);
    const first = readFileSync(file);
    expect(first.toString('latin1', 0, 5)).toBe('%PDF-');
    expect((await run('--data', folder, '--session', sessionId, '--format', 'pdf', '-o', file)).code).toBe(2);
    await run('--data', folder, '--session', sessionId, '--format', 'pdf', '-o', file, '--force');
    expect(readFileSync(file).equals(first)).toBe(true);
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  test.each([
    [['--session', 'x', '--format', 'json'], '--data is required'],
    [['--data', 'x', '--session', 'y', '--format', 'fhir'], 'fhir does not exist yet'],
    [['--data', 'x', '--session', 'y', '--format', 'xml'], 'one of json, csv, pdf'],
    [['--data', 'x', '--session', 'y', '--format', 'pdf'], '-o FILE'],
    [['--data', 'x', '--colour'], 'colour'],
  ])('EXPORT-14 %j is wrong usage, in words', async (argv, words) => {
    const { code, err, out } = await run(...argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
  });

  test('EXPORT-14 a session that is not there is refused, and nothing is written', async () => {
    const file = join(base, 'none.json');
    const { code, out } = await run('--data', folder, '--session', 'nobody', '--format', 'json', '-o', file);
    expect([code, JSON.parse(out)]).toMatchObject([1, { code: 'SESSION_NOT_FOUND' }]);
    expect(existsSync(file)).toBe(false);
  });
});

/** The cells of each row; what stands in quotation marks is one cell, whatever it holds. */
function readCsv(text: string): string[][] {
  return text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.replaceAll(/"(?:[^"]|"")*"/g, 'quoted').split(','));
}
