import { writeBackup } from '../../electron/service/store/backup/write-backup.ts';

/** A process that is killed in the middle of a backup. Arguments: data folder, key in hex, destination, step, and how often that step is told before. */
const [path = '', keyHex = '', to = '', step = '', before = '0', nowMs = '0'] = process.argv.slice(2);
let told = 0;
writeBackup({
  path,
  key: new Uint8Array(Buffer.from(keyHex, 'hex')),
  to,
  nowMs: Number(nowMs),
  version: '0.0.0',
  onStep: (now) => {
    if (now === step && told++ === Number(before)) process.kill(process.pid, 'SIGKILL');
  },
});
