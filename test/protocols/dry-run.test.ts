import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { planCommand } from '../../electron/cli/plan.ts';
import iv from '../../resources/protocols/iv-ketamine-0.5-40.json' with { type: 'json' };
import { dryRun, type DryRun } from '../../shared/clinical/dry-run.ts';
import { builtInProtocols, findProtocol } from '../../shared/clinical/protocol-directory.ts';
import { checkProtocol } from '../../shared/clinical/protocol-problems.ts';
import type { Protocol } from '../../shared/clinical/protocol.ts';
import { infusionInSteps, injectionInSteps } from '../support/stepped-protocol.ts';

const start = { utcMs: Date.parse('2026-11-23T10:00:00-05:00'), offsetMin: -300 };
function run(id: string, grams: number, changes: Record<string, unknown> = {}): DryRun {
  const { protocol } = checkProtocol({ ...findProtocol(id), ...changes });
  if (protocol === null) throw new Error(`no protocol ${id}`);
  return dryRun(protocol, grams, start);
}
const minutesOf = (dry: DryRun, rowId: string): number[] =>
  dry.slots.filter((slot) => slot.key.startsWith(`${rowId}:`)).map((slot) => slot.minute);

const folder = mkdtempSync(join(tmpdir(), 'vigil-plan-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function plan(...argv: string[]): Promise<{ exit: number; lines: Record<string, unknown>[]; errors: string }> {
  const lines: Record<string, unknown>[] = [];
  const errors: string[] = [];
  const io = { stdout: (line: string) => void lines.push(JSON.parse(line)), stderr: (line: string) => void errors.push(line) };
  return { exit: await planCommand.run(argv, io), lines, errors: errors.join('\n') };
}
const usual = ['--weight-kg', '80', '--start', '2026-11-23T10:00:00-05:00'];

describe('the dry run', () => {
  test('PROTOCOL-14 an infusion: 80 kg are 40 mg in 40 mL at 60 mL/h, and every slot has its time and tolerance', () => {
    const dry = run('iv-ketamine-0.5-40', 80_000);
    expect(dry.dose).toMatchObject({ totalUg: 40_000, ugPerKg: 500, endMin: 40, findings: [] });
    expect(dry.dose.steps[0]?.arithmetic).toContain('40 mL ÷ 40 min × 60 min/h = 60 mL/h');
    expect(dry.dose.steps[0]?.arithmetic.at(-1)).toContain('draw 0.8 mL, fill with NaCl 0.9 % to 40 mL');
    expect(minutesOf(dry, 'nibp-during')).toEqual([5, 10, 15, 20, 25, 30, 35, 40]);
    expect(minutesOf(dry, 'nibp-after')).toEqual([55, 70, 85, 100]);
    expect(dry.slots.find((slot) => slot.key === 'cadss-23-end:1')).toMatchObject({
      atMs: start.utcMs + 40 * 60_000,
      opensMs: start.utcMs + 35 * 60_000,
      lateAfterMs: start.utcMs + 50 * 60_000,
    });
    expect(dry.conditions.map((condition) => condition.rowId)).toEqual(['suds-pause']);
    expect(dry.limits).toEqual(iv.limits);
  });

  test('PROTOCOL-14 an injection is in at once, its second one is optional and counted apart', () => {
    const dry = run('im-ketamine-1.0', 68_000);
    expect(dry.dose).toMatchObject({ totalUg: 68_000, endMin: 0 });
    expect(dry.dose.steps).toMatchObject([
      { fromMin: 0, toMin: null, ug: 68_000, optional: false },
      { fromMin: 10, toMin: 20, ug: 34_000, optional: true },
    ]);
    expect(dry.dose.steps[0]?.arithmetic).toContain('68 mg ÷ 50 mg/mL = 1.36 mL');
    expect(minutesOf(dry, 'nibp-during')).toEqual([5, 10, 15, 20, 30, 45, 60]);
    expect(dry.slots.at(-1)?.minute).toBe(120);
  });

  test('PROTOCOL-14 devices are five minutes apart, and the 40-minute reading counts from the one that the clinic chose', () => {
    const nasal = findProtocol('intranasal-esketamine-rems');
    const first = run('intranasal-esketamine-rems', 80_000);
    expect(first.dose.steps.map((step) => step.fromMin)).toEqual([0, 5]);
    expect(first.dose.alternatives.map((steps) => steps.length)).toEqual([1, 3]);
    expect(minutesOf(first, 'nibp-forty')).toEqual([40]);
    const last = run('intranasal-esketamine-rems', 80_000, { dose: { ...nasal?.dose, doseMg: 84, anchor: 'last-device' } });
    expect(minutesOf(last, 'nibp-forty')).toEqual([50]);
  });

  test('PROTOCOL-14 a lozenge too strong for a small person is a finding', () => {
    expect(run('sublingual-ketamine-remote', 80_000).findings).toEqual([]);
    const dose = { ...findProtocol('sublingual-ketamine-remote')?.dose, lozenges: 3 };
    expect(run('sublingual-ketamine-remote', 60_000, { dose }).findings).toEqual(['5 mg/kg is more than the 4 mg/kg allowed']);
  });

  test('PROTOCOL-14 a weight outside the plausible ones is a finding, at its edge it is none', () => {
    expect(run('iv-ketamine-0.5-40', 176_000).findings).toEqual(['176 kg lies outside 30 to 150 kg: the order asks for a reason']);
    expect(run('iv-ketamine-0.5-40', 150_000).findings).toEqual([]);
  });

  test.each(builtInProtocols.map((protocol) => protocol.id))(
    'PROTOCOL-14 %s: slots in order, before the dose too, and none after the end',
    (id) => {
      const dry = run(id, 80_000);
      expect(dry.slots.map((slot) => slot.atMs)).toEqual(dry.slots.map((slot) => slot.atMs).toSorted((a, b) => a - b));
      expect(dry.slots.some((slot) => slot.minute < 0)).toBe(true);
      expect(Math.max(...dry.slots.map((slot) => slot.atMs))).toBeLessThanOrEqual(dry.untilMs);
    },
  );
});

describe('the dry run in steps', () => {
  test('DRAW-14 shows what is worked out and what is drawn and set, with the first as its own figure', () => {
    const dry = run('iv-ketamine-0.5-40', 81_300);
    expect(dry.dose).toMatchObject({ totalUg: 41_000, ugPerKg: 504, findings: [] });
    expect(dry.dose.steps[0]).toMatchObject({ ug: 41_000, exactUg: 40_650 });
    expect(dry.dose.steps[0]?.arithmetic).toEqual([
      '81.3 kg × 0.5 mg/kg = 40.65 → 41 mg (0.504 mg/kg)',
      '41 mg ÷ 1 mg/mL = 41 mL',
      '41 mL ÷ 40 min × 60 min/h = 61.5 mL/h',
      '504 µg/kg ÷ 40 min = 12.61 µg/kg/min',
      'draw 0.82 mL, fill with NaCl 0.9 % to 41 mL; the vial still holds 459 mg',
    ]);
    const injected = run('im-ketamine-1.0', 81_647);
    expect(injected.dose.steps.map(({ ug, exactUg }) => [ug, exactUg])).toEqual([
      [82_000, 81_647],
      [41_000, 40_824],
    ]);
  });

  test('DRAW-14 finds steps that are coarser than the dose, and a pump that cannot run near it', () => {
    const findings = (protocol: Protocol, grams: number) => dryRun(protocol, grams, start).findings;
    expect(findings(infusionInSteps({ mg: 5 }), 34_000)).toEqual([
      'infusion: 17 mg can only be drawn as 15 mg, 0.441 mg/kg: the order asks for a reason',
    ]);
    expect(() => findings(infusionInSteps({ mg: 50 }), 36_000)).toThrow('18 mg is less than can be drawn in steps of 50 mg and 0.02 mL');
    expect(findings(infusionInSteps({ mlPerHour: 10 }), 34_000)).toEqual([
      'infusion: 30 mL/h is the nearest step of the pump, and takes 34 min',
    ]);
    expect(findings(injectionInSteps({ ml: 0.5 }), 45_000)).toEqual([
      'injection: 45 mg can only be drawn as 50 mg, 1.111 mg/kg: the order asks for a reason',
      'second injection, optional: 22.5 mg can only be drawn as 25 mg, 0.556 mg/kg: the order asks for a reason',
    ]);
    expect(findings(infusionInSteps(), 34_000)).toEqual([]);
  });

  test('DRAW-14 `vigil plan` prints both, and a protocol whose steps give no dose as a finding', async () => {
    const { exit, lines } = await plan('--protocol', 'iv-ketamine-0.5-40', '--weight-kg', '81.3', '--start', '2026-11-23T10:00:00-05:00');
    expect([exit, lines[1], lines[2]]).toMatchObject([
      0,
      { kind: 'dose', mg: 41, exactMg: 40.65, mgPerKg: 0.504 },
      { kind: 'dose-step', mg: 41, exactMg: 40.65 },
    ]);
    const path = join(folder, 'coarse.json');
    writeFileSync(path, JSON.stringify(infusionInSteps({ mg: 100 })));
    const coarse = await plan('--file', path, ...usual);
    expect([coarse.exit, coarse.lines[0]]).toMatchObject([
      1,
      { kind: 'finding', where: 'dose', message: '40 mg is less than can be drawn in steps of 100 mg and 0.02 mL' },
    ]);
  });
});

describe('vigil plan', () => {
  test('PROTOCOL-15 prints one JSON object a line: protocol, dose, slots with the zone of the start, limits, summary', async () => {
    const { exit, lines, errors } = await plan('--protocol', 'iv-ketamine-0.5-40', ...usual);
    expect([exit, errors]).toEqual([0, '']);
    expect(lines[0]).toMatchObject({ kind: 'protocol', id: 'iv-ketamine-0.5-40', version: 2 });
    expect(lines[1]).toMatchObject({ kind: 'dose', weightKg: 80, mg: 40, exactMg: 40, mgPerKg: 0.5, end: '2026-11-23T10:40:00.000-05:00' });
    expect(lines.find((line) => line['key'] === 'nibp-during:1')).toMatchObject({
      kind: 'slot',
      for: 'nibp',
      minute: 5,
      at: '2026-11-23T10:05:00.000-05:00',
      from: '2026-11-23T10:04:00.000-05:00',
      until: '2026-11-23T10:07:00.000-05:00',
    });
    expect(lines.filter((line) => line['kind'] === 'limit')).toHaveLength(iv.limits.length);
    expect(lines.at(-1)).toMatchObject({ kind: 'summary', slots: lines.filter((line) => line['kind'] === 'slot').length, findings: 0 });
  });

  test('PROTOCOL-15 a finding is printed and ends with 1', async () => {
    const { exit, lines } = await plan('--protocol', 'iv-ketamine-0.5-40', '--weight-kg', '176', '--start', '2026-11-23T10:00Z');
    expect(exit).toBe(1);
    expect(lines.find((line) => line['kind'] === 'finding')?.['message']).toContain('176 kg lies outside');
  });

  test('PROTOCOL-15 a file that is no protocol says what and where, and ends with 1', async () => {
    const path = join(folder, 'mine.json');
    writeFileSync(path, JSON.stringify({ ...iv, dose: { ...iv.dose, mgPerKg: 5 } }));
    const { exit, lines } = await plan('--file', path, ...usual);
    expect([exit, lines[0]]).toEqual([
      1,
      { kind: 'finding', where: 'dose, mg/kg', message: '5 lies outside its own range 0.3 to 1', path: ['dose', 'mgPerKg'] },
    ]);
    writeFileSync(path, '{ not json');
    expect((await plan('--file', path, ...usual)).lines[0]).toMatchObject({ kind: 'finding', where: 'the file' });
    writeFileSync(path, JSON.stringify(iv));
    expect((await plan('--file', path, ...usual)).exit).toBe(0);
  });

  test.each([
    [[], '--weight-kg is missing'],
    [usual, 'name one protocol'],
    [['--protocol', 'iv-ketamine-0.5-40', '--file', 'x.json', ...usual], 'name one protocol'],
    [['--protocol', 'horse', ...usual], 'there is no protocol "horse"'],
    [['--protocol', 'iv-ketamine-0.5-40', '--version', '9', ...usual], 'in version 9'],
    [['--protocol', 'iv-ketamine-0.5-40', '--version', 'one', ...usual], '--version must be a whole number from 1'],
    [['--protocol', 'iv-ketamine-0.5-40', '--weight-kg', '-4', '--start', '2026-11-23T10:00Z'], 'weight-kg'],
    [
      ['--protocol', 'iv-ketamine-0.5-40', '--weight-kg', 'heavy', '--start', '2026-11-23T10:00Z'],
      '--weight-kg must be a number above 0, up to 1000, not "heavy"',
    ],
    [['--protocol', 'iv-ketamine-0.5-40', '--weight-kg', '80', '--start', 'tomorrow'], '--start must be a time'],
    [['--protocol', 'iv-ketamine-0.5-40', '--weight-kg', '80', '--start', '2026-02-31T10:00:00Z'], '--start must be a time'],
    [['--file', '/nowhere/at/all.json', ...usual], 'cannot read /nowhere/at/all.json'],
    [['--tea', ...usual], '--tea'],
  ])('PROTOCOL-15 wrong usage %j ends with 2 and prints nothing', async (argv, words) => {
    const { exit, lines, errors } = await plan(...argv);
    expect([exit, lines]).toEqual([2, []]);
    expect(errors).toContain(words);
    expect(errors).toContain('usage: vigil plan');
  });

  test('PROTOCOL-15 --help explains itself', async () => {
    const { exit, errors } = await plan('--help');
    expect([exit, errors.startsWith('usage: vigil plan')]).toEqual([0, true]);
  });
});
