import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Mounts, or changes what is mounted. What went wrong, in words; null where nothing did. */
export function mount(...args: string[]): string | null {
  const done = spawnSync('mount', args, { encoding: 'utf8' });
  if (done.error !== undefined) return `there is no mount command (${done.error.message})`;
  return done.status === 0 ? null : `mounting is not permitted here: ${done.stderr.trim()}`;
}

/** Why no file system can be mounted here, or null. */
export function reasonForNoTmpfs(): string | null {
  if (process.platform !== 'linux') return 'mounts a tmpfs, which is Linux only';
  const place = mkdtempSync(join(tmpdir(), 'vigil-mount-'));
  const reason = mount('-t', 'tmpfs', '-o', 'size=1m', 'vigil-test', place);
  if (reason === null) spawnSync('umount', [place]);
  rmSync(place, { recursive: true });
  return reason;
}

/** A new folder that is a file system of its own, to be taken away with `removeTmpfs`. */
export function makeTmpfs(size: string): string {
  const place = mkdtempSync(join(tmpdir(), 'vigil-tmpfs-'));
  const problem = mount('-t', 'tmpfs', '-o', `size=${size},mode=0700`, 'vigil-test', place);
  if (problem !== null) throw new Error(problem);
  return place;
}

export function removeTmpfs(place: string): void {
  spawnSync('umount', [place]);
  rmSync(place, { recursive: true, force: true });
}
