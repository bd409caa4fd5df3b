import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import { createSystemIds } from '../../electron/service/platform/system-ids.ts';
import { dataFolderAt } from '../../electron/service/store/data-folder.ts';
import { readKeyFile } from '../../electron/service/store/data-key.ts';
import { salvageRoom, type SalvageStep } from '../../electron/service/store/salvage/salvage-room.ts';

/** A process that is killed as a step of its salvage begins. Arguments: damaged folder, new data folder, step. */
const [path = '', to = '', at = ''] = process.argv.slice(2);
const clock = createSystemClock();
const key = readKeyFile(dataFolderAt(path));
const onProgress = (step: SalvageStep): void => {
  if (step === at) process.kill(process.pid, 'SIGKILL');
};
salvageRoom({ path, key, to, backup: null, ids: createSystemIds(clock), now: clock.now(), account: 'it', onProgress });
