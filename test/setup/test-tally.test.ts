import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closingLine, readPlaywrightTally, readVitestTally, tallyOfRun } from '../../electron/setup/test-tally.mjs';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-tally-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const played = {
  errors: [{ message: 'a spec could not be loaded' }],
  suites: [
    {
      title: 'session.spec.ts',
      specs: [
        { title: 'E2E-1 a', tests: [{ status: 'expected', projectName: 'browser', annotations: [] }] },
        { title: 'E2E-2 b', tests: [{ status: 'flaky', projectName: '', annotations: [] }] },
      ],
      suites: [
        {
          title: 'desktop',
          specs: [
            {
              title: 'E2E-3 c',
              tests: [{ status: 'skipped', projectName: '', annotations: [{ type: 'skip', description: 'no binary' }] }],
            },
          ],
        },
      ],
    },
  ],
};

test('SETUP-5 a Playwright report names flaky tests and counts broken files as failures', () => {
  const path = join(folder, 'played.json');
  writeFileSync(path, JSON.stringify(played));
  expect(readPlaywrightTally(path)).toEqual({
    passed: 2,
    flaky: ['session.spec.ts › E2E-2 b'],
    failed: ['a spec could not be loaded'],
    skipped: [{ title: 'session.spec.ts › desktop › E2E-3 c', reason: 'no binary' }],
  });
});

test('SETUP-5 a runner that wrote nothing has no tally', () => {
  expect(readVitestTally(join(folder, 'nothing.json'))).toBeUndefined();
  expect(readPlaywrightTally(join(folder, 'nothing.json'))).toBeUndefined();
});

test('SETUP-5 the closing line sums the runners', () => {
  const vitest = { passed: 40, failed: [], skipped: [] };
  const playwright = { passed: 2, failed: ['a'], skipped: [{ title: 'b', reason: 'c' }] };
  expect(closingLine([vitest])).toBe('40 passed, 0 failed');
  expect(closingLine([vitest, playwright])).toBe('42 passed, 1 failed, 1 skipped');
});

test('SETUP-5 a runner that died counts as a failure, once', () => {
  const nothing = { passed: 0, failed: [], skipped: [] };
  expect(tallyOfRun('vitest', 134, undefined).failed).toEqual(['vitest ended with exit code 134']);
  expect(tallyOfRun('vitest', 0, undefined).failed).toEqual(['vitest wrote no results']);
  expect(tallyOfRun('vitest', 1, { ...nothing, failed: ['a'] }).failed).toEqual(['a']);
  expect(tallyOfRun('vitest', 0, nothing)).toBe(nothing);
});
