import { expect, test } from 'vitest';
import { joinProblems, rulesIn } from './rule-join.ts';
import { testTitlesIn, unexplainedSkipsIn } from './test-titles.ts';
import { projectFiles, textOf } from './tree.ts';

const testSources = projectFiles.filter((path) => /^test\/.*\.tsx?$/.test(path));
const ruleFiles = projectFiles.filter((path) => /^test\/rules\/.*\.md$/.test(path));

test('ARCH-1 every rule has a test, every test begins with a rule', () => {
  expect(ruleFiles.length).toBeGreaterThan(0);
  const titles = testSources.flatMap((path) => testTitlesIn(path, textOf(path)));
  expect(titles.length).toBeGreaterThan(0);
  expect(
    joinProblems(
      ruleFiles.map((path) => rulesIn(path, textOf(path))),
      titles,
    ),
  ).toEqual([]);
});

test('ARCH-1 the join finds what has no partner', () => {
  const rules = rulesIn(
    'rules.md',
    '# Head\n\n- **A-1** One.\n- **A-2** Two.\n- **A-2** Two again.\n- A-3 no rule\n- **A-4** no full stop',
  );
  const titles = testTitlesIn(
    'a.test.ts',
    `
    test('A-1 fits', () => {});
    test.each([1])('A-9 of no rule %s', () => {});
    test('no rule', () => {});
    it(\`A-1 \${name}\`, async () => {}, 5_000);
    test(title, () => {});
    for (const row of rows) test.for(rows)('nor this', { timeout: 1 }, () => {});
    test.beforeEach(() => {});
    test.skip(isWindows, 'no ports there');
    expect(test('A-1', 3)).toBe(1);
  `,
  );
  expect(joinProblems([rules], titles)).toEqual([
    'rules.md:6 is not a rule: "- **AREA-1** One sentence."',
    'rules.md:7 is not a rule: "- **AREA-1** One sentence."',
    'A-2 is defined twice: rules.md:4 and rules.md:5',
    'a.test.ts:3 tests A-9, which is no rule',
    'a.test.ts:4 has a title that does not begin with a rule id',
    'a.test.ts:6 has a title that does not begin with a rule id',
    'a.test.ts:7 has a title that does not begin with a rule id',
    'rules.md:4 A-2 has no test',
  ]);
});

test('ARCH-2 no test is skipped without its reason', () => {
  expect(testSources.flatMap((path) => unexplainedSkipsIn(path, textOf(path)))).toEqual([]);
});

test('ARCH-2 a skip without its reason is found', () => {
  const source = `
    test('A-1 a', (ctx) => ctx.skip());
    test('A-1 b', (ctx) => ctx.skip(!binary));
    test.skip('A-1 c', () => {});
    test.skipIf(true)('A-1 d', () => {});
    describe.skip('e', () => {});
    test.fixme('A-1 f', async () => {});
    test('A-1 g', (ctx) => ctx.skip(!binary, 'the real binary is not here'));
    test('A-1 h', () => { test.skip(!binary, \`no \${binary}\`); });
    test('A-1 i', (ctx) => ctx.skip('needs two screens'));
  `;
  expect(unexplainedSkipsIn('a.test.ts', source).map(({ line, call }) => `${line} ${call}`)).toEqual([
    '2 ctx.skip',
    '3 ctx.skip',
    '4 test.skip',
    '5 test.skipIf',
    '6 describe.skip',
    '7 test.fixme',
  ]);
});
