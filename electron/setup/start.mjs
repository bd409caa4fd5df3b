import { join } from 'node:path';
import { runCommand } from './command-run.mjs';
import { findOrFetchElectron } from './electron-binary.mjs';
import { projectEnvironment, projectNode } from './node-runtime.mjs';
import { prepare } from './prepare.mjs';
import { projectRoot } from './project-root.mjs';
import { exitWith } from './setup-failure.mjs';

/** Asks for the browser shell where Electron is there too. */
const browserSwitch = '--browser';

await exitWith(async () => {
  const args = process.argv.slice(2);
  const passedOn = args.filter((arg) => arg !== browserSwitch);
  await prepare();
  const env = projectEnvironment(projectRoot);

  if (!args.includes(browserSwitch)) {
    const electron = await findOrFetchElectron(projectRoot);
    if ('path' in electron) {
      return (await runCommand(electron.path, [projectRoot, '--or-demo', ...passedOn], { env })).exitCode;
    }
    console.error(`vigil: opening in the browser, because Electron cannot be used here: ${electron.missing}`);
  }
  // A checkout has no room set up yet: the demo room is what there is to see.
  const serve = [join(projectRoot, 'out', 'main', 'vigil.js'), 'serve', '--or-demo', ...passedOn];
  return (await runCommand(projectNode(projectRoot), serve, { env })).exitCode;
});
