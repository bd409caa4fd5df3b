import { join } from 'node:path';
import { runCommand } from './command-run.mjs';
import { importBoundsProblems } from './import-bounds.mjs';
import { projectEnvironment, projectNode } from './node-runtime.mjs';
import { prepare } from './prepare.mjs';
import { projectRoot } from './project-root.mjs';
import { exitWith } from './setup-failure.mjs';
import { codeFiles } from './source-files.mjs';

/** One TypeScript project for each environment: what is not in its types cannot be used by mistake. */
const typeProjects = [
  'shared',
  'electron/service',
  'electron/cli',
  'electron/main',
  'electron/preload',
  'electron/setup',
  'renderer',
  'test',
];

/** A file is looked at again when its content or a setting changed. The compiler does the same by its own settings. */
const rememberContent = ['--cache', '--cache-strategy', 'content'];

/**
 * @typedef {object} Gate
 * @property {string} name
 * @property {() => Promise<string>} problems what is wrong, in words; nothing when all is well
 */

/** @type {readonly Gate[]} */
const gates = [
  ...typeProjects
    .filter((folder) => codeFiles(projectRoot, [folder]).length > 0)
    .map((folder) => ({
      name: `types in ${folder}`,
      problems: () => problemsOf('typescript/bin/tsc', ['-p', folder, '--pretty', 'false']),
    })),
  { name: 'lint', problems: () => problemsOf('oxlint/bin/oxlint', ['--format', 'unix']) },
  { name: 'format', problems: () => problemsOf('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', ...rememberContent, '.']) },
  { name: 'import bounds', problems: async () => (await importBoundsProblems()).join('\n') },
];

await exitWith(async () => {
  await prepare({ bundles: false });
  const waiting = [...gates];
  let failed = 0;
  // Two at a time: that is how many cores the smallest machine has.
  await Promise.all([work(), work()]);
  console.log(failed === 0 ? `check: ${gates.length} gates passed` : `check: ${failed} of ${gates.length} gates FAILED`);
  return failed === 0 ? 0 : 1;

  async function work() {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
      const problems = await gate.problems();
      console.log(`${problems === '' ? 'ok    ' : 'FAILED'}  ${gate.name}`);
      if (problems === '') continue;
      failed += 1;
      console.log(problems.replaceAll(/^(?=.)/gm, '        '));
    }
  }
});

/**
 * @param {string} program a script of a package
 * @param {readonly string[]} args
 */
async function problemsOf(program, args) {
  const { exitCode, output } = await runCommand(projectNode(projectRoot), [join('node_modules', program), ...args], {
    cwd: projectRoot,
    env: projectEnvironment(projectRoot),
    output: 'capture',
  });
  return exitCode === 0 ? '' : output.trim() || `${program} ended with exit code ${exitCode} and said nothing`;
}
