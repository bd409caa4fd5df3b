import { pathToFileURL } from 'node:url';
import { ensureBuiltBundles } from './built-bundles.mjs';
import { ensureInstalledPackages } from './installed-packages.mjs';
import { projectRoot } from './project-root.mjs';
import { exitWith, SetupFailure } from './setup-failure.mjs';
import { ensureSystemTools, testTools } from './system-tools.mjs';

/**
 * Brings a checkout from whatever state it is in to one that runs. Each step looks before it acts, so a
 * second call costs a fraction of a second. Progress goes to stderr only.
 *
 * @param {{ bundles?: boolean, tools?: readonly string[] }} [needs]
 */
export async function prepare({ bundles = true, tools = [] } = {}) {
  // The tools come first: a missing one is known at once, and the packages take a minute.
  await ensureSystemTools(tools);
  await ensureInstalledPackages(projectRoot);
  if (bundles) await ensureBuiltBundles(projectRoot);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await exitWith(async () => {
    const [purpose, ...rest] = process.argv.slice(2);
    if (rest.length > 0 || (purpose !== undefined && purpose !== '--for=test')) {
      throw new SetupFailure('usage: node electron/setup/prepare.mjs [--for=test]');
    }
    await prepare({ tools: purpose === '--for=test' ? testTools : [] });
    return 0;
  });
}
