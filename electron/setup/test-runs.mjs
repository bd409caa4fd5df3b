import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command-run.mjs';
import { projectEnvironment, projectNode } from './node-runtime.mjs';
import { projectRoot } from './project-root.mjs';
import { chromiumPath } from './system-tools.mjs';
import { readPlaywrightTally, readVitestTally, tallyOfRun } from './test-tally.mjs';

/**
 * @typedef {object} Runner
 * @property {string} name
 * @property {readonly string[]} command a script and its arguments, for Node
 * @property {(path: string) => import('./test-tally.mjs').TestTally | undefined} readTally
 * @property {string} tallyPath
 */

export const resultsFolder = join(projectRoot, 'test-results');

/** @type {Runner} */
export const vitest = {
  name: 'vitest',
  command: ['node_modules/vitest/vitest.mjs', 'run'],
  readTally: readVitestTally,
  tallyPath: join(resultsFolder, 'vitest.json'),
};

/** @type {Runner} */
export const playwright = {
  name: 'playwright',
  command: ['node_modules/@playwright/test/cli.js', 'test'],
  readTally: readPlaywrightTally,
  tallyPath: join(resultsFolder, 'playwright.json'),
};

/**
 * @param {Runner} runner
 * @param {readonly string[]} picked
 * @param {Readonly<Record<string, string>>} more what its environment has besides, a clock or the long form
 * @returns {Promise<{ exitCode: number, tally: import('./test-tally.mjs').TestTally }>}
 */
export async function runTests(runner, picked, more) {
  rmSync(runner.tallyPath, { force: true });
  const { exitCode } = await runCommand(projectNode(projectRoot), [...runner.command, ...picked], {
    cwd: projectRoot,
    env: projectEnvironment(projectRoot, {
      VIGIL_VITEST_TALLY: vitest.tallyPath,
      PLAYWRIGHT_JSON_OUTPUT_FILE: playwright.tallyPath,
      ...more,
      ...(chromiumPath() === undefined ? {} : { VIGIL_CHROMIUM: chromiumPath() }),
    }),
  });
  return { exitCode, tally: tallyOfRun(runner.name, exitCode, runner.readTally(runner.tallyPath)) };
}
