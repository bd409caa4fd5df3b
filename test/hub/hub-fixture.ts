import { addLogin } from '../../electron/service/sync/hub/hub-logins.ts';
import { hubAddress, type HubAddress } from '../../electron/service/sync/hub/hub-address.ts';
import { connectToHub, type HubConnection } from '../../electron/service/sync/hub/hub-connection.ts';
import { readHubSteps } from '../../electron/service/sync/hub/hub-steps.ts';
import { migrateHub } from '../../electron/service/sync/hub/migrate-hub.ts';
import type { SentRow } from '../../electron/service/sync/sync-driver.ts';
import { startOwnPostgres, type Login, type OwnPostgres } from '../support/own-postgres.ts';

export const clinic = 'Clinic at the Mill';

/** Hubs on a server of this test's own. Each is a database of its own, copied from one that was set up once. */
export interface Hubs {
  readonly postgres: OwnPostgres;
  /** A hub with no room. */
  create(): Promise<TestHub>;
  close(): Promise<void>;
}

export interface TestHub {
  readonly database: string;
  /** By whoever owns it. */
  readonly owner: HubConnection;
  address(login?: Login): HubAddress;
  /** Makes a room its login. */
  addRoom(roomId: string, name?: string): Promise<Login>;
  addReader(ofClinic?: string): Promise<Login>;
  connect(login: Login): Promise<HubConnection>;
  /** The rows of a room, as they stand there. */
  rowsOf(roomId: string): Promise<(SentRow & { readonly arrivedMs: number })[]>;
  /** Puts the tables back to what `mark` found: a hub that was restored from a copy. */
  restoreTo(roomId: string, seq: number): Promise<void>;
  close(): void;
}

let logins = 0;

export async function startHubs(): Promise<Hubs> {
  const postgres = await startOwnPostgres();
  await postgres.createDatabase('hub_template');
  const url = (database: string): string => `postgresql://${postgres.superuser.user}@127.0.0.1:${postgres.port}/${database}`;
  const template = await connectToHub(hubAddress(url('hub_template'), postgres.superuser.password, null));
  await migrateHub(template, readHubSteps(), clinic);
  template.end();
  let made = 0;
  return {
    postgres,
    create: async () => {
      const database = `hub_${(made += 1)}`;
      // The connection that set the template up may still be ending.
      for (let attempt = 1; ; attempt += 1) {
        try {
          await postgres.createDatabase(database, 'hub_template');
          break;
        } catch (error) {
          if (attempt === 100) throw error;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }
      return testHub(postgres, database);
    },
    close: () => postgres.close(),
  };
}

async function testHub(postgres: OwnPostgres, database: string): Promise<TestHub> {
  const address = ({ user, password }: Login = postgres.superuser): HubAddress =>
    hubAddress(`postgresql://${user}@127.0.0.1:${postgres.port}/${database}`, password, null);
  const owner = await ownerOf(() => connectToHub(address()));
  const addLoginOf = async (room: { roomId: string; name: string } | null, ofClinic: string): Promise<Login> => {
    // Logins are the whole server's.
    const login = { user: `login_${(logins += 1)}`, password: `secret of ${logins}` };
    const secret = { password: login.password, salt: Buffer.from(`salt of ${login.user}`) };
    await addLogin(owner, { login: login.user, room, clinic: ofClinic, secret });
    return login;
  };
  return {
    database,
    owner,
    address,
    addRoom: (roomId, name = 'Room 1') => addLoginOf({ roomId, name }, clinic),
    addReader: (ofClinic = clinic) => addLoginOf(null, ofClinic),
    connect: (login) => connectToHub(address(login)),
    rowsOf: (roomId) => rowsOf(owner, roomId),
    restoreTo: async (roomId, seq) => restoreTo(owner, roomId, seq),
    close: () => owner.end(),
  };
}

/** Whoever owns a hub, for rooms side by side: one question after the other, and a question again where the server was killed. */
async function ownerOf(connect: () => Promise<HubConnection>): Promise<HubConnection> {
  let opened = await connect();
  let before: Promise<unknown> = Promise.resolve();
  const ask = async <Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]> => {
    try {
      return await opened.query<Row>(text, values);
    } catch (error) {
      const { code = '57P' } = error as { readonly code?: string };
      if (!/^(57P|E)/.test(code)) throw error;
      opened = await connectAgain(connect);
      return opened.query<Row>(text, values);
    }
  };
  return {
    query: <Row extends object>(text: string, values?: readonly unknown[]) => {
      const asked = before.then(() => ask<Row>(text, values));
      before = asked.catch(() => undefined);
      return asked;
    },
    end: () => opened.end(),
  };
}

async function connectAgain(connect: () => Promise<HubConnection>): Promise<HubConnection> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await connect();
    } catch (error) {
      if (attempt === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function rowsOf(owner: HubConnection, roomId: string): Promise<(SentRow & { readonly arrivedMs: number })[]> {
  const rows = await owner.query<SentRow & { readonly arrivedMs: number }>(
    `SELECT epoch, seq::float8 AS seq, event_id AS "eventId", session_id AS "sessionId", kind, occurred_ms::float8 AS "occurredMs",
      occurred_offset_min AS "occurredOffsetMin", recorded_ms::float8 AS "recordedMs", recorded_offset_min AS "recordedOffsetMin",
      mono_us::float8 AS "monoUs", boot_id AS "bootId", actor, command_id AS "commandId", supersedes, body, withheld, redacted,
      encode(prev, 'hex') AS prev, encode(hash, 'hex') AS hash, extract(epoch FROM arrived_at)::float8 * 1000 AS "arrivedMs"
      FROM vigil.event JOIN vigil.epoch USING (clinic_id, room_id, line, epoch) WHERE room_id = $1 ORDER BY begun_at, first_seq, seq`,
    [roomId],
  );
  return rows;
}

async function restoreTo(owner: HubConnection, roomId: string, seq: number): Promise<void> {
  // Several statements in one text are one transaction.
  await owner.query(`SELECT FROM vigil.head WHERE room_id = '${roomId}' FOR UPDATE;
    DELETE FROM vigil.withholding WHERE room_id = '${roomId}' AND seq > ${seq};
    DELETE FROM vigil.event WHERE room_id = '${roomId}' AND seq > ${seq};
    UPDATE vigil.head SET last_seq = ${seq}, epoch = last.epoch, last_hash = coalesce(last.hash, decode(repeat('00', 32), 'hex'))
      FROM (SELECT (SELECT v.epoch FROM vigil.event AS v JOIN vigil.epoch AS e USING (clinic_id, room_id, line, epoch)
          WHERE v.room_id = '${roomId}' ORDER BY e.begun_at DESC, v.seq DESC LIMIT 1) AS epoch,
        (SELECT v.hash FROM vigil.event AS v JOIN vigil.epoch AS e USING (clinic_id, room_id, line, epoch)
          WHERE v.room_id = '${roomId}' ORDER BY e.begun_at DESC, v.seq DESC LIMIT 1) AS hash) AS last
      WHERE room_id = '${roomId}';
    DELETE FROM vigil.epoch AS e WHERE room_id = '${roomId}' AND NOT EXISTS
      (SELECT FROM vigil.event AS v WHERE v.room_id = e.room_id AND v.epoch = e.epoch)`);
}
