import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const sharedMemory = '/dev/shm';

/** A new folder, in memory where the system has such a place: the store under test is the real one, the disk is quick. */
export function makeMemoryFolder(prefix: string): string {
  return mkdtempSync(join(existsSync(sharedMemory) ? sharedMemory : tmpdir(), prefix));
}
