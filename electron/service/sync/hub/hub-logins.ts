import { createHmac, createHash, pbkdf2Sync } from 'node:crypto';
import type { HubConnection } from './hub-connection.ts';
import { HubRefusal } from './migrate-hub.ts';

export interface NewLogin {
  readonly login: string;
  /** Null: whoever reads the clinic's records. */
  readonly room: { readonly roomId: string; readonly name: string } | null;
  /** Null where the hub has one clinic. */
  readonly clinic: string | null;
  /** Of a login that is made now; null: the login exists. */
  readonly secret: { readonly password: string; readonly salt: Uint8Array } | null;
}

/** Names that PostgreSQL takes as they are, without quotes: what is typed in one tool is then the same in another. */
export const loginName = /^[a-z_][a-z0-9_]{0,62}$/;

/** Makes a login, or takes one that is there, and says whose it is. All of it, or nothing. Throws `HubRefusal`. */
export async function addLogin(connection: HubConnection, { login, room, clinic, secret }: NewLogin): Promise<void> {
  if (!loginName.test(login)) throw new HubRefusal(`"${login}" cannot be a login: small letters, digits and _ only, no digit first.`);
  const clinicId = await clinicOf(connection, clinic);
  const exists = (await connection.query('SELECT FROM pg_roles WHERE rolname = $1', [login])).length > 0;
  if (exists && secret !== null) throw new HubRefusal(`The login ${login} exists, and keeps its password: leave out --password-to.`);
  if (!exists && secret === null)
    throw new HubRefusal(`The server has no login ${login}: name a file for its new password with --password-to.`);
  const known = await connection.query('SELECT FROM vigil.login WHERE login = $1', [login]);
  if (known.length > 0) throw new HubRefusal(`The login ${login} is in use at this hub already.`);
  await connection.query('BEGIN');
  try {
    // Neither name nor verifier can hold a quote.
    if (secret !== null) await connection.query(`CREATE ROLE ${login} LOGIN PASSWORD '${scramVerifier(secret.password, secret.salt)}'`);
    await connection.query(`GRANT ${room === null ? 'vigil_reader' : 'vigil_room'} TO ${login}`);
    if (room === null) {
      await connection.query(`INSERT INTO vigil.login (login, clinic_id, kind) VALUES ($1, $2, 'reader')`, [login, clinicId]);
    } else {
      await connection.query('SELECT vigil.add_room($1, $2, $3, $4)', [clinicId, room.roomId, room.name, login]);
    }
    await connection.query('COMMIT');
  } catch (error) {
    await connection.query('ROLLBACK');
    throw error;
  }
}

async function clinicOf(connection: HubConnection, name: string | null): Promise<string> {
  const clinics = await connection.query<{ id: string; name: string }>('SELECT clinic_id AS id, name FROM vigil.clinic ORDER BY name');
  const [first, second] = name === null ? clinics : clinics.filter((clinic) => clinic.name === name);
  if (first === undefined)
    throw new HubRefusal(name === null ? 'The hub has no clinic. Run: vigil hub migrate' : `The hub has no clinic "${name}".`);
  if (second !== undefined) throw new HubRefusal('The hub has several clinics: name one with --clinic.');
  return first.id;
}

const iterations = 4096;

/** What a server keeps of a password (RFC 5803): it can check the password by it, and neither it nor its log ever holds the password. */
export function scramVerifier(password: string, salt: Uint8Array): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const keyed = (text: string): Buffer => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(keyed('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${Buffer.from(salt).toString('base64')}$${storedKey}:${keyed('Server Key').toString('base64')}`;
}
