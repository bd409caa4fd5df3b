import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';

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

function webSocketStatus(options: { token?: string; origin?: string; host?: string }): Promise<number | 'open'> {
  return new Promise((resolve) => {
    const protocols = options.token === undefined ? [] : [`vigil.${options.token}`];
    const socket = new WebSocket(`ws://127.0.0.1:${url.port}/room`, protocols, {
      ...(options.origin === undefined ? {} : { origin: options.origin }),
      headers: options.host === undefined ? {} : { host: options.host },
    });
    socket.on('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => undefined);
  });
}

describe('the loopback host', () => {
  it('HOST-1 keeps its secret in the fragment of the first URL and answers on 127.0.0.1 alone', () => {
    expect(url.hostname).toBe('127.0.0.1');
    expect(url.search).toBe('');
    expect(url.hash).toMatch(/^#token=[\w-]{43}$/);
  });

  it('HOST-2 opens a connection only for its own origin, its own host name and the right token', async () => {
    const token = url.hash.slice('#token='.length);
    const { origin } = url;
    expect(await webSocketStatus({ token, origin })).toBe('open');
    expect(await webSocketStatus({ token: `${token.slice(0, -1)}x`, origin })).toBe(401);
    expect(await webSocketStatus({ origin })).toBe(401);
    expect(await webSocketStatus({ token, origin: 'http://evil.test' })).toBe(403);
    expect(await webSocketStatus({ token })).toBe(403);
    expect(await webSocketStatus({ token, origin, host: 'evil.test' })).toBe(421);
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
