import { isThisComputer, type HubAddress } from '../../hub/hub-address.ts';
import { connectToHub, type HubConnection } from '../../hub/hub-connection.ts';
import { hubFault } from '../../hub/hub-fault.ts';
import { hubVersion } from '../../hub/hub-steps.ts';
import type { SyncTarget, TargetConnection } from '../../sync-driver.ts';
import { appendEvents, askHead, type HubHead } from './hub-log.ts';

/** Something at the hub that a person has to mend, in words. */
class HubMismatch extends Error {
  override readonly name = 'HubMismatch';
}

/** The clinic's hub, for one room. On this computer itself, whoever owns the hub may send: the room is then added by that. */
export function postgresTarget(address: HubAddress, room: { readonly roomId: string; readonly name: string }): SyncTarget {
  return {
    connect: async (onEnded) => {
      const connection = await connectToHub(address, onEnded);
      return {
        held: async () => {
          const head = await headOrAdd(connection, address, room);
          refuseMismatch(head, room.roomId, address);
          return head.epochs;
        },
        append: (batch) => appendEvents(connection, batch),
        end: () => connection.end(),
      } satisfies TargetConnection;
    },
    fault: (error) => (error instanceof HubMismatch ? { kind: 'pause', words: error.message, tooLarge: false } : hubFault(error, address)),
  };
}

function refuseMismatch({ schemaVersion, roomId }: HubHead, ours: string, { user }: HubAddress): void {
  if (schemaVersion > hubVersion) {
    throw new HubMismatch(`The hub is of a newer Vigil (step ${schemaVersion}; this one knows ${hubVersion}). Update Vigil in this room.`);
  }
  if (schemaVersion < hubVersion) throw new HubMismatch(`The hub is of an older Vigil (step ${schemaVersion}). Run: vigil hub migrate`);
  if (roomId !== ours) {
    throw new HubMismatch(`The login ${user} is that of another room (${roomId}). Give this one a login of its own: vigil hub login add`);
  }
}

async function headOrAdd(connection: HubConnection, { host }: HubAddress, room: { roomId: string; name: string }): Promise<HubHead> {
  try {
    return await askHead(connection);
  } catch (error) {
    if (!isThisComputer(host) || !(await addRoomAsOwner(connection, room))) throw error;
    return askHead(connection);
  }
}

/** Whether the login owned the hub, was nobody's yet, and is the room's now. */
async function addRoomAsOwner(connection: HubConnection, { roomId, name }: { roomId: string; name: string }): Promise<boolean> {
  const [owns] = await connection.query<{ owns: boolean }>(
    `SELECT count(*) > 0 AND bool_or(pg_has_role(session_user, oid, 'USAGE')) AS owns FROM pg_roles WHERE rolname = 'vigil_owner'`,
  );
  if (owns?.owns !== true) return false;
  const clinics = await connection.query<{ id: string; taken: boolean }>(
    'SELECT clinic_id AS id, EXISTS (SELECT FROM vigil.login WHERE login = session_user) AS taken FROM vigil.clinic',
  );
  const [clinic, second] = clinics;
  if (clinic === undefined || second !== undefined || clinic.taken) return false;
  await connection.query('SELECT vigil.add_room($1, $2, $3, session_user)', [clinic.id, roomId, name]);
  return true;
}
