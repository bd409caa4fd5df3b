import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command-run.mjs';
import { projectEnvironment, projectNode } from './node-runtime.mjs';
import { prepare } from './prepare.mjs';
import { projectRoot } from './project-root.mjs';
import { exitWith } from './setup-failure.mjs';
import { faultLines, shownRows } from './shown-rows.mjs';
import { testTools } from './system-tools.mjs';
import { clockEnvironment, clockWords, testClocks } from './test-clock.mjs';
import { playwright, resultsFolder, runTests, vitest } from './test-runs.mjs';
import { closingLine } from './test-tally.mjs';

/** The tests outside the specs that show or read a time. */
const ofTimes = ['formats', 'renderer', 'projection', 'export', 'session', 'demo', 'recorder', 'setup'].map((area) => `test/${area}/`);

// The fault tests read VIGIL_SOAK and run their full form: hours instead of seconds. Then the specs, and whatever else
// shows or reads a time, by every clock; then mutation testing. An argument picks as for `npm test`; one with e2e picks the
// specs alone. `mutation` picks mutation testing, and what follows it the files or folders that are mutated.
await exitWith(async () => {
  await prepare({ tools: testTools });
  mkdirSync(resultsFolder, { recursive: true });
  const picked = process.argv.slice(2);
  if (picked[0] === 'mutation') return runMutation(picked.slice(1));
  const isOfSpecs = picked.some((arg) => arg.includes('e2e'));
  const tallies = [];
  if (!isOfSpecs) {
    const { tally } = await runTests(vitest, picked, { VIGIL_SOAK: '1' });
    printTable(tally);
    const security = readFileSync(join(projectRoot, 'docs', 'security.md'), 'utf8');
    console.log(`\n${faultLines(shownRows(security), tally).join('\n')}\n`);
    tallies.push(tally);
  }
  if (isOfSpecs || picked.length === 0) tallies.push(...(await runByEveryClock(picked)));
  for (const title of tallies.flatMap(({ failed }) => failed)) console.log(`   FAILED    ${title}`);
  console.log(closingLine(tallies));
  const exitCode = tallies.some(({ failed }) => failed.length > 0) ? 1 : 0;
  return picked.length === 0 ? Math.max(exitCode, await runMutation([])) : exitCode;
});

/** @param {readonly string[]} picked */
async function runMutation(picked) {
  const command = ['test/mutation/mutation.ts', ...picked];
  return (await runCommand(projectNode(projectRoot), command, { cwd: projectRoot, env: projectEnvironment(projectRoot) })).exitCode;
}

/** @param {readonly string[]} picked */
async function runByEveryClock(picked) {
  const tallies = [(await runTests(playwright, picked, { VIGIL_SOAK: '1' })).tally];
  for (const clock of testClocks) {
    console.log(clockWords(clock));
    const env = await clockEnvironment(clock);
    if (picked.length === 0) tallies.push((await runTests(vitest, ofTimes, env)).tally);
    tallies.push((await runTests(playwright, picked, await clockEnvironment(clock))).tally);
  }
  return tallies;
}

/**
 * The tests with figures, and whatever took long without giving any.
 *
 * @param {import('./test-tally.mjs').TestTally} tally
 */
function printTable(tally) {
  const rows = (tally.measured ?? []).filter(({ seconds, figures }) => figures.length > 0 || seconds >= 1);
  console.log('');
  for (const { title, seconds, figures } of rows) {
    console.log(`${seconds.toFixed(1).padStart(9)} s  ${[title, ...figures].join(' | ')}`);
  }
}
