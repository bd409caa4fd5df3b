import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command-run.mjs';
import { projectEnvironment, projectNode } from './node-runtime.mjs';
import { prepare } from './prepare.mjs';
import { projectRoot } from './project-root.mjs';
import { exitWith } from './setup-failure.mjs';
import { chromiumPath, testTools } from './system-tools.mjs';
import { closingLine, readPlaywrightTally, readVitestTally, tallyOfRun } from './test-tally.mjs';

/**
 * @typedef {object} Runner
 * @property {string} name
 * @property {readonly string[]} command a script and its arguments, for Node
 * @property {(path: string) => import('./test-tally.mjs').TestTally | undefined} readTally
 * @property {string} tallyPath
 */

const resultsFolder = join(projectRoot, 'test-results');

/** @type {Runner} */
const vitest = {
  name: 'vitest',
  command: ['node_modules/vitest/vitest.mjs', 'run'],
  readTally: readVitestTally,
  tallyPath: join(resultsFolder, 'vitest.json'),
};

/** @type {Runner} */
const playwright = {
  name: 'playwright',
  command: ['node_modules/@playwright/test/cli.js', 'test'],
  readTally: readPlaywrightTally,
  tallyPath: join(resultsFolder, 'playwright.json'),
};

await exitWith(async () => {
  await prepare({ tools: testTools });
  mkdirSync(resultsFolder, { recursive: true });
  // What is picked by an argument runs alone: a filter for one runner means nothing to the other.
  const picked = process.argv.slice(2);
  const runners = picked.length === 0 ? [vitest, playwright] : [picked.some((arg) => arg.includes('e2e')) ? playwright : vitest];

  let exitCode = 0;
  const tallies = [];
  for (const runner of runners) {
    const end = await runTests(runner, picked);
    if (end.exitCode !== 0 || end.tally.failed.length > 0) exitCode = 1;
    tallies.push(end.tally);
  }
  printOutcome(tallies);
  return exitCode;
});

/**
 * @param {Runner} runner
 * @param {readonly string[]} picked
 */
async function runTests(runner, picked) {
  rmSync(runner.tallyPath, { force: true });
  const { exitCode } = await runCommand(projectNode(projectRoot), [...runner.command, ...picked], {
    cwd: projectRoot,
    env: projectEnvironment(projectRoot, {
      VIGIL_VITEST_TALLY: vitest.tallyPath,
      PLAYWRIGHT_JSON_OUTPUT_FILE: playwright.tallyPath,
      ...(chromiumPath() === undefined ? {} : { VIGIL_CHROMIUM: chromiumPath() }),
    }),
  });
  return { exitCode, tally: tallyOfRun(runner.name, exitCode, runner.readTally(runner.tallyPath)) };
}

/** @param {readonly import('./test-tally.mjs').TestTally[]} tallies */
function printOutcome(tallies) {
  const skipped = tallies.flatMap((tally) => tally.skipped);
  const failed = tallies.flatMap((tally) => tally.failed);
  console.log('');
  for (const { title, reason } of skipped) console.log(`skipped  ${title}: ${reason}`);
  for (const title of tallies.flatMap((tally) => tally.flaky ?? [])) console.log(`FLAKY    ${title}: passed when it was tried again`);
  for (const title of failed) console.log(`FAILED   ${title}`);
  console.log(closingLine(tallies));
}
