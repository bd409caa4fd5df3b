import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command-run.mjs';
import { SetupFailure } from './setup-failure.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }} LockedPackage
 */

/**
 * Installs what the lockfile names, unless it is there already.
 *
 * @param {string} root
 */
export async function ensureInstalledPackages(root) {
  if (packagesMatchLockfile(root)) return;
  console.error('vigil: installing packages (once for each change of the lockfile) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const end = await runCommand(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, output: 'progress' });
  if (end.exitCode !== 0) throw new SetupFailure(`vigil: npm ci failed with exit code ${end.exitCode}; its reason stands above`);
}

/**
 * Compares npm's own record of what it put into node_modules with the lockfile, so that an install by
 * hand counts too and an install that was cut short does not: npm writes its record last.
 *
 * @param {string} root
 */
export function packagesMatchLockfile(root) {
  const recordPath = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(recordPath)) return false;
  return recordMatches(packagesIn(join(root, 'package-lock.json')), packagesIn(recordPath));
}

/**
 * An optional package may be missing, because it is for another platform; no package may be another one.
 *
 * @param {Readonly<Record<string, LockedPackage>>} locked
 * @param {Readonly<Record<string, LockedPackage>>} installed
 */
export function recordMatches(locked, installed) {
  for (const [path, entry] of Object.entries(locked)) {
    if (path === '') continue;
    const found = installed[path];
    if (found === undefined) {
      if (entry.optional || entry.devOptional || entry.peer) continue;
      return false;
    }
    if (found.version !== entry.version || found.integrity !== entry.integrity) return false;
  }
  return Object.keys(installed).every((path) => locked[path] !== undefined);
}

/**
 * @param {string} lockfilePath
 * @returns {Record<string, LockedPackage>}
 */
function packagesIn(lockfilePath) {
  return JSON.parse(readFileSync(lockfilePath, 'utf8')).packages ?? {};
}
