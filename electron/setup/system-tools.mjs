import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from './command-run.mjs';
import { SetupFailure } from './setup-failure.mjs';

/**
 * Programs that the tests drive and npm cannot bring: a browser, a pair of virtual serial ports, the recorder of
 * system calls behind the power-loss replay, a reader and a checker of PDFs, and a clock that can be set for one process.
 */
export const testTools = ['chromium', 'socat', 'strace', 'pdftotext', 'qpdf', 'faketime'];

/** The Debian packages of those that are named otherwise. */
const packages = new Map([['pdftotext', 'poppler-utils']]);

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
  const onDebian = existsSync('/etc/debian_version') && findTool('apt-get') !== undefined;
  const list = missing.map((name) => packages.get(name) ?? name).join(' ');
  if (!onDebian) {
    throw new SetupFailure(
      `vigil: the tests need ${list}; install ${missing.length === 1 ? 'it' : 'them'} and run this again ` +
        `(a Chromium elsewhere is named by VIGIL_CHROMIUM)`,
    );
  }
  const install = `apt-get update && apt-get install -y --no-install-recommends ${list}`;
  if (process.getuid?.() !== 0) throw new SetupFailure(`vigil: the tests need ${list}; run: sudo sh -c '${install}'`);
  console.error(`vigil: installing ${list} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const end = await runCommand('sh', ['-c', install], { env, output: 'capture' });
  if (end.exitCode !== 0) throw new SetupFailure(`${end.output.trimEnd()}\nvigil: this failed: ${install}`);
}

/** The browser for tests: the one named by VIGIL_CHROMIUM, else the system's. */
export function chromiumPath() {
  return process.env.VIGIL_CHROMIUM ?? findTool('chromium');
}

/** @param {string} name */
function isThere(name) {
  return name === 'chromium' ? chromiumPath() !== undefined : findTool(name) !== undefined;
}
