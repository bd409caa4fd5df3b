import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { CommandIo } from '../../electron/cli/command-io.ts';
import { scoreCommand } from '../../electron/cli/score.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigil-score-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly exit: number;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  readonly errors: string;
}

async function run(argv: string[], input = ''): Promise<Run> {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const errors: string[] = [];
  async function* stdin(): AsyncGenerator<Uint8Array> {
    const bytes = new TextEncoder().encode(input);
    // Cut where no line ends: a pipe does.
    for (let at = 0; at < bytes.length; at += 7) yield bytes.slice(at, at + 7);
  }
  const io: CommandIo = {
    stdout: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
    stderr: (line) => void errors.push(line),
    stdin: stdin(),
  };
  return { exit: await scoreCommand.run(argv, io), lines, errors: errors.join('\n') };
}

async function one(instrument: string, input: unknown, ...flags: string[]): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { lines } = await run(['--instrument', instrument, ...flags, '-'], JSON.stringify(input));
  return lines[0];
}

const peak = [3, 2, 2, 1, 0, 3, 2, 0, 1, 0, 1, 3, 0, 1, 2, 1, 1, 2, 0, 1, 2, 2, 1];

describe('vigil score', () => {
  test('INSTRUMENT-21 a file of responses, one line out for each', async () => {
    const file = join(folder, 'cadss.jsonl');
    const open = peak.map((value, index) => (index === 8 ? null : value));
    writeFileSync(file, `${JSON.stringify({ items: peak })}\r\n\n${JSON.stringify({ items: open })}`);
    const { exit, lines, errors } = await run(['--instrument', 'cadss-23', file]);
    expect([exit, errors, lines.length]).toEqual([0, '', 2]);
    expect(lines[0]).toEqual({
      line: 1,
      instrument: 'cadss-23',
      version: '1',
      total: 31,
      subscales: { amnesia: 5, depersonalization: 10, derealization: 16, cadss6: 14 },
      band: null,
      status: 'complete',
      answered: 23,
      of: 23,
      missing: [],
      partialSum: 31,
      safety: [],
      verdicts: {},
    });
    expect(lines[1]).toMatchObject({ line: 3, total: null, status: 'incomplete', missing: [9], partialSum: 30 });
  });

  test('INSTRUMENT-21 forms with answers of another shape', async () => {
    expect(await one('AUDIT-C', { items: [2, 1, 0], sex: 'F' })).toMatchObject({ total: 3, verdicts: { positive: true } });
    expect(await one('audit-c', { items: [2, 1, 0], sex: null })).toMatchObject({ verdicts: { positive: null, positiveIfMale: false } });
    expect(await one('c-ssrs-screener', { q1: false, q2: false, q6: 'lifetime' })).toMatchObject({ total: null, band: 'moderate' });
    expect(await one('c-ssrs-screener', { q1: true, q2: true })).toMatchObject({ band: null, verdicts: { provisionalAtLeast: 'low' } });
    const factors = [15, 6, 6, 3].map((length) => Array.from({ length }, () => 5));
    expect(await one('meq-30', { items: factors })).toMatchObject({ total: 150, verdicts: { completeMystical: true } });
    expect(await one('tlfb', { days: 28, abstinent: 26 })).toEqual({ line: 1, instrument: 'tlfb', pda: 92.86, coverage: 100, pdaMissingAsDrinking: 92.86 }); // prettier-ignore
    expect(await one('madrs', { before: 33, after: 17 })).toMatchObject({ percentImprovement: 48.48, response: false });
    const oneOpen = { items: [2, 2, 1, null, 1, 1, 1, 0, 0] };
    expect(await one('phq-9', oneOpen, '--prorate')).toMatchObject({ total: null, prorated: 9 });
    expect(await one('phq-9', oneOpen)).not.toHaveProperty('prorated');
  });

  test('INSTRUMENT-22 bad lines are named and the rest is scored', async () => {
    const bad = [
      'nope',
      '[1,2]',
      '{"items":[0,0,0,0,0,0,5]}',
      '{"items":[0]}',
      '{"item":[0]}',
      '{"items":[0,"1"]}',
      '{"items":[1.5,0,0,0,0,0,0]}',
    ];
    const good = JSON.stringify({ items: [1, 1, 1, 1, 0, 0, 0] });
    const { exit, lines, errors } = await run(['--instrument', 'gad-7', '-'], [...bad, good].join('\n'));
    expect(exit).toBe(1);
    expect(lines.map(({ line, error }) => [line, typeof error])).toEqual([
      ...bad.map((_, index) => [index + 1, 'string']),
      [8, 'undefined'],
    ]);
    expect(lines[2]?.['error']).toBe('item 7 out of range 0..3');
    expect(lines[7]).toMatchObject({ total: 4, band: 'minimal' });
    expect(errors.split('\n')[0]).toContain('line 1: not JSON');
    const lists = await run(['--instrument', 'meq-30', '-'], '{"items":[[1],[1],[1],[1]]}\n{"items":[[1],2]}');
    expect(lists.lines.map(({ error }) => error)).toEqual([
      'MEQ30 by factor has lists of 15, 6, 6, 3 answers',
      '"items" is a list of whole numbers and nulls, in the order of the form',
    ]);
    expect((await one('gad-7', { items: [[1]] }))?.['error']).toContain('has no factors');
    expect((await one('tlfb', { days: 7, abstinent: 8 }))?.['error']).toContain('are more than 7');
    expect((await one('gad-7', { before: 1 }))?.['error']).toContain('"after"');
  });

  test('INSTRUMENT-23 wrong usage', async () => {
    expect((await run(['-'])).exit).toBe(2);
    expect((await run(['--instrument', 'cadss-28', '-'])).errors).toContain('there is no instrument "cadss-28"');
    expect((await run(['--instrument', 'suds'])).errors).toContain('no file was named');
    expect((await run(['--instrument', 'suds', 'a', 'b'])).errors).toContain('"b" is a second one');
    expect((await run(['--instrument', 'suds', '--loud', '-'])).exit).toBe(2);
    const missing = await run(['--instrument', 'suds', join(folder, 'none.jsonl')]);
    expect([missing.exit, missing.errors]).toEqual([2, expect.stringContaining('cannot read')]);
    expect((await run(['--help'])).exit).toBe(0);
    expect(await run(['--instrument', 'suds', '-'])).toEqual({ exit: 0, lines: [], errors: '' });
  });
});
