import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest';
import type { Command } from '../../electron/cli/command.ts';
import { hubCommand } from '../../electron/cli/hub.ts';
import { hubDoctorCommand } from '../../electron/cli/hub-doctor.ts';
import { hubLoginAddCommand } from '../../electron/cli/hub-login.ts';
import { hubMigrateCommand } from '../../electron/cli/hub-migrate.ts';
import type { HubEnvironment } from '../../electron/cli/hub-options.ts';
import type { HubConnection } from '../../electron/service/sync/hub/hub-connection.ts';
import { functionsOf, hubVersion, readHubSteps } from '../../electron/service/sync/hub/hub-steps.ts';
import { migrateHub } from '../../electron/service/sync/hub/migrate-hub.ts';
import { appendEvents } from '../../electron/service/sync/targets/postgres/hub-log.ts';
import { ownClock } from '../../electron/setup/test-clock.mjs';
import { projectRoot } from '../../electron/setup/project-root.mjs';
import { findTool } from '../../electron/setup/system-tools.mjs';
import { reasonForNoPostgres } from '../support/own-postgres.ts';
import { createChainedLog } from './chained-log.ts';
import { startHubs, type Hubs, type TestHub } from './hub-fixture.ts';

let hubs: Hubs;
let place: string;
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'vigil-hub-'));
  if (reasonForNoPostgres === null) hubs = await startHubs();
});
afterAll(async () => {
  rmSync(place, { recursive: true });
  await hubs?.close();
});

interface Ran {
  readonly exitCode: number;
  readonly lines: readonly Record<string, unknown>[];
  readonly told: string;
}

/** Runs a command as somebody at the hub's own computer would. */
async function run(
  command: Command<string, [HubEnvironment?]> | Pick<Command, 'run'>,
  argv: readonly string[],
  env: HubEnvironment,
): Promise<Ran> {
  const out: string[] = [];
  const told: string[] = [];
  const io = { stdout: (line: string) => void out.push(line), stderr: (line: string) => void told.push(line) };
  const exitCode = await (command as Command<string, [HubEnvironment?]>).run(argv, io, env);
  return { exitCode, lines: out.map((line) => JSON.parse(line) as Record<string, unknown>), told: told.join('\n') };
}

function ownerEnvironment(database: string): HubEnvironment {
  const { port, superuser } = hubs.postgres;
  return { VIGIL_HUB_DSN: `postgresql://${superuser.user}@127.0.0.1:${port}/${database}`, VIGIL_HUB_PASSWORD: superuser.password };
}

let made = 0;

async function emptyDatabase(ctx: TestContext): Promise<{ database: string; env: HubEnvironment }> {
  ctx.skip(reasonForNoPostgres !== null, reasonForNoPostgres ?? '');
  const database = `empty_${(made += 1)}`;
  await hubs.postgres.createDatabase(database);
  return { database, env: ownerEnvironment(database) };
}

async function freshHub(ctx: TestContext): Promise<{ hub: TestHub; env: HubEnvironment }> {
  ctx.skip(reasonForNoPostgres !== null, reasonForNoPostgres ?? '');
  const hub = await hubs.create();
  ctx.onTestFinished(() => hub.close());
  return { hub, env: ownerEnvironment(hub.database) };
}

/** Everything that makes a hub: functions, tables, rights. */
async function shapeOf(connection: HubConnection): Promise<unknown> {
  return [
    await connection.query(`SELECT proname, prosrc, prosecdef, proconfig, proacl::text FROM pg_proc
      WHERE pronamespace = 'vigil'::regnamespace ORDER BY proname`),
    await connection.query(`SELECT relname, relkind, relrowsecurity, relacl::text FROM pg_class
      WHERE relnamespace = 'vigil'::regnamespace ORDER BY relname`),
    await connection.query(`SELECT conname, pg_get_constraintdef(oid) AS def FROM pg_constraint
      WHERE connamespace = 'vigil'::regnamespace ORDER BY conname`),
  ];
}

test('HUB-1 migrate makes an empty database a hub, says so, and changes nothing the second time', async (ctx) => {
  const { env } = await emptyDatabase(ctx);
  const first = await run(hubMigrateCommand, ['--clinic', 'Mill'], env);
  expect(first).toMatchObject({ exitCode: 0, lines: [{ type: 'migrated', applied: [10], version: hubVersion, clinic: 'Mill' }] });
  expect(first.told).toContain('not encrypted, because 127.0.0.1 is this computer');
  const second = await run(hubMigrateCommand, ['--clinic', 'Mill'], env);
  expect(second.lines).toEqual([{ ...first.lines[0], applied: [] }]);
  expect((await run(hubDoctorCommand, ['--records'], env)).lines).toMatchObject([
    { type: 'examined', findings: 0, rooms: 0, encrypted: false },
  ]);
});

test('HUB-1 two that migrate at once both end well', async (ctx) => {
  const { env } = await emptyDatabase(ctx);
  const both = await Promise.all(['Mill', 'Hill'].map((clinic) => run(hubMigrateCommand, ['--clinic', clinic], env)));
  expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  expect(both.flatMap(({ lines }) => lines[0]?.['applied'])).toEqual([10]);
});

test('HUB-1 a step that fails leaves nothing of itself, and those before it stay', async (ctx) => {
  const { hub } = await freshHub(ctx);
  const before = await shapeOf(hub.owner);
  const broken = { number: 9000, file: '9000-x.sql', sha256: 'x', sql: 'CREATE TABLE vigil.half (x int); SELECT 1 / 0;' };
  await expect(migrateHub(hub.owner, [...readHubSteps(), broken], 'Mill')).rejects.toThrow('division by zero');
  expect(await shapeOf(hub.owner)).toEqual(before);
});

test('HUB-2 psql makes the same hub of the same files, and migrate takes it as it is', async (ctx) => {
  const { database, env } = await emptyDatabase(ctx);
  ctx.skip(findTool('psql') === undefined, 'psql is not here');
  const { hub } = await freshHub(ctx);
  const { port, superuser } = hubs.postgres;
  const file = join(projectRoot, 'resources', 'hub', readHubSteps()[0]!.file);
  const args = ['-h', '127.0.0.1', '-p', String(port), '-U', superuser.user, '-d', database, '-1', '-v', 'ON_ERROR_STOP=1', '-f', file];
  const psql = spawnSync('psql', args, { env: { ...ownClock(process.env), PGPASSWORD: superuser.password }, encoding: 'utf8' });
  expect([psql.status, psql.stderr]).toEqual([0, '']);
  expect((await run(hubMigrateCommand, ['--clinic', 'Mill'], env)).lines).toMatchObject([{ applied: [] }]);
  const byHand = await hubs.postgres.connect(database);
  const asked = { query: async <Row extends object>(text: string) => (await byHand.query<Row>(text)).rows, end: () => undefined };
  expect(await shapeOf(asked)).toEqual(await shapeOf(hub.owner));
  await byHand.end();
  expect((await run(hubDoctorCommand, [], env)).exitCode).toBe(0);
});

test('HUB-3 a newer hub and a step from another file are refused, and nothing is changed', async (ctx) => {
  const { hub, env } = await freshHub(ctx);
  await hub.owner.query('INSERT INTO vigil.schema_version (n) VALUES (9990)');
  const newer = await run(hubMigrateCommand, ['--clinic', 'New'], env);
  expect(newer).toMatchObject({ exitCode: 1, lines: [{ type: 'refused', code: 'HUB_REFUSED' }] });
  expect(newer.told).toContain('is of a newer Vigil (step 9990');
  await hub.owner.query(`DELETE FROM vigil.schema_version WHERE n = 9990; UPDATE vigil.schema_version SET sha256 = 'x'`);
  expect((await run(hubMigrateCommand, ['--clinic', 'New'], env)).told).toContain('was run from another file than 0010-event-log.sql');
  expect(await hub.owner.query(`SELECT FROM vigil.clinic WHERE name = 'New'`)).toEqual([]);
});

test('HUB-3 a database that is not UTF8 is refused', async (ctx) => {
  const { env } = await emptyDatabase(ctx);
  const owner = await hubs.postgres.connect('postgres');
  await owner.query(`CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
  await owner.end();
  const latin = { ...env, VIGIL_HUB_DSN: env['VIGIL_HUB_DSN']!.replace(/\w+$/, 'latin') };
  expect((await run(hubMigrateCommand, ['--clinic', 'Mill'], latin)).told).toContain('The database is in LATIN1. A hub takes UTF8');
});

const damages: readonly (readonly [what: string, sql: string, finding: string])[] = [
  ['another body', `UPDATE pg_proc SET prosrc = prosrc || ' ' WHERE proname = 'my_head'`, 'my_head does something else'],
  ['a function less', 'DROP FUNCTION vigil.wrong_events', 'wrong_events is missing'],
  [
    'a function more',
    'CREATE FUNCTION vigil.extra() RETURNS int LANGUAGE sql AS $$SELECT 1$$; ALTER FUNCTION vigil.extra OWNER TO vigil_owner; REVOKE ALL ON FUNCTION vigil.extra FROM PUBLIC',
    'extra is none of Vigil',
  ],
  ['no search path', 'ALTER FUNCTION vigil.my_head RESET search_path', 'my_head has no search path'],
  ['not as owner', 'ALTER FUNCTION vigil.my_head SECURITY INVOKER', 'my_head has lost the rights'],
  ['a function for all', 'GRANT EXECUTE ON FUNCTION vigil.add_room TO PUBLIC', 'add_room may be called by everybody'],
  ['a table for rooms', 'GRANT SELECT ON vigil.event TO vigil_room', 'vigil_room has the right SELECT on vigil.event'],
  ['a table for all', 'GRANT DELETE ON vigil.event TO PUBLIC', 'everybody has the right DELETE on vigil.event'],
  ['no row rules', 'ALTER TABLE vigil.event DISABLE ROW LEVEL SECURITY', 'vigil.event shows every reader'],
  ['a rule', 'CREATE RULE r AS ON DELETE TO vigil.event DO INSTEAD NOTHING', 'vigil.event has a trigger or rule'],
  ['a step less', 'DELETE FROM vigil.schema_version', 'no hub yet'],
  ['another file', `UPDATE vigil.schema_version SET sha256 = 'x'`, 'was run from another file'],
  ['a newer step', 'INSERT INTO vigil.schema_version (n) VALUES (9990)', 'is of a newer Vigil'],
];

test.for(damages)('HUB-9 doctor names %s', async ([, sql, finding], ctx) => {
  const { hub, env } = await freshHub(ctx);
  await hub.owner.query(sql);
  const { exitCode, lines, told } = await run(hubDoctorCommand, [], env);
  expect([exitCode, lines.filter(({ type }) => type === 'finding').length]).toEqual([1, 1]);
  expect(told).toContain(finding);
  expect(told).toContain('Mend: ');
});

test('HUB-9 doctor names a server that does not keep what it acknowledges', async (ctx) => {
  const { hub, env } = await freshHub(ctx);
  await hub.owner.query(`ALTER DATABASE ${hub.database} SET synchronous_commit = off`);
  expect((await run(hubDoctorCommand, [], env)).told).toContain('synchronous_commit = off: what it acknowledged can be lost');
});

test('HUB-9 doctor names an event that was changed at the hub, when it is asked to, and a login that owns the hub', async (ctx) => {
  const { hub, env } = await freshHub(ctx);
  const log = createChainedLog(950);
  const room = await hub.connect(await hub.addRoom(log.roomId, 'Garden'));
  await appendEvents(room, { rows: log.add(9), takenBack: [] });
  room.end();
  expect((await run(hubDoctorCommand, ['--records'], env)).lines).toMatchObject([
    { type: 'room', room: 'Garden', roomId: log.roomId, seq: 9, takenBack: 0 },
    { type: 'examined', findings: 0, rooms: 1 },
  ]);
  await hub.owner.query(`UPDATE vigil.event SET body = '{}' WHERE seq = 4`);
  expect((await run(hubDoctorCommand, [], env)).exitCode).toBe(0);
  expect((await run(hubDoctorCommand, ['--records'], env)).told).toContain(`event 4 of room ${log.roomId}: its hash is not made`);
  await hub.owner.query(`DELETE FROM vigil.event WHERE seq = 9`);
  expect((await run(hubDoctorCommand, ['--records'], env)).told).toContain(
    `event 9 of room ${log.roomId}: it is the last that was acknowledged`,
  );
  await hub.owner.query(`UPDATE vigil.login SET login = session_user`);
  expect((await run(hubDoctorCommand, [], env)).told).toContain('of a room owns the hub');
});

test('HUB-10 login add makes a login, writes its password where only its owner reads it, and the server has only what checks it', async (ctx) => {
  const { hub, env } = await freshHub(ctx);
  const log = createChainedLog(951);
  const file = join(place, 'room-1-password');
  const argv = ['--room', log.roomId.toUpperCase(), '--room-name', 'Room 1', '--password-to', file, 'hub_room_1'];
  expect(await run(hubLoginAddCommand, argv, env)).toMatchObject({
    exitCode: 0,
    lines: [{ type: 'login-added', login: 'hub_room_1', kind: 'room', roomId: log.roomId, passwordFile: file }],
  });
  const password = readFileSync(file, 'utf8').trim();
  expect([password.length, statSync(file).mode & 0o777]).toEqual([32, 0o600]);
  const [kept] = await hub.owner.query<{ rolpassword: string }>(`SELECT rolpassword FROM pg_authid WHERE rolname = 'hub_room_1'`);
  expect(kept?.rolpassword).toMatch(/^SCRAM-SHA-256\$4096:/);
  expect(kept?.rolpassword).not.toContain(password);
  const room = await hub.connect({ user: 'hub_room_1', password });
  expect(await appendEvents(room, { rows: log.add(2), takenBack: [] })).toBe('appended');
  room.end();
});

test('HUB-10 a login that exists is taken with its password, and what cannot be added leaves nothing', async (ctx) => {
  const { hub, env } = await freshHub(ctx);
  await hub.owner.query(`CREATE ROLE made_by_it LOGIN PASSWORD 'known to IT'`);
  const file = join(place, 'password-of-it');
  const wrong: readonly (readonly [argv: readonly string[], words: string])[] = [
    [['--password-to', file, 'made_by_it'], 'exists, and keeps its password'],
    [['made_by_nobody'], 'name a file for its new password'],
    [['--password-to', file, 'No Good'], 'cannot be a login'],
    [['--clinic', 'Nowhere', 'made_by_it'], 'no clinic "Nowhere"'],
    [['--password-to', join(place, 'none', 'x'), 'made_by_nobody'], 'ENOENT'],
  ];
  for (const [argv, words] of wrong) {
    const refused = await run(hubLoginAddCommand, argv, env);
    expect([argv, refused.exitCode]).toEqual([argv, 1]);
    expect(refused.told).toContain(words);
    expect(existsSync(file)).toBe(false);
  }
  expect((await run(hubLoginAddCommand, ['made_by_it'], env)).exitCode).toBe(0);
  expect((await run(hubLoginAddCommand, ['made_by_it'], env)).told).toContain('in use at this hub already');
  const reader = await hub.connect({ user: 'made_by_it', password: 'known to IT' });
  expect(await reader.query('SELECT count(*)::int AS n FROM vigil.event')).toEqual([{ n: 0 }]);
  reader.end();
  expect(await hub.owner.query(`SELECT FROM pg_roles WHERE rolname = 'made_by_nobody'`)).toEqual([]);
});

test('HUB-11 without TLS, by the wrong authority, name, password, login and database: each is refused in its own words', async (ctx) => {
  const { hub, env } = await freshHub(ctx);
  const { port, superuser, caFile, otherCaFile } = hubs.postgres;
  const dsn = (host: string, rest = ''): string => `postgresql://${superuser.user}@${host}:${port}/${hub.database}${rest}`;
  const passwordFile = join(place, 'owner-password');
  writeFileSync(passwordFile, `${superuser.password}\n`);
  const good = ['--password-file', passwordFile, '--ca', caFile];
  const doctor = (url: string, argv: readonly string[] = good): Promise<Ran> => run(hubDoctorCommand, ['--dsn', url, ...argv], {});
  for (const host of ['localhost', '127.0.0.1']) {
    expect(await doctor(dsn(host))).toMatchObject({ exitCode: 0, lines: [{ type: 'examined', encrypted: true }] });
  }
  expect((await doctor(dsn('127.0.0.1', '?sslmode=verify-full'), ['--password-file', passwordFile])).told).toContain(
    'signed by nobody who is trusted',
  );
  expect((await doctor(dsn('localhost'), ['--password-file', passwordFile, '--ca', otherCaFile])).told).toContain(
    'signed by nobody who is trusted',
  );
  expect((await doctor(dsn('127.0.0.2'))).told).toMatch(/a certificate for another name|Nothing answers/);
  expect((await doctor(dsn('localhost'), ['--ca', caFile])).told).toContain('and none was given: --password-file');
  writeFileSync(passwordFile, 'wrong\n');
  expect((await doctor(dsn('localhost'))).told).toContain(`does not accept the password of ${superuser.user}`);
  const nowhere = { ...env, VIGIL_HUB_DSN: env['VIGIL_HUB_DSN']!.replace(/\w+$/, 'nowhere') };
  expect((await run(hubDoctorCommand, [], nowhere)).told).toContain('has no database "nowhere"');
  const closed = { ...env, VIGIL_HUB_DSN: env['VIGIL_HUB_DSN']!.replace(/:\d+\//, ':9/') };
  expect((await run(hubDoctorCommand, [], closed)).told).toContain('Nothing answers at 127.0.0.1:9/');
});

test('HUB-11 no hub, a wrong address and an unknown command are wrong usage, with the help', async () => {
  expect(await run(hubDoctorCommand, [], {})).toMatchObject({ exitCode: 2, told: expect.stringContaining('no hub was named') });
  expect((await run(hubDoctorCommand, ['--dsn', 'postgresql://a@h/d?sslmode=require'], {})).told).toContain('would not prove which server');
  expect((await run(hubCommand, ['mend'], {})).told).toContain('there is no command "mend"');
  expect((await run(hubCommand, ['login', 'add', '--help'], {})).told).toContain('usage: vigil hub login add');
  expect((await run(hubCommand, ['--help'], {})).exitCode).toBe(0);
});

test('HUB-9 each function of the files is known to the doctor by its body', () => {
  const sql = readHubSteps()
    .map((step) => step.sql)
    .join('\n');
  expect(functionsOf(readHubSteps()).length).toBe(sql.match(/CREATE FUNCTION vigil\./g)?.length);
  expect(readHubSteps().at(-1)?.number).toBe(hubVersion);
});
