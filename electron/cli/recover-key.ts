import { parseArgs } from 'node:util';
import { checkDataFolder, dataFolderAt } from '../service/store/data-folder.ts';
import { restoreKeyFile } from '../service/store/data-key.ts';
import type { CommandIo } from './command-io.ts';
import { typedLine } from './folder-key.ts';

const help = `usage: vigil recover-key --data DIR
  Reads the printed recovery key from standard input and makes the key file of the data folder again.
  An existing key file is never replaced.`;

/** For the day the key file is lost: the sheet printed at set-up opens the record again. */
export async function runRecoverKey(argv: string[], io: CommandIo): Promise<number> {
  const path = dataOption(argv);
  if (path === null) {
    io.stderr(help);
    return argv.includes('--help') ? 0 : 2;
  }
  io.stderr('Type the recovery key, then Enter:');
  try {
    const folder = dataFolderAt(path);
    checkDataFolder(folder);
    restoreKeyFile(folder, await typedLine(io.stdin));
  } catch (error) {
    io.stderr(`vigil recover-key: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
  io.stdout(JSON.stringify({ kind: 'key-restored', dataFolder: path }));
  return 0;
}

function dataOption(argv: string[]): string | null {
  try {
    return parseArgs({ args: argv, options: { data: { type: 'string' } } }).values.data || null;
  } catch {
    return null;
  }
}
