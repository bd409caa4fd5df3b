import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportCommand } from '../../electron/cli/export.ts';
import { csvRow } from '../../electron/service/export/csv-row.ts';
import { recordFile } from '../../electron/service/export/record-file.ts';
import { decideReceipt } from '../../electron/service/session/room/drug-log.ts';
import { dataFolderAt } from '../../electron/service/store/data-folder.ts';
import { createRecoveryKey } from '../../electron/service/store/data-key.ts';
import { recordDocumentSchema, type RecordDocument } from '../../shared/contract/record-document.ts';
import type { RecordProof } from '../../shared/contract/record-proof.ts';
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

let typed = '';
async function* stdin(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new TextEncoder().encode(typed));
}

async function run(...argv: string[]): Promise<Ran> {
  const [out, err]: string[][] = [[], []];
  const code = await exportCommand.run(argv, { stdout: (line) => out?.push(line), stderr: (line) => err?.push(line), stdin: stdin() });
  return { code, out: (out ?? []).join('\n'), err: (err ?? []).join('\n') };
}

beforeAll(async () => {
  const room = openTestRoom({ base });
  sessionId = room.openSession();
  const stock = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 } as const;
  const receipt = decideReceipt({ stock, units: 2, lot: '=HYPERLINK("x")' }, { personId: room.therapistId, name: 'Therapist' });
  room.room.recorder.recordRoom(receipt, room.nurseId);
  room.execute({ type: 'draw-controlled-drug', stock, mg: 500, lot: 'L-7' });
  startDose(room);
  for (const text of ['=1+1', '@SUM(A1)', '-2 on the scale', "'+1", '5 = five'])
    room.execute({ type: 'record-observation', text, chips: [], begunAt: room.clock.now().utcMs });
  room.execute(
    { type: 'record-observation', text: 'calm, "at ease", hands\nopen', chips: [], begunAt: room.clock.now().utcMs },
    room.therapistId,
  );
  room.execute(
    {
      type: 'record-observation',
      text: 'speaks softly',
      chips: [],
      details: { utterance: { words: 'xylophone in the cellar', consent: false, spoken: 'spontaneously' } },
      begunAt: room.clock.now().utcMs,
    },
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

  test('EXPORT-10 while Vigil runs with the folder it lists them too', () => {
    expect(whileRunning?.code).toBe(0);
    expect(JSON.parse(whileRunning?.out ?? '')).toMatchObject({ type: 'session', session: sessionId });
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
    [['--data', 'x', '--session', 'y', '--format', 'xml'], 'one of pdf, json, csv'],
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

test('EXPORT-6 words that the patient did not agree to have kept are in no file, also not in the proof of its entries', async () => {
  const { out } = await run('--data', folder, '--session', sessionId, '--format', 'json');
  const { proof, history } = JSON.parse(out) as RecordDocument & { readonly proof: RecordProof };
  expect(out).not.toContain('xylophone');
  const { seq } = history.find(({ detail }) => detail?.includes('speaks softly') === true) ?? { seq: 0 };
  expect(Object.keys(proof.entries.find((entry) => entry.seq === seq) ?? {})).toEqual(['seq', 'hash']);
});

describe('what a spreadsheet would run', () => {
  test('EXPORT-18 text that begins like a formula has an apostrophe before it; other text and numbers have none', async () => {
    const { out } = await run('--data', folder, '--session', sessionId, '--format', 'csv');
    for (const cell of [",'=1+1,", ",'@SUM(A1),", ",'-2 on the scale,", ",''+1,", ',5 = five,']) expect(out).toContain(cell);
    expect(out).not.toMatch(/(^|[,"])[=+@]/m);
    const start = out.split('\r\n').find((line) => line.includes('Weight') || line.startsWith('milestone'));
    expect(start).toMatch(/,-?\d+(\.\d+)?,/);
  });

  test('EXPORT-18 a negative number stays a number', () => {
    expect(csvRow(['a', 'b', 'c'], { a: -2, b: '-2', c: true })).toBe("-2,'-2,true\r\n");
    expect(csvRow(['a', 'b'], { a: ' =1', b: '\uFF1D1' })).toBe("' =1,'\uFF1D1\r\n");
  });
});

describe('the drug log as a table', () => {
  test('EXPORT-19 every entry of the room, oldest first, with its balance and both people', async () => {
    const { code, out } = await run('--data', folder, '--drug-log', '--format', 'csv');
    expect(code).toBe(0);
    const rows = readCsv(out);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([19]));
    expect(rows.slice(1).map(([, kind, , amount, unit, balance]) => [kind, amount, unit, balance])).toEqual([
      ['received', '1000', 'mg', '1000'],
      ['drawn', '500', 'mg', '500'],
    ]);
    expect(rows[2]).toEqual(expect.arrayContaining([sessionId, 'Demo Patient', 'Nurse', 'Therapist', 'L-7']));
    expect(out).toContain(`"'=HYPERLINK(""x"")"`);
  });

  test('EXPORT-19 it goes into a file like a record, and is no part of one session', async () => {
    const file = join(base, 'drugs.csv');
    const { out } = await run('--data', folder, '--drug-log', '--format', 'csv', '-o', file);
    expect(JSON.parse(out)).toMatchObject({ type: 'exported', drugLog: true, format: 'csv' });
    expect(readFileSync(file, 'utf8')).toMatch(/^time,kind,drug,/);
    expect((await run('--data', folder, '--drug-log', '--session', sessionId, '--format', 'csv')).code).toBe(2);
    expect((await run('--data', folder, '--drug-log', '--format', 'pdf')).code).toBe(2);
  });
});

describe('without the key file', () => {
  test('EXPORT-20 the printed recovery key opens the folder; a wrong one is refused', async () => {
    const [key, copy] = [join(folder, 'key'), join(base, 'key')];
    let next = 0;
    const recovery = createRecoveryKey(
      dataFolderAt(folder),
      new Uint8Array(32).map((_, index) => index + 1),
      (count) => new Uint8Array(count).map(() => (next += 7) % 256),
    );
    renameSync(key, copy);
    try {
      expect(await run('--data', folder)).toMatchObject({ code: 1, err: expect.stringContaining('has no key file') });
      expect((await run('--data', folder)).err).toContain('--recovery-key');
      typed = `${recovery}\n`;
      const { code, out } = await run('--data', folder, '--recovery-key');
      expect([code, JSON.parse(out)]).toMatchObject([0, { session: sessionId }]);
      typed = 'nonsense\n';
      expect((await run('--data', folder, '--recovery-key')).code).toBe(1);
    } finally {
      renameSync(copy, key);
    }
  });
});

describe('vigil export --check', () => {
  const file = join(base, 'record.json');
  async function checked(text: string, ...more: string[]): Promise<Ran & { readonly findings: string[] }> {
    writeFileSync(file, text);
    const ran = await run('--check', file, ...more);
    const lines = ran.out.split('\n').map((line) => JSON.parse(line) as { type: string; what?: string });
    return { ...ran, findings: lines.flatMap(({ type, what }) => (type === 'finding' ? [what ?? ''] : [])) };
  }

  test('EXPORT-21 a record as it was written is found so, also beside its folder and with other spaces', async () => {
    const { out } = await run('--data', folder, '--session', sessionId, '--format', 'json');
    const alone = await checked(out);
    expect(alone).toMatchObject({ code: 0, findings: [] });
    expect(alone.err).toContain('anybody can make anew; it was held against no room');
    expect(alone.err).not.toContain('as it was written');
    expect(await checked(JSON.stringify(JSON.parse(out)), '--data', folder)).toMatchObject({ code: 0, findings: [] });
  });

  test('EXPORT-21 one character changed, one field more, another room or another form is a finding and exit 1', async () => {
    const { out } = await run('--data', folder, '--session', sessionId, '--format', 'json');
    const document = JSON.parse(out) as Record<string, unknown> & { record: object };
    const changed = await checked(out.replace('calm,', 'cold,'));
    expect([changed.code, changed.findings]).toEqual([1, ['the content is not what was written: its hash is another one']]);
    expect((await checked(JSON.stringify({ ...document, more: 1 }))).findings).toHaveLength(1);
    const { contentHash: _hash, ...bare } = document;
    expect((await checked(JSON.stringify(bare))).findings[0]).toMatch(/^contentHash: /);
    const other = recordFile({ ...bare, record: { ...document.record, hash: 'ab'.repeat(32) } } as never);
    expect((await checked(other)).findings).toEqual([]);
    expect((await checked(other, '--data', folder)).findings[0]).toContain('holds another record');
    expect((await checked('{')).findings[0]).toMatch(/^not JSON: /);
    expect((await run('--check', join(base, 'nowhere.json'))).code).toBe(1);
    expect((await run('--check', file, '--format', 'json')).code).toBe(2);
  });
});

/** The cells of each row; what stands in quotation marks is one cell, whatever it holds. */
function readCsv(text: string): string[][] {
  return text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.replaceAll(/"(?:[^"]|"")*"/g, 'quoted').split(','));
}
