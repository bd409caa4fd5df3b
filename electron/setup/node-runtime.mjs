import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupFailure } from './setup-failure.mjs';

/**
 * The SQLite binding needs Node-API 10. On an older Node it does not fail to load: it takes the process
 * down without a message, so the guard has to come first.
 *
 * @param {NodeJS.ProcessVersions} versions
 */
export function runtimeIsEnough(versions) {
  const [major = 0, minor = 0] = versions.node.split('.').map(Number);
  return (major > 22 || (major === 22 && minor >= 14)) && Number(versions.napi) >= 10;
}

/**
 * The Node that Vigil runs on: the running one if it is new enough, else the one among the packages.
 *
 * @param {string} root
 */
export function projectNode(root) {
  if (runtimeIsEnough(process.versions)) return process.execPath;
  const packaged = packagedNode(root);
  if (packaged !== undefined) return packaged;
  throw new SetupFailure(
    `vigil: Node ${process.versions.node} is too old and no newer one comes with the packages for ` +
      `${process.platform}-${process.arch}; install Node 22.14 or newer`,
  );
}

/**
 * The platform packages are asked for by name, because on Windows node_modules/.bin holds a batch file
 * and not the program.
 *
 * @param {string} root
 */
function packagedNode(root) {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', program);
  return existsSync(path) ? path : undefined;
}

/**
 * What a child sees: the programs of this checkout first, so that its own children find the same Node.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} [more]
 * @returns {NodeJS.ProcessEnv}
 */
export function projectEnvironment(root, more = {}) {
  const path = process.env.PATH ?? '';
  const own = join(root, 'node_modules', '.bin');
  const first = path.split(delimiter)[0];
  return { ...process.env, PATH: first === own ? path : `${own}${delimiter}${path}`, ...more };
}
