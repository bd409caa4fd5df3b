import type { Room } from '../../electron/service/room.ts';
import { quickPinHash } from './quick-hash.ts';
import type { Role } from '../../shared/contract/board/people.ts';

export interface KnownPerson {
  readonly name: string;
  readonly role: Role;
  /** Their own: as of somebody who has signed in and changed their first one. */
  readonly pin: string;
}

/** One more person of a room, who works here already. */
export function addKnownPerson(room: Room, { name, role, pin }: KnownPerson): { readonly personId: string } {
  const personId = room.ids.uuid();
  room.recorder.recordRoom({ events: [{ kind: 'person-added', body: { personId, name, role, pinHash: quickPinHash(pin) } }] }, null);
  return { personId };
}
