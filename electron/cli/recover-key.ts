import { checkDataFolder, dataFolderAt, refuseUnfinishedRotation } from '../service/store/data-folder.ts';
import { restoreKeyFile } from '../service/store/restore-key-file.ts';
import { command } from './command.ts';
import { required, text } from './command-option.ts';
import { typedLine } from './folder-key.ts';

/** For the day the key file is lost: the sheet printed at set-up opens the record again. */
export const recoverKeyCommand = command({
  name: 'recover-key',
  does: 'makes the key file again from the printed recovery key',
  about: `Reads the printed recovery key from standard input and makes the key file of the data folder again.
An existing key file is never replaced, and a key that is not that of the record in the folder is not written.`,
  options: { data: required(text('DIR', 'the data folder')) },
  run: async ({ options: { data } }, io) => {
    io.stderr('Type the recovery key, then Enter:');
    try {
      const folder = dataFolderAt(data);
      checkDataFolder(folder);
      refuseUnfinishedRotation(folder);
      restoreKeyFile(folder, await typedLine(io.stdin));
    } catch (error) {
      io.stderr(`vigil recover-key: ${error instanceof Error ? error.message : String(error)}`);
      return 1;
    }
    io.stdout(JSON.stringify({ kind: 'key-restored', dataFolder: data }));
    return 0;
  },
});
