import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import { createSystemIds } from '../../electron/service/platform/system-ids.ts';
import { findBackup, keyOfBackup } from '../../electron/service/store/backup/read-backup.ts';
import { restoreBackup } from '../../electron/service/store/backup/restore-backup.ts';

/** A process that is killed while what it restored is verified. Arguments: backup, key file, new data folder. */
const [from = '', keyFile = '', path = ''] = process.argv.slice(2);
const clock = createSystemClock();
const backup = findBackup(from);
const onProgress = (): void => void process.kill(process.pid, 'SIGKILL');
restoreBackup({ backup, key: keyOfBackup(backup, { keyFile }), path, ids: createSystemIds(clock), now: clock.now(), onProgress });
