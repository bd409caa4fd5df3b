import type { Room } from '../../electron/service/room.ts';
import { hashPin } from '../../electron/service/platform/pin-hash.ts';
import type { Role } from '../../shared/contract/room-board.ts';

export interface KnownPerson {
  readonly name: string;
  readonly role: Role;
  /** Their own: as of somebody who has signed in and changed their first one. */
  readonly pin: string;
}

/** One more person of a room, who works here already. */
export async function addKnownPerson(room: Room, { name, role, pin }: KnownPerson): Promise<{ readonly personId: string }> {
  const personId = room.ids.uuid();
  const pinHash = await hashPin(pin, room.ids.randomBytes(16));
  room.recorder.recordRoom({ events: [{ kind: 'person-added', body: { personId, name, role, pinHash } }] }, null);
  return { personId };
}
