import { glob, lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { PortInfo } from '../platform/byte-ports.ts';

const matchesMax = 64;
const foldersMax = 8;

/**
 * Ports that the system does not list: pseudo-terminals behind a link (`socat PTY,link=/dev/ttyV0`). They are
 * found by patterns, and in the folder of any that was opened once, so that one can come back under another name.
 */
export class VirtualPorts {
  readonly #patterns: readonly string[];
  readonly #folders = new Set<string>();

  constructor(patterns: readonly string[]) {
    this.#patterns = patterns;
  }

  /** Looks for others beside this port from now on, if it is a link to a pseudo-terminal. */
  async noteOpened(path: string): Promise<void> {
    const folder = dirname(path);
    if (this.#folders.has(folder) || this.#folders.size >= foldersMax) return;
    if (await isLinkToTerminal(path)) this.#folders.add(folder);
  }

  async list(): Promise<PortInfo[]> {
    const paths = new Set<string>();
    for (const pattern of this.#patterns) {
      for await (const path of glob(pattern)) {
        if (paths.size >= matchesMax) break;
        if (await isCharacterDevice(path)) paths.add(path);
      }
    }
    for (const folder of this.#folders) {
      const names = (await readdir(folder).catch((): string[] => [])).toSorted();
      for (const name of names) {
        if (paths.size >= matchesMax) break;
        const path = join(folder, name);
        if (await isLinkToTerminal(path)) paths.add(path);
      }
    }
    return [...paths].map((path) => ({ path, stableId: null, manufacturer: null }));
  }
}

export async function isCharacterDevice(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isCharacterDevice() === true;
}

async function isLinkToTerminal(path: string): Promise<boolean> {
  if ((await lstat(path).catch(() => null))?.isSymbolicLink() !== true) return false;
  const target = await realpath(path).catch(() => null);
  return target !== null && basename(dirname(target)) === 'pts' && (await isCharacterDevice(target));
}

/** Names the device behind a path for as long as it lives; null where there is none. */
export async function deviceAt(path: string): Promise<string | null> {
  try {
    const stats = await stat(path);
    return stats.isCharacterDevice() ? `${stats.dev}:${stats.ino}:${stats.rdev}` : null;
  } catch {
    return null;
  }
}
