import { mkdirSync } from 'node:fs';
import { prepare } from './prepare.mjs';
import { exitWith } from './setup-failure.mjs';
import { testTools } from './system-tools.mjs';
import { chosenClock, clockEnvironment, clockWords } from './test-clock.mjs';
import { playwright, resultsFolder, runTests, vitest } from './test-runs.mjs';
import { closingLine } from './test-tally.mjs';

await exitWith(async () => {
  await prepare({ tools: testTools });
  mkdirSync(resultsFolder, { recursive: true });
  // What is picked by an argument runs alone: a filter for one runner means nothing to the other.
  const picked = process.argv.slice(2);
  const runners = picked.length === 0 ? [vitest, playwright] : [picked.some((arg) => arg.includes('e2e')) ? playwright : vitest];

  const clock = chosenClock(process.env, Math.random);
  if (clock !== null) console.log(clockWords(clock));

  let exitCode = 0;
  const tallies = [];
  for (const runner of runners) {
    const end = await runTests(runner, picked, clock === null ? {} : await clockEnvironment(clock));
    if (end.exitCode !== 0 || end.tally.failed.length > 0) exitCode = 1;
    tallies.push(end.tally);
  }
  printOutcome(tallies);
  return exitCode;
});

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
