import './small-young-generation.ts';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accountDataFolder } from '../../../shared/boot/account-data-folder.ts';
import type { PageKeys } from '../api/meet-page.ts';
import { servePage } from '../api/serve-page.ts';
import { serveWebSocket } from '../api/serve-websocket.ts';
import product from '../../../package.json' with { type: 'json' };
import { createSystemClock } from '../platform/system-clock.ts';
import { RoomService } from '../room-service.ts';
import { createPrivateFile, readPrivateFile } from '../store/data-folder.ts';
import { createBackupMaker } from './backup-maker.ts';
import { roomExists } from '../store/room-exists.ts';

// Imported as a module, `node:http` loads a whole client of HTTP for names that nobody here asks for: some ten milliseconds of a start.
const { createServer } = process.getBuiltinModule('node:http');

export interface HeadlessOptions {
  /** null: this account's own. */
  readonly dataFolder: string | null;
  /** 0: any free port. */
  readonly port: number;
  readonly mode: 'room' | 'demo' | 'room-or-demo';
  readonly demoRate: number;
  readonly extraPorts: readonly string[];
  /** Where the room's backups are written; null: it makes none by itself. */
  readonly backupTo: string | null;
  /** The secret that opens the demo to a page; a room keeps its own. */
  readonly demoToken: string;
}

export interface ServedRoom {
  /** With a code in its fragment that opens the room to one page, once: whoever starts a browser shows its address to every account. */
  readonly url: string;
  /** Resolves when the process was asked to stop and everything is closed. */
  readonly stopped: Promise<void>;
  openBrowser(): void;
}

/** The browser shell: the room service as a plain process, behind a loopback server. */
export async function serveHeadless(options: HeadlessOptions): Promise<ServedRoom> {
  const folder = pageFolder();
  const dataFolder = options.dataFolder ?? defaultDataFolder();
  if (options.dataFolder !== null && options.mode === 'demo' && roomExists(dataFolder)) {
    throw new Error(`${dataFolder} holds a room; the demo needs a folder of its own`);
  }
  const hosts = new Set<string>();
  const server = createServer((request, response) => {
    servePage(request, response, { folder, hosts }).catch(() => response.destroy());
  });
  // Before a key and a database are made: a port that is in use leaves nothing behind.
  const port = await listen(server, options.port);
  hosts.add(`127.0.0.1:${port}`).add(`localhost:${port}`);
  try {
    const service = new RoomService({
      dataFolder,
      demoFolder: options.dataFolder !== null && options.mode === 'demo' ? dataFolder : `${dataFolder}-demo`,
      mode: options.mode,
      key: null,
      demoRate: options.demoRate,
      extraPorts: options.extraPorts,
      backups:
        options.backupTo === null
          ? undefined
          : createBackupMaker({ program: process.argv[1] ?? '', folder: dataFolder, to: options.backupTo }),
      version: product.version,
    });
    try {
      const secret = service.demo ? options.demoToken : pageToken(dataFolder);
      return connect(service, server, { hosts, port, keys: { secret, code: newSecret() } });
    } catch (error) {
      await service.close();
      throw error;
    }
  } catch (error) {
    server.close();
    throw error;
  }
}

interface Address {
  readonly hosts: ReadonlySet<string>;
  readonly port: number;
  readonly keys: PageKeys;
}

function connect(service: RoomService, server: Server, { hosts, port, keys }: Address): ServedRoom {
  const origins = new Set([...hosts].map((host) => `http://${host}`));
  const sockets = serveWebSocket(service, server, { hosts, origins, keys, clock: createSystemClock() });
  const url = `http://127.0.0.1:${port}/#code=${keys.code}`;
  const close = async (): Promise<void> => {
    sockets.close();
    server.close();
    // A browser holds connections open on which it asks nothing: the process would wait for them.
    server.closeAllConnections();
    await service.close();
  };
  return { url, stopped: untilAskedToStop().then(close), openBrowser: () => openBrowser(url) };
}

/**
 * The secret that opens this room to a page. A room keeps its own beside its key, so that an open page finds its way
 * back after a restart.
 */
function pageToken(roomFolder: string): string {
  const file = join(roomFolder, 'page-token');
  if (!existsSync(file)) createPrivateFile(file, Buffer.from(newSecret()));
  const secret = readPrivateFile(file).toString('latin1').trim();
  if (/^[\w-]{43}$/.test(secret)) return secret;
  throw new Error(`${file} is damaged. Delete it and start Vigil again: a new one is made, and open pages are opened anew.`);
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`port ${port} on 127.0.0.1 is in use; choose another with --port`) : error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
    // Whoever supervises this process is gone.
    process.once('disconnect', () => resolve());
  });
}

function defaultDataFolder(): string {
  return join(...accountDataFolder({ platform: process.platform, environment: process.env, homeFolder: homedir() }));
}

/** The built page: beside the built service, or in a checkout's `out/`. */
function pageFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const candidates = [join(here, '..', 'renderer'), join(here, '..', '..', 'renderer'), join(here, '..', '..', '..', 'out', 'renderer')];
  const found = candidates.find((folder) => existsSync(join(folder, 'index.html')) && existsSync(join(folder, 'assets')));
  if (found === undefined) throw new Error('the page is not built; run: npm run build');
  return found;
}

/** Best effort: a machine without a desktop has none, and the address was printed. */
function openBrowser(url: string): void {
  const [command, ...args] =
    process.platform === 'win32' ? ['cmd', '/c', 'start', '', url] : [process.platform === 'darwin' ? 'open' : 'xdg-open', url];
  if (command === undefined) return;
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
