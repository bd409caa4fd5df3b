import type { HubConnection } from './hub-connection.ts';
import { hubVersion, type HubStep } from './hub-steps.ts';

/** Why a hub cannot be set up or used, in words; nothing was changed. */
export class HubRefusal extends Error {
  override readonly name = 'HubRefusal';
}

export interface MigratedHub {
  /** The steps that were run now. */
  readonly applied: readonly number[];
  readonly version: number;
  readonly clinicId: string;
}

/** Held while steps run, so that two of them wait for each other. */
const advisoryLock = 7_300_101;
const oldestServer = 15;

/** Brings a database to this Vigil's version of the hub, and names its clinic. Each step is run whole or not at all. Throws `HubRefusal`. */
export async function migrateHub(connection: HubConnection, steps: readonly HubStep[], clinic: string): Promise<MigratedHub> {
  await refuseServer(connection);
  await connection.query('SELECT pg_advisory_lock($1)', [advisoryLock]);
  try {
    const before = await appliedSteps(connection);
    refuseSteps(before, steps);
    const applied: number[] = [];
    for (const step of steps.filter(({ number }) => !before.has(number))) {
      await runStep(connection, step);
      applied.push(step.number);
    }
    return { applied, version: hubVersion, clinicId: await nameClinic(connection, clinic) };
  } finally {
    await connection.query('SELECT pg_advisory_unlock($1)', [advisoryLock]);
  }
}

export interface ServerFacts {
  readonly version: string;
  readonly encoding: string;
}

/** Throws `HubRefusal` for a server that cannot hold a hub. */
export async function refuseServer(connection: HubConnection): Promise<ServerFacts> {
  const [facts] = await connection.query<ServerFacts & { number: number }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
      current_setting('server_encoding') AS encoding`,
  );
  if (facts === undefined) throw new HubRefusal('the server said nothing of itself');
  if (facts.number < oldestServer * 10_000) {
    throw new HubRefusal(`PostgreSQL ${facts.version} is too old for a hub: it takes ${oldestServer} or newer.`);
  }
  if (facts.encoding !== 'UTF8') {
    throw new HubRefusal(`The database is in ${facts.encoding}. A hub takes UTF8: make the database anew with ENCODING 'UTF8'.`);
  }
  return facts;
}

/** The SHA-256 of each step's file, null where it was run by hand; empty where there is no hub yet. */
export async function appliedSteps(connection: HubConnection): Promise<ReadonlyMap<number, string | null>> {
  const [there] = await connection.query<{ found: boolean }>(`SELECT to_regclass('vigil.schema_version') IS NOT NULL AS found`);
  if (there?.found !== true) return new Map();
  const rows = await connection.query<{ n: number; sha256: string | null }>('SELECT n, sha256 FROM vigil.schema_version ORDER BY n');
  return new Map(rows.map(({ n, sha256 }) => [n, sha256]));
}

function refuseSteps(applied: ReadonlyMap<number, string | null>, steps: readonly HubStep[]): void {
  for (const [number, sha256] of applied) {
    const step = steps.find((known) => known.number === number);
    if (step === undefined) {
      throw new HubRefusal(`The hub is of a newer Vigil (step ${number}; this one knows ${hubVersion}). Update Vigil here.`);
    }
    if (sha256 !== null && sha256 !== step.sha256) {
      throw new HubRefusal(`Step ${number} of the hub was run from another file than ${step.file} of this Vigil. See: vigil hub doctor`);
    }
  }
}

async function runStep(connection: HubConnection, { number, sql, sha256 }: HubStep): Promise<void> {
  await connection.query('BEGIN');
  try {
    await connection.query(sql);
    await connection.query('UPDATE vigil.schema_version SET sha256 = $2 WHERE n = $1', [number, sha256]);
    await connection.query('COMMIT');
  } catch (error) {
    await connection.query('ROLLBACK');
    throw error;
  }
}

async function nameClinic(connection: HubConnection, name: string): Promise<string> {
  await connection.query('INSERT INTO vigil.clinic (name) VALUES ($1) ON CONFLICT (name) DO NOTHING', [name]);
  const [clinic] = await connection.query<{ id: string }>('SELECT clinic_id AS id FROM vigil.clinic WHERE name = $1', [name]);
  if (clinic === undefined) throw new HubRefusal(`The clinic "${name}" could not be written to the hub.`);
  return clinic.id;
}
