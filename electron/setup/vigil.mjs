import { join } from 'node:path';
import { runCommand } from './command-run.mjs';
import { projectEnvironment, projectNode } from './node-runtime.mjs';
import { prepare } from './prepare.mjs';
import { projectRoot } from './project-root.mjs';
import { exitWith } from './setup-failure.mjs';

await exitWith(async () => {
  await prepare();
  const command = [join(projectRoot, 'out', 'main', 'vigil.js'), ...process.argv.slice(2)];
  const end = await runCommand(projectNode(projectRoot), command, { env: projectEnvironment(projectRoot) });
  return end.exitCode;
});
