import { join } from 'node:path';
import { runCommand } from './command-run.mjs';
import { projectEnvironment, projectNode } from './node-runtime.mjs';
import { prepare } from './prepare.mjs';
import { projectRoot } from './project-root.mjs';
import { exitWith } from './setup-failure.mjs';
import { testTools } from './system-tools.mjs';
import { closingLine, readVitestTally } from './test-tally.mjs';

// The fault tests read VIGIL_SOAK and run their full form: hours instead of seconds.
await exitWith(async () => {
  await prepare({ tools: testTools });
  const tallyPath = join(projectRoot, 'test-results', 'soak.json');
  const env = projectEnvironment(projectRoot, { VIGIL_SOAK: '1', VIGIL_VITEST_TALLY: tallyPath });
  const command = ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)];
  const { exitCode } = await runCommand(projectNode(projectRoot), command, { cwd: projectRoot, env });
  const tally = readVitestTally(tallyPath);
  if (tally !== undefined) printTable(tally);
  return exitCode;
});

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
  for (const title of tally.failed) console.log(`   FAILED    ${title}`);
  console.log(closingLine([tally]));
}
