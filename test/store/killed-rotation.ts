import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import { createSystemIds } from '../../electron/service/platform/system-ids.ts';
import { rotateRoom } from './rotated-room.ts';

/**
 * Puts a room under another key and kills itself at the step of this number, counted from 1; with 0 it comes to the end and
 * says how many there were. Says when it begins, for whoever kills it at a moment. Arguments: folder, recovery key, person, step.
 */
const [folder = '', typed = '', by = '', step = '0'] = process.argv.slice(2);
const killAt = Number(step);
let steps = 0;
process.stdout.write('BEGIN\n');
rotateRoom({
  folder,
  typed,
  by,
  ids: createSystemIds(createSystemClock()),
  onStep: () => {
    steps += 1;
    if (steps === killAt) process.kill(process.pid, 'SIGKILL');
  },
});
process.stdout.write(`STEPS ${steps}\n`);
