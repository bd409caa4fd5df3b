import type { HubConnection } from './hub-connection.ts';
import { functionsOf, hubVersion, type HubStep } from './hub-steps.ts';
import { appliedSteps, refuseServer } from './migrate-hub.ts';

/** Something about a hub that is not as it has to be. */
export interface HubFinding {
  readonly what: string;
  readonly mend: string;
}

export interface HubRoom {
  readonly clinic: string;
  readonly room: string;
  readonly roomId: string;
  readonly seq: number;
  readonly lastSeen: string | null;
  /** Rows of which words went after they had been here. */
  readonly takenBack: number;
}

export interface HubReport {
  readonly server: string;
  readonly findings: readonly HubFinding[];
  readonly rooms: readonly HubRoom[];
}

/** Looks whether a hub is as its steps made it, and the server one that keeps what it acknowledges. Changes nothing. */
export async function examineHub(
  connection: HubConnection,
  steps: readonly HubStep[],
  { records }: { readonly records: boolean },
): Promise<HubReport> {
  const server = (await refuseServer(connection)).version;
  const version = await versionFindings(connection, steps);
  if (version.isAbsent) return { server, findings: version.findings, rooms: [] };
  const findings = [
    ...version.findings,
    ...(await durabilityFindings(connection)),
    ...(await functionFindings(connection, steps)),
    ...(await rightsFindings(connection)),
    ...(await loginFindings(connection)),
    ...(records ? await recordFindings(connection) : []),
  ];
  return { server, findings, rooms: await roomsOf(connection) };
}

async function versionFindings(
  connection: HubConnection,
  steps: readonly HubStep[],
): Promise<{ isAbsent: boolean; findings: HubFinding[] }> {
  const applied = await appliedSteps(connection);
  const isAbsent = applied.size === 0;
  if (isAbsent) return { isAbsent, findings: [{ what: 'this database is no hub yet', mend: 'vigil hub migrate' }] };
  const findings: HubFinding[] = [];
  for (const [number, sha256] of applied) {
    const step = steps.find((known) => known.number === number);
    if (step === undefined)
      findings.push({ what: `step ${number} is of a newer Vigil`, mend: `update Vigil here (it knows ${hubVersion})` });
    else if (sha256 !== null && sha256 !== step.sha256) {
      findings.push({ what: `step ${number} was run from another file than ${step.file}`, mend: 'find out who changed it' });
    }
  }
  for (const { number, file } of steps)
    if (!applied.has(number)) findings.push({ what: `step ${file} was not run`, mend: 'vigil hub migrate' });
  return { isAbsent, findings };
}

async function durabilityFindings(connection: HubConnection): Promise<HubFinding[]> {
  const names = ['fsync', 'full_page_writes', 'synchronous_commit'];
  const settings = await connection.query<{ name: string; setting: string }>(
    'SELECT name, setting FROM pg_settings WHERE name = ANY ($1) ORDER BY name',
    [names],
  );
  return settings
    .filter(({ setting }) => setting === 'off')
    .map(({ name }) => ({ what: `the server runs with ${name} = off: what it acknowledged can be lost`, mend: `set ${name} = on` }));
}

interface FoundFunction {
  readonly name: string;
  readonly body: string;
  readonly as_owner: boolean;
  readonly owner: string;
  readonly settings: string[] | null;
  readonly for_all: boolean;
}

async function functionFindings(connection: HubConnection, steps: readonly HubStep[]): Promise<HubFinding[]> {
  const found = await connection.query<FoundFunction>(
    `SELECT proname AS name, prosrc AS body, prosecdef AS as_owner, pg_get_userbyid(proowner) AS owner, proconfig AS settings,
      has_function_privilege('public', oid, 'EXECUTE') AS for_all
      FROM pg_proc WHERE pronamespace = 'vigil'::regnamespace ORDER BY proname`,
  );
  const expected = functionsOf(steps);
  const mend = 'find out who changed it, and make it again from its file in resources/hub';
  const findings = expected
    .filter(({ name }) => !found.some((one) => one.name === name))
    .map(({ name }) => ({ what: `the function vigil.${name} is missing`, mend }));
  for (const one of found) {
    const known = expected.find(({ name }) => name === one.name);
    const say = (what: string): number => findings.push({ what: `the function vigil.${one.name} ${what}`, mend });
    if (known === undefined) say('is none of Vigil');
    else if (one.body !== known.body) say('does something else than its file says');
    else if (one.as_owner !== known.asOwner) say(known.asOwner ? 'has lost the rights of its owner' : 'runs with the rights of its owner');
    if (one.owner !== 'vigil_owner') say(`belongs to ${one.owner} and not to vigil_owner`);
    if (one.as_owner && one.settings?.join() !== 'search_path=pg_catalog, pg_temp') say('has no search path of its own');
    if (one.for_all) say('may be called by everybody');
  }
  return findings;
}

async function rightsFindings(connection: HubConnection): Promise<HubFinding[]> {
  const grants = await connection.query<{ grantee: string; what: string; name: string }>(
    `SELECT CASE WHEN a.grantee = 0 THEN 'everybody' ELSE pg_get_userbyid(a.grantee) END AS grantee, a.privilege_type AS what, c.relname AS name
      FROM pg_class AS c CROSS JOIN LATERAL aclexplode(c.relacl) AS a
      WHERE c.relnamespace = 'vigil'::regnamespace AND a.grantee <> c.relowner
        AND NOT (pg_get_userbyid(a.grantee) = 'vigil_reader' AND a.privilege_type = 'SELECT')
      ORDER BY c.relname, grantee, what`,
  );
  const tables = await connection.query<{ name: string; is_open: boolean; triggers: number }>(
    `SELECT c.relname AS name, NOT c.relrowsecurity AS is_open,
      (SELECT count(*)::int FROM pg_trigger AS t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
        + (SELECT count(*)::int FROM pg_rewrite AS r WHERE r.ev_class = c.oid) AS triggers
      FROM pg_class AS c WHERE c.relnamespace = 'vigil'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'schema_version'
      ORDER BY c.relname`,
  );
  return [
    ...grants.map(({ grantee, what, name }) => ({
      what: `${grantee} has the right ${what} on vigil.${name}`,
      mend: `REVOKE ${what} ON vigil.${name}: rooms reach the tables by the functions alone`,
    })),
    ...tables
      .filter(({ is_open }) => is_open)
      .map(({ name }) => ({
        what: `vigil.${name} shows every reader the rows of all clinics`,
        mend: `ALTER TABLE vigil.${name} ENABLE ROW LEVEL SECURITY`,
      })),
    ...tables
      .filter(({ triggers }) => triggers > 0)
      .map(({ name }) => ({ what: `vigil.${name} has a trigger or rule that is none of Vigil`, mend: 'find out who made it' })),
  ];
}

async function loginFindings(connection: HubConnection): Promise<HubFinding[]> {
  const logins = await connection.query<{ login: string; kind: string; exists: boolean; belongs: boolean; too_much: boolean }>(
    `SELECT l.login, l.kind, r.oid IS NOT NULL AS exists,
      coalesce(pg_has_role(r.oid, 'vigil_' || l.kind, 'USAGE'), false) AS belongs,
      coalesce(r.rolsuper OR pg_has_role(r.oid, 'vigil_owner', 'MEMBER'), false) AS too_much
      FROM vigil.login AS l LEFT JOIN pg_roles AS r ON r.rolname = l.login ORDER BY l.login`,
  );
  return logins.flatMap(({ login, kind, exists, belongs, too_much }) => {
    if (!exists)
      return [{ what: `the login ${login} is gone from the server`, mend: 'make it again there, or take its row out of vigil.login' }];
    if (too_much)
      return [{ what: `the login ${login} of a ${kind} owns the hub`, mend: 'give the room a login of its own: vigil hub login add' }];
    return belongs ? [] : [{ what: `the login ${login} is no member of vigil_${kind}`, mend: `GRANT vigil_${kind} TO ${login}` }];
  });
}

const wrongEventsShown = 20;

async function recordFindings(connection: HubConnection): Promise<HubFinding[]> {
  const wrong = await connection.query<{ room_id: string; seq: string; what: string }>(
    `SELECT room_id, seq, what FROM vigil.wrong_events() LIMIT ${wrongEventsShown}`,
  );
  return wrong.map(({ room_id, seq, what }) => ({
    what: `event ${seq} of room ${room_id}: ${what}`,
    mend: 'the room has it as it was; find out who changed it here',
  }));
}

async function roomsOf(connection: HubConnection): Promise<HubRoom[]> {
  return connection.query<HubRoom>(
    `SELECT c.name AS clinic, r.name AS room, r.room_id AS "roomId", h.last_seq::float8 AS seq,
      to_char(h.seen_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "lastSeen",
      (SELECT count(*)::int FROM vigil.withholding AS w WHERE (w.clinic_id, w.room_id) = (r.clinic_id, r.room_id)) AS "takenBack"
      FROM vigil.room AS r JOIN vigil.clinic AS c USING (clinic_id) JOIN vigil.head AS h USING (clinic_id, room_id)
      WHERE h.line = 0 ORDER BY c.name, r.name`,
  );
}
