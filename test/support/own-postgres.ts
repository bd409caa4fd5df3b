import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { postgresPrograms } from '../../electron/setup/system-tools.mjs';
import { ownClock } from '../../electron/setup/test-clock.mjs';

/** A PostgreSQL server of this test file alone: on loopback, with TLS and passwords, synced to its disk. It ends with the process. */
export interface OwnPostgres {
  readonly port: number;
  readonly superuser: Login;
  /** The certificate that it can be proved by. */
  readonly caFile: string;
  /** One that has nothing to do with it. */
  readonly otherCaFile: string;
  /** Makes a database, as a copy of another where one is named. */
  createDatabase(name: string, template?: string): Promise<void>;
  connect(database: string, login?: Login): Promise<pg.Client>;
  /** Ends the server as a power loss of its process would; resolves when it is gone. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends it and removes all that it was. */
  close(): Promise<void>;
}

export interface Login {
  readonly user: string;
  readonly password: string;
}

const isRoot = process.getuid?.() === 0;

/** Why no server can be had here, or null: a test that needs one says it when it is skipped. */
export const reasonForNoPostgres = ((): string | null => {
  if (postgresPrograms() === undefined) return 'there is no PostgreSQL 15 or newer here (Debian: the package postgresql)';
  if (isRoot && spawnSync('runuser', ['-u', 'postgres', '--', 'true']).status !== 0) return 'there is no account "postgres" to run it as';
  return spawnSync('openssl', ['version']).status === 0 ? null : 'there is no openssl to make its certificate';
})();

/** PostgreSQL does not run as root; it knows nothing of a test's clock. */
function asServer(command: string, args: readonly string[]): [command: string, args: string[], env: Record<string, string>] {
  const env = ownClock(process.env);
  return isRoot ? ['runuser', ['-u', 'postgres', '--', command, ...args], env] : [command, [...args], env];
}

function run([command, args, env]: ReturnType<typeof asServer>): void {
  const done = spawnSync(command, args, { encoding: 'utf8', env, cwd: tmpdir() });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr}${done.error?.message ?? ''}`);
}

/** The server ends with its input: however this process ends, the pipe to it closes. */
const serverWhileHeld = '"$@" & server=$!; read -r _; kill -QUIT $server; wait';

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const bin = postgresPrograms();
  if (bin === undefined) throw new Error(reasonForNoPostgres ?? '');
  const place = mkdtempSync(join(tmpdir(), 'vigil-postgres-'));
  chmodSync(place, 0o711);
  const superuser = { user: 'hub_owner', password: 'a password of tests' };
  const certificates = makeCertificates(place);
  const data = join(place, 'data');
  makeCluster(bin, place, data, superuser.password);
  const port = await freePort();
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'on',
    max_connections: 60,
    ssl: 'on',
    ssl_cert_file: join(data, 'server.crt'),
    ssl_key_file: join(data, 'server.key'),
    shared_buffers: '32MB',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let held: ChildProcess | null = null;

  const connect = async (database: string, login: Login = superuser): Promise<pg.Client> => {
    const client = new pg.Client({ ...login, host: '127.0.0.1', port, database });
    // A server that is killed ends it; whoever asks it then is told.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  /** After a kill its old processes may still hold the folder: then it is asked again. */
  const start = async (): Promise<void> => {
    for (let attempt = 1; ; attempt += 1) {
      const [command, args, env] = asServer('sh', ['-c', serverWhileHeld, 'sh', join(bin, 'postgres'), '-D', data, ...options]);
      const log = { stdio: ['pipe', 'ignore', 'ignore'] as ['pipe', 'ignore', 'ignore'], env, cwd: tmpdir() };
      const child = spawn(command, args, log);
      held = child;
      if (await answers(() => connect('postgres'), child)) return;
      child.stdin?.end();
      if (attempt === 30) throw new Error('PostgreSQL does not start');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const kill = async (): Promise<void> => {
    const child = held;
    held = null;
    if (child === null) return;
    const gone = once(child, 'exit');
    try {
      process.kill(Number(readFileSync(join(data, 'postmaster.pid'), 'latin1').split('\n', 1)[0]), 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
    child.stdin?.end();
    await gone;
  };
  await start();
  return {
    port,
    superuser,
    ...certificates,
    connect,
    createDatabase: async (name, template = 'template1') => {
      const client = await connect('postgres');
      try {
        await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
      } finally {
        await client.end();
      }
    },
    kill,
    start,
    close: async () => {
      await kill();
      rmSync(place, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    },
  };
}

function makeCluster(bin: string, place: string, data: string, password: string): void {
  const passwordFile = join(place, 'password');
  writeFileSync(passwordFile, password);
  mkdirSync(data, { mode: 0o700 });
  if (isRoot) for (const path of [data, passwordFile]) giveToServer(path);
  const auth = ['-A', 'scram-sha-256', '--pwfile', passwordFile, '-U', 'hub_owner'];
  run(asServer(join(bin, 'initdb'), ['-D', data, ...auth, '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync', '--no-instructions']));
  rmSync(passwordFile);
  for (const name of ['server.crt', 'server.key']) {
    writeFileSync(join(data, name), readFileSync(join(place, name)), { mode: 0o600 });
    if (isRoot) giveToServer(join(data, name));
  }
}

function giveToServer(path: string): void {
  const ids = ['-u', '-g'].map((which) => Number(spawnSync('id', [which, 'postgres'], { encoding: 'utf8' }).stdout));
  chownSync(path, ids[0] ?? 0, ids[1] ?? 0);
}

/** Its own certificate authority, a certificate for the name localhost and its address, and an authority that signed nothing. */
function makeCertificates(place: string): { readonly caFile: string; readonly otherCaFile: string } {
  const file = (name: string): string => join(place, name);
  // By the test's own clock, by which they are judged.
  const openssl = (...args: string[]): void => run(['openssl', args, { ...process.env } as Record<string, string>]);
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  for (const name of ['ca', 'other-ca']) {
    openssl('req', '-x509', ...newKey, '-keyout', file(`${name}.key`), '-out', file(`${name}.crt`), '-subj', `/CN=${name}`, '-days', '2');
  }
  writeFileSync(file('names'), 'subjectAltName=IP:127.0.0.1,DNS:localhost');
  openssl('req', ...newKey, '-keyout', file('server.key'), '-out', file('server.csr'), '-subj', '/CN=localhost');
  const signed = ['-CA', file('ca.crt'), '-CAkey', file('ca.key'), '-CAcreateserial', '-extfile', file('names'), '-days', '2'];
  openssl('x509', '-req', '-in', file('server.csr'), ...signed, '-out', file('server.crt'));
  return { caFile: file('ca.crt'), otherCaFile: file('other-ca.crt') };
}

async function answers(connect: () => Promise<pg.Client>, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null) {
    try {
      await (await connect()).end();
      return true;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
