import { expect, test } from 'vitest';
import { shownRows } from '../../electron/setup/shown-rows.mjs';
import { rulesIn } from './rule-join.ts';
import { testTitlesIn } from './test-titles.ts';
import { projectFiles, textOf } from './tree.ts';

const rows = shownRows(textOf('docs/security.md'));
const numbered = (letter: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);

test('ARCH-23 every requirement and every fault has one row', () => {
  expect(rows.map(({ id }) => id)).toEqual([...numbered('S', 20), ...numbered('T', 19)]);
});

test('ARCH-23 what a row is shown by is a rule, and a row without one says why', () => {
  const files = projectFiles.filter((path) => /^test\/rules\/.*\.md$/.test(path));
  const rules = new Set(files.flatMap((path) => rulesIn(path, textOf(path)).rules.map(({ id }) => id)));
  for (const { id, rules: named, notShown } of rows) {
    expect(named.length > 0 || notShown !== '', id).toBe(true);
    for (const rule of named) expect(rules, id).toContain(rule);
  }
});

test('ARCH-23 what a row calls a control is a test of that rule which says that it can fail', () => {
  const sources = projectFiles.filter((path) => /^test\/.*\.test\.ts$/.test(path));
  const titlesNaming = (rule: string): string[] =>
    sources
      .filter((path) => textOf(path).includes(rule))
      .flatMap((path) => testTitlesIn(path, textOf(path)).map(({ title }) => title ?? ''));
  for (const { id, rules, control, notShown } of rows.filter((row) => row.id.startsWith('T') && row.rules.length > 0)) {
    if (control === '') {
      expect(notShown, id).toMatch(/no control/);
      continue;
    }
    const [rule = '', words = ''] = control.replaceAll('`', '').split(': ');
    expect(rules.length, id).toBeGreaterThan(0);
    const controls = titlesNaming(rule).filter((title) => title.startsWith(rule) && /can fail|negative control|find /.test(title));
    expect(controls.length, `${id}: ${rule} has no control for "${words}"`).toBeGreaterThan(0);
  }
});
