import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from './command-run.mjs';
import { projectEnvironment, projectNode } from './node-runtime.mjs';

/** Long enough for the download on a clinic's line, short enough for a person who waits for a window. */
const fetchDeadlineMs = 60_000;
/** A fetch that ran into its deadline is not tried at every start. */
const retryAfterMs = 24 * 3_600_000;

/**
 * @typedef {{ path: string } | { missing: string }} ElectronBinary the program, or why there is none
 */

/**
 * Looks for Electron's program by its file. Requiring the package to find out would start a download.
 *
 * @param {string} root
 * @returns {string | undefined}
 */
export function findElectron(root) {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules', 'electron', 'dist');
  const path = join(folder, programInDist());
  return existsSync(path) ? path : undefined;
}

/**
 * The binary if it is there or can be had within a minute.
 *
 * @param {string} root
 * @returns {Promise<ElectronBinary>}
 */
export async function findOrFetchElectron(root) {
  const path = findElectron(root);
  // Who names a folder has decided: neither a look at the display nor a download second-guesses that.
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH !== undefined) {
    return path === undefined ? { missing: `ELECTRON_OVERRIDE_DIST_PATH names a folder without ${programInDist()}` } : { path };
  }
  const obstacle = desktopObstacle();
  if (obstacle !== undefined) return { missing: obstacle };
  if (path !== undefined) return { path };
  if (triedLately(root)) return { missing: 'its download took too long within the last day (npx install-electron tries again)' };
  return fetchElectron(root);
}

/**
 * @param {string} root
 * @returns {Promise<ElectronBinary>}
 */
async function fetchElectron(root) {
  console.error('vigil: fetching Electron (at most a minute) …');
  const installer = join(root, 'node_modules', 'electron', 'install.js');
  const end = await runCommand(projectNode(root), [installer], {
    cwd: root,
    env: projectEnvironment(root),
    output: 'capture',
    deadlineMs: fetchDeadlineMs,
  });
  const path = findElectron(root);
  if (end.exitCode === 0 && path !== undefined) return { path };
  if (end.timedOut) {
    const mark = timeoutMark(root);
    mkdirSync(dirname(mark), { recursive: true });
    writeFileSync(mark, '');
    return { missing: 'its download did not finish within a minute' };
  }
  return { missing: `it could not be downloaded (${reasonIn(end.output)})` };
}

/**
 * Electron needs a display, and its sandbox does not work for root on Linux. Switching the sandbox off is
 * no answer for a clinical console.
 *
 * @returns {string | undefined}
 */
function desktopObstacle() {
  if (process.platform !== 'linux') return undefined;
  if (process.env.DISPLAY === undefined && process.env.WAYLAND_DISPLAY === undefined) return 'there is no display';
  if (process.getuid?.() === 0) return 'its sandbox does not work for root';
  return undefined;
}

/** @param {string} root */
function triedLately(root) {
  const mark = timeoutMark(root);
  return existsSync(mark) && Date.now() - statSync(mark).mtimeMs < retryAfterMs;
}

/** @param {string} root */
function timeoutMark(root) {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'));
  return join(root, 'node_modules', '.cache', `electron-${version}-took-too-long`);
}

/** @param {string} output what the installer printed: a stack trace, whose first line is the reason */
function reasonIn(output) {
  return (
    output
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? 'no reason given'
  );
}

function programInDist() {
  if (process.platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron');
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}
