import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import { createSystemIds } from '../../electron/service/platform/system-ids.ts';
import { Room } from '../../electron/service/room.ts';
import { decideSetUp } from '../../electron/service/session/room/decide-room.ts';
import { createSimulatedPorts } from '../../electron/service/simulation/simulated-ports.ts';
import { keyOfFolder } from '../../electron/service/store/folder-key.ts';
import type { MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import type { KnownPerson } from './known-person.ts';
import { quickHashCost, quickPinHash } from './quick-hash.ts';
import { createSilentLog } from './silent-log.ts';

/** The first person of every prepared room. */
export const nurse = { name: 'Nurse', role: 'nurse', pin: '904517' } as const satisfies KnownPerson;

/** Reads the dose back, with a PIN of their own. */
export const secondChecker = { name: 'Second checker', role: 'nurse', pin: '837261' } as const satisfies KnownPerson;

/**
 * A folder with a room that is set up and whose people work there already, for a service that opens it next: setting up
 * and adding people have specs of their own. Their PINs cost next to nothing to compare.
 *
 * @returns the folder
 */
export async function prepareRoom(
  folder: string,
  {
    people = [secondChecker],
    monitors = [],
  }: {
    /** Beside the nurse, who is always the first. */
    readonly people?: readonly KnownPerson[];
    readonly monitors?: readonly { readonly name: string; readonly protocol: MonitorProtocolId; readonly port: string }[];
  } = {},
): Promise<string> {
  const clock = createSystemClock();
  const ids = createSystemIds(clock);
  const ports = createSimulatedPorts(clock, []);
  const room = new Room({
    platform: { clock, ids, log: createSilentLog(), ports, hashCost: quickHashCost },
    folder,
    key: keyOfFolder(folder, ids),
    demo: false,
    version: 'test',
  });
  const added = [nurse, ...people].map(({ name, role, pin }) => ({ personId: ids.uuid(), name, role, pinHash: quickPinHash(pin) }));
  const connected = monitors.map(({ name, protocol, port }) => ({
    monitorId: ids.uuid(),
    name,
    protocol,
    port: { path: port, stableId: null },
    simulated: false,
  }));
  const setUp = { roomName: 'Room 2', demo: false, people: added, monitors: connected };
  room.recorder.recordRoom(decideSetUp(room.recorder.room, setUp), added[0]?.personId ?? null);
  await room.close();
  ports.close();
  return folder;
}
