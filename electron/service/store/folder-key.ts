import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { openDataFolder, type DataFolder } from './data-folder.ts';
import { createDataKey, keyFileExists, readKeyFile, writeKeyFile, type DataKey, type RandomBytes } from './data-key.ts';
import { settleRotation } from './new-key-folder.ts';
import { roomExists } from './room-exists.ts';
import { StoreError } from './store-error.ts';

/** Whether a room that has no key yet may get one in a file. */
export type NewKeyFile = 'made' | 'refused';

/**
 * The browser shell's key: a file that only its owner can read, made with the room and never made anew. A second
 * key over an existing record would open nothing, and would hide that the first one is lost.
 */
export function keyOfFolder(path: string, ids: { readonly randomBytes: RandomBytes }, newKeyFile: NewKeyFile = 'made'): DataKey {
  const folder = openDataFolder(path);
  settleRotation(folder);
  if (!keyFileExists(folder)) {
    if (roomExists(path) || somethingIsSealed(folder)) {
      throw new StoreError(
        'STORE_WRONG_KEY',
        `The key file ${folder.keyFile} is missing. No other key opens this record: put the file back, or restore it with the recovery key.`,
        folder.keyFile,
      );
    }
    if (newKeyFile === 'refused') throw noKeyStore(folder);
    writeKeyFile(
      folder,
      createDataKey((count) => ids.randomBytes(count)),
    );
  }
  return readKeyFile(folder);
}

function noKeyStore({ keyFile }: DataFolder): StoreError {
  const words = `No room was set up: this computer has no key store that keeps its key secret. In a file (${keyFile}) whoever gets at this account or its disk reads it. Set up a key store (on Linux GNOME Keyring or KWallet) and start Vigil again; or, where the disk is encrypted, start Vigil with --key-in-file.`;
  return new StoreError('STORE_FAILED', words, keyFile);
}

/** What only the lost key opens, or would bring it back. */
function somethingIsSealed({ path, backupFolder, recoveryKeyFile }: DataFolder): boolean {
  const names = readdirSync(path);
  if (names.includes(basename(recoveryKeyFile))) return true;
  return names.includes(basename(backupFolder)) && readdirSync(backupFolder).length > 0;
}
