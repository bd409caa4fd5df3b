import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from './command-run.mjs';
import { SetupFailure } from './setup-failure.mjs';

/**
 * Programs that the tests drive and npm cannot bring: a browser, a pair of virtual serial ports, the recorder of
 * system calls behind the power-loss replay, a reader and a checker of PDFs, a clock that can be set for one process, and a
 * database server.
 */
export const testTools = ['chromium', 'socat', 'strace', 'pdftotext', 'qpdf', 'faketime', 'postgres'];

/** Those without which tests are skipped, with the reason: they are installed where that takes no permission, and asked of nobody. */
const optional = new Set(['postgres']);

const serverPrograms = '/usr/lib/postgresql';
const oldestServer = 15;

/** The Debian packages of those that are named otherwise. */
const packages = new Map([
  ['pdftotext', 'poppler-utils'],
  ['postgres', 'postgresql'],
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
  const onDebian = existsSync('/etc/debian_version') && findTool('apt-get') !== undefined;
  const mayInstall = onDebian && process.getuid?.() === 0;
  // With an init system the package of a server starts one by itself.
  const asked = mayInstall && !existsSync('/run/systemd/system') ? names : names.filter((name) => !optional.has(name));
  const missing = asked.filter((name) => !isThere(name));
  if (missing.length === 0) return;
  const list = missing.map((name) => packages.get(name) ?? name).join(' ');
  if (!onDebian) {
    throw new SetupFailure(
      `vigil: the tests need ${list}; install ${missing.length === 1 ? 'it' : 'them'} and run this again ` +
        `(a Chromium elsewhere is named by VIGIL_CHROMIUM)`,
    );
  }
  const install = `apt-get update && apt-get install -y --no-install-recommends ${list}`;
  if (!mayInstall) throw new SetupFailure(`vigil: the tests need ${list}; run: sudo sh -c '${install}'`);
  console.error(`vigil: installing ${list} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const end = await runCommand('sh', ['-c', install], { env, output: 'capture' });
  if (end.exitCode !== 0) throw new SetupFailure(`${end.output.trimEnd()}\nvigil: this failed: ${install}`);
}

/** The browser for tests: the one named by VIGIL_CHROMIUM, else the system's. */
export function chromiumPath() {
  return process.env.VIGIL_CHROMIUM ?? findTool('chromium');
}

/** Where the newest PostgreSQL of this computer has its programs; Debian puts them on no path. */
export function postgresPrograms() {
  const versions = existsSync(serverPrograms) ? readdirSync(serverPrograms).map(Number) : [];
  const usable = versions.filter(
    (version) => version >= oldestServer && existsSync(join(serverPrograms, String(version), 'bin', 'initdb')),
  );
  return usable.length === 0 ? undefined : join(serverPrograms, String(Math.max(...usable)), 'bin');
}

/** @param {string} name */
function isThere(name) {
  if (name === 'postgres') return postgresPrograms() !== undefined;
  return name === 'chromium' ? chromiumPath() !== undefined : findTool(name) !== undefined;
}
