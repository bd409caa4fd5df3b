import { expect, test } from 'vitest';
import { faultLines, shownRows } from '../../electron/setup/shown-rows.mjs';

const text = `
| id | requirement | shown by | not shown |
| --- | --- | --- | --- |
| S1 | isolated | SHELL-2, SHELL-11 | in a real one |

| id | fault | shown by | full form | control | not shown |
| --- | --- | --- | --- | --- | --- |
| T1 | killed | STORE-20, REC-8 | 1,000 | STORE-20: early | |
| T2 | power | STORE-21 | | | no control |
| T3 | server | | | | no sync yet |
| T4 | full | STORE-22 | | | no control |
`;
const measured = (title: string) => ({ title, seconds: 1, figures: [] });

test('SETUP-9 rows are read by the heads of their columns', () => {
  expect(shownRows(text)).toHaveLength(5);
  expect(shownRows(text)[1]).toEqual({
    id: 'T1',
    what: 'killed',
    rules: ['STORE-20', 'REC-8'],
    control: 'STORE-20: early',
    notShown: '',
  });
});

test('SETUP-9 of each fault is said what held, what failed, what was not run and what is not shown', () => {
  const tally = {
    passed: 3,
    failed: ['a.test.ts › STORE-21 a cut'],
    skipped: [{ title: 'a.test.ts › STORE-22 a full disk', reason: 'no tmpfs' }],
    measured: [
      measured('STORE-20 a'),
      measured('store REC-8 b'),
      measured('STORE-200 c'),
      measured('STORE-21 a cut'),
      measured('STORE-22 a full disk'),
    ],
  };
  expect(faultLines(shownRows(text), tally)).toEqual([
    'T1   killed: 2 held; control: STORE-20: early',
    'T2   power: 1 of 1 FAILED; no control',
    'T3   server: no sync yet',
    'T4   full: not in this run; no control',
  ]);
});
