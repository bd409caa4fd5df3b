import { openDataFolder } from './data-folder.ts';
import { createDataKey, keyFileExists, readKeyFile, writeKeyFile, type DataKey, type RandomBytes } from './data-key.ts';
import { roomExists } from './room-exists.ts';

/** The browser shell's key: a file that only its owner can read, made with the room and never made anew. */
export function keyOfFolder(path: string, ids: { readonly randomBytes: RandomBytes }): DataKey {
  const folder = openDataFolder(path);
  if (!keyFileExists(folder) && !roomExists(path))
    writeKeyFile(
      folder,
      createDataKey((count) => ids.randomBytes(count)),
    );
  return readKeyFile(folder);
}
