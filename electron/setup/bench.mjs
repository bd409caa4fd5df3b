import { runCommand } from './command-run.mjs';
import { projectEnvironment, projectNode } from './node-runtime.mjs';
import { prepare } from './prepare.mjs';
import { projectRoot } from './project-root.mjs';
import { exitWith } from './setup-failure.mjs';

await exitWith(async () => {
  await prepare({ tools: ['chromium'] });
  const command = ['test/bench/bench.ts', ...process.argv.slice(2)];
  return (await runCommand(projectNode(projectRoot), command, { cwd: projectRoot, env: projectEnvironment(projectRoot) })).exitCode;
});
