import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** Writes a file for its owner alone, all or nothing: one that was begun and not ended is of no use. Throws what the disk says. */
export function writeWholeFile(file: string, content: string | Uint8Array): void {
  const begun = `${file}.part`;
  try {
    writeFileSync(begun, content, { mode: 0o600 });
    renameSync(begun, file);
  } catch (error) {
    removeBegun(begun);
    throw error;
  }
}

function removeBegun(begun: string): void {
  try {
    rmSync(begun, { force: true });
  } catch {
    // Somebody's folder has this name; why nothing was written has been said.
  }
}
