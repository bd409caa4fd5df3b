import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import { createSystemIds } from '../../electron/service/platform/system-ids.ts';
import { Room } from '../../electron/service/room.ts';
import { createSimulatedPorts } from '../../electron/service/simulation/simulated-ports.ts';
import { quickHashCost } from '../support/quick-hash.ts';
import { createSilentLog } from '../support/silent-log.ts';
import { pageOf } from '../support/page.ts';

/**
 * A room service that records private notes as fast as it can and says "ACK noteId" only after one was answered, to
 * be killed in the middle of it. Arguments: the data folder, its key in hex, the author's id and PIN.
 */
const [folder = '', keyHex = '', personId = '', pin = ''] = process.argv.slice(2);
const clock = createSystemClock();
const ids = createSystemIds(clock);
const ports = createSimulatedPorts(clock, [], { scenarioMs: () => clock.monoMs() });
const key = new Uint8Array(Buffer.from(keyHex, 'hex'));
const room = new Room({
  platform: { clock, ids, log: createSilentLog(), ports, hashCost: quickHashCost },
  folder,
  key,
  demo: false,
  version: 'test',
});
const sessionId = room.recorder.session?.sessionId ?? '';
const client = pageOf({ room } as never, personId);

async function write(): Promise<void> {
  await client.private.open({ sessionId, pin, phrase: null });
  process.stdout.write('READY\n');
  for (;;) {
    const noteId = ids.uuid();
    await client.private.record({ sessionId, noteId, draftId: null, text: `note ${noteId}`, begunAt: clock.now().utcMs });
    process.stdout.write(`ACK ${noteId}\n`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
void write();
