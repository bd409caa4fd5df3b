import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import { createSystemIds } from '../../electron/service/platform/system-ids.ts';
import { Room } from '../../electron/service/room.ts';
import { goldenScenario } from '../../electron/service/simulation/golden-patient.ts';
import { findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { createSimulatedPorts } from '../../electron/service/simulation/simulated-ports.ts';
import { quickHashCost } from '../support/quick-hash.ts';
import { createSilentLog } from '../support/silent-log.ts';

/**
 * A room service that records as fast as it can and says "ACK seq" only after an event was answered, to be killed
 * in the middle of it. Arguments: the data folder, its key in hex, the nurse's id.
 */
const [folder = '', keyHex = '', nurseId = ''] = process.argv.slice(2);
const clock = createSystemClock();
const ids = createSystemIds(clock);
const ports = createSimulatedPorts(
  clock,
  [{ path: 'simulated:oximeter', stableId: 'oximeter', monitor: findDriver('masimo-ascii1').createSimulator(goldenScenario()) }],
  { scenarioMs: () => clock.monoMs() },
);
const key = new Uint8Array(Buffer.from(keyHex, 'hex'));
const room = new Room({
  platform: { clock, ids, log: createSilentLog(), ports, hashCost: quickHashCost },
  folder,
  key,
  demo: false,
  version: 'test',
});
const { session } = room.recorder;
if (session === null) throw new Error('no session is open in this folder');
process.stdout.write('READY\n');

function write(): void {
  for (let count = 0; count < 5; count += 1) {
    const act = { commandId: ids.uuid(), personId: nurseId };
    const begunAt = clock.now().utcMs;
    const { seq } = room.recorder.execute(act, session?.sessionId ?? '', {
      type: 'record-observation',
      text: 'a note',
      chips: [],
      begunAt,
    });
    process.stdout.write(`ACK ${seq}\n`);
  }
  setImmediate(write);
}
write();
