import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from './command-run.mjs';
import { SetupFailure } from './setup-failure.mjs';

/**
 * Programs that the tests drive and npm cannot bring: a browser, a pair of virtual serial ports, the recorder of
 * system calls behind the power-loss replay, a reader of PDFs, and a clock that can be set for one process.
 */
export const testTools = ['chromium', 'socat', 'strace', 'pdftotext', 'faketime'];

/** Debian's packages of those that are named otherwise. Of Chromium the one without windows, which takes a sixth less of a core. */
const packages = new Map([
  ['chromium', 'chromium-headless-shell'],
  ['pdftotext', 'poppler-utils'],
]);

/**
 * @param {string} name
 * @returns {string | undefined} its path, when it is installed
 */
export function findTool(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder: the next one may have it.
    }
  }
  return undefined;
}

/**
 * Installs missing tools where that needs nobody's permission, and else says the one command that does.
 *
 * @param {readonly string[]} names
 */
export async function ensureSystemTools(names) {
  const missing = names.filter((name) => !isThere(name));
  if (missing.length === 0) return;
  const list = missing.map((name) => (isDebian() ? packages.get(name) : undefined) ?? name).join(' ');
  if (!isDebian()) {
    throw new SetupFailure(
      `vigil: the tests need ${list}; install ${missing.length === 1 ? 'it' : 'them'} and run this again ` +
        `(a Chromium elsewhere is named by VIGIL_CHROMIUM)`,
    );
  }
  const install = `apt-get update && apt-get install -y --no-install-recommends ${list}`;
  if (!isRoot()) throw new SetupFailure(`vigil: the tests need ${list}; run: sudo sh -c '${install}'`);
  console.error(`vigil: installing ${list} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const end = await runCommand('sh', ['-c', install], { env, output: 'capture' });
  if (end.exitCode !== 0) throw new SetupFailure(`${end.output.trimEnd()}\nvigil: this failed: ${install}`);
}

/** The program of Debian's package; its command is a shell that stays beside it, and passes no kill on. */
const windowless = '/usr/lib/chromium/chromium-headless-shell';

/** The browser for tests: the one named by VIGIL_CHROMIUM, else the system's. */
export function chromiumPath() {
  return process.env.VIGIL_CHROMIUM ?? (existsSync(windowless) ? windowless : findTool('chromium'));
}

/** @param {string} name */
function isThere(name) {
  if (name !== 'chromium') return findTool(name) !== undefined;
  if (process.env.VIGIL_CHROMIUM !== undefined || existsSync(windowless)) return true;
  // The one with windows does as well, where the other cannot be installed without asking.
  return findTool('chromium') !== undefined && !(isDebian() && isRoot());
}

function isDebian() {
  return existsSync('/etc/debian_version') && findTool('apt-get') !== undefined;
}

function isRoot() {
  return process.getuid?.() === 0;
}
