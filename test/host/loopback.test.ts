import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { introducePage } from '../../renderer/connection/introduce-page.ts';
import { unknownPageCode } from '../../shared/boot/page-handshake.ts';
import { meetRoom } from '../support/room-client.ts';

const vigil = join(import.meta.dirname, '..', '..', 'electron', 'cli', 'vigil.ts');
const base = mkdtempSync(join(tmpdir(), 'vigil-host-'));
const folder = join(base, 'room');
let child: ChildProcess;
let url: URL;

interface Ended {
  readonly code: number | null;
  readonly errors: string;
}

function start(args: readonly string[]): { child: ChildProcess; url: Promise<URL>; ended: Promise<Ended> } {
  const started = spawn(process.execPath, [vigil, 'serve', '--no-open', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  started.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => started.on('close', (code) => resolve({ code, errors })));
  const firstUrl = new Promise<URL>((resolve, reject) => {
    started.stdout.once('data', (chunk: Buffer) => resolve(new URL((JSON.parse(chunk.toString()) as { url: string }).url)));
    void ended.then(({ errors: why }) => reject(new Error(why)));
  });
  firstUrl.catch(() => undefined);
  return { child: started, url: firstUrl, ended };
}

beforeAll(async () => {
  const started = start(['--data', folder]);
  child = started.child;
  url = await started.url;
});
afterAll(async () => {
  const gone = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await gone;
  rmSync(base, { recursive: true, force: true });
});

function get(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: url.port, path, method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', reject).end();
  });
}

/** What becomes of a connection: a refusal of HTTP, the number with which it is closed, or that it is let in. */
function connection(options: { secret?: string; origin?: string; host?: string }): Promise<number | 'in'> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${url.port}/room`, {
      ...(options.origin === undefined ? {} : { origin: options.origin }),
      headers: options.host === undefined ? {} : { host: options.host },
    });
    socket.on('open', () => {
      introducePage(socket as never, { kind: 'secret', value: options.secret ?? '' }).then(
        () => {
          socket.terminate();
          resolve('in');
        },
        () => {
          // The room's own proof was under another key than this page's: it goes on all the same, as an attacker would.
          socket.send(JSON.stringify({ proof: 'x'.repeat(43) }));
        },
      );
    });
    socket.on('close', resolve);
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => undefined);
  });
}

describe('the loopback host', () => {
  it('HOST-1 answers on 127.0.0.1 alone; the code of its first address lets one page in, once, and gives it the secret', async () => {
    expect(url.hostname).toBe('127.0.0.1');
    expect(url.search).toBe('');
    expect(url.hash).toMatch(/^#code=[\w-]{43}$/);
    const first = await meetRoom(url.href);
    first.socket.terminate();
    expect(first.secret).toBe(readFileSync(join(folder, 'page-token'), 'latin1').trim());
    await expect(meetRoom(url.href)).rejects.toThrow(String(unknownPageCode));
    expect(await connection({ secret: first.secret ?? '', origin: url.origin })).toBe('in');
  });

  it('HOST-2 opens a connection only for its own origin, its own host name and a page that proves its key', async () => {
    const secret = readFileSync(join(folder, 'page-token'), 'latin1').trim();
    const { origin } = url;
    expect(await connection({ secret, origin })).toBe('in');
    expect(await connection({ secret: `${secret.slice(0, -1)}!`, origin })).toBe(unknownPageCode);
    expect(await connection({ origin })).toBe(unknownPageCode);
    expect(await connection({ secret, origin: 'http://evil.test' })).toBe(403);
    expect(await connection({ secret })).toBe(403);
    expect(await connection({ secret, origin, host: 'evil.test' })).toBe(421);
  });

  it('HOST-15 connections that say nothing keep no page out', async () => {
    const silent = Array.from({ length: 40 }, () => new WebSocket(`ws://127.0.0.1:${url.port}/room`, { origin: url.origin }));
    for (const socket of silent) socket.on('error', () => undefined);
    await Promise.all(silent.map((socket) => once(socket, 'open').catch(() => undefined)));
    const secret = readFileSync(join(folder, 'page-token'), 'latin1').trim();
    expect(await connection({ secret, origin: url.origin })).toBe('in');
    for (const socket of silent) socket.terminate();
  });

  it('HOST-3 serves the page and nothing beside it, under a strict policy', async () => {
    const page = await get('/');
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    expect((await get('/', { host: 'evil.test' })).status).toBe(421);
    for (const path of ['/../package.json', '/..%2f..%2fpackage.json', '/%2e%2e/main/vigil.js', '//etc/passwd', '/no-such-file', '/%00']) {
      expect((await get(path)).status, path).toBe(404);
    }
    expect((await get('/', {}, 'POST')).status).toBe(405);
  });

  it('HOST-4 keeps its data folder to its owner', () => {
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'vigil.db')).mode & 0o777).toBe(0o600);
  });

  it(
    'HOST-5, HOST-12 says in one line why it cannot serve, exits with 1, and leaves no room where its port was in use',
    { timeout: 120_000 },
    async () => {
      const second = await start(['--data', folder]).ended;
      expect(second.code).toBe(1);
      expect(second.errors).toMatch(/^vigil serve: .*\n$/);
      mkdirSync(join(base, 'real'));
      symlinkSync(join(base, 'real'), join(base, 'link'));
      const linked = await start(['--data', join(base, 'link')]).ended;
      expect(linked.code).toBe(1);
      expect(linked.errors).toContain('symbolic link');
      const taken = await start(['--data', join(base, 'other'), '--port', url.port]).ended;
      expect(taken.code).toBe(1);
      expect(taken.errors).toContain('in use');
      expect(existsSync(join(base, 'other'))).toBe(false);
    },
  );

  it('HOST-6 knows no command by a name that every object has', async () => {
    const started = spawn(process.execPath, [vigil, 'constructor'], { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    started.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const code = await new Promise((resolve) => started.on('close', resolve));
    expect([code, errors]).toEqual([2, expect.stringContaining('there is no command "constructor"')]);
  });

  it('HOST-6 explains a wrong option and exits with 2', async () => {
    for (const args of [['--no-such-option'], ['--port', 'x'], ['--demo', '--or-demo'], ['--rate', '0']]) {
      const { code, errors } = await start(args).ended;
      expect(code, args.join(' ')).toBe(2);
      expect(errors).toContain('usage: vigil serve');
    }
  });
});
