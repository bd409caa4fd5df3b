import { checkDataFolder, dataFolderAt, refuseUnfinishedRotation, type DataFolder } from '../service/store/data-folder.ts';
import { keyFileExists, readKeyFile, unsealDataKey, type DataKey } from '../service/store/data-key.ts';
import { StoreError } from '../service/store/store-error.ts';
import type { CommandIo } from './command-io.ts';
import { flag } from './command-option.ts';

export const recoveryKeyFlag = flag('read the printed recovery key from standard input, where the folder has no key file');

/** The key of a data folder: its key file, or the printed recovery key as it is typed. Throws `StoreError`. */
export async function findFolderKey(path: string, fromRecoveryKey: boolean, stdin: CommandIo['stdin']): Promise<DataKey> {
  const folder = dataFolderAt(path);
  checkDataFolder(folder);
  refuseUnfinishedRotation(folder);
  if (fromRecoveryKey) return unsealDataKey(folder, await typedLine(stdin));
  if (!keyFileExists(folder)) throw noKeyFile(folder);
  return readKeyFile(folder);
}

function noKeyFile({ path, keyFile }: DataFolder): StoreError {
  const words = `${path} has no key file: it is lost, or the key store of the desktop keeps the key. Say --recovery-key and type the printed recovery key.`;
  return new StoreError('STORE_WRONG_KEY', words, keyFile);
}

const longestLine = 1000;

/** The first line of what is typed; no more of it than a key could be. */
export async function typedLine(stdin: CommandIo['stdin']): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const bytes of stdin) {
    text += decoder.decode(bytes, { stream: true });
    if (text.includes('\n') || text.length > longestLine) break;
  }
  return text.split('\n', 1)[0]?.slice(0, longestLine) ?? '';
}
