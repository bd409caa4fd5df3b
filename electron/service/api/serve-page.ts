import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { extname, join, sep } from 'node:path';
import { pagePolicy } from '../../../shared/shell/page-policy.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

export interface PageGate {
  readonly folder: string;
  readonly hosts: ReadonlySet<string>;
}

/** The page and nothing else: built files, read only, with the strictest policy the page can live under. */
export async function servePage(request: IncomingMessage, response: ServerResponse, gate: PageGate): Promise<void> {
  const { host } = request.headers;
  if (host === undefined || !gate.hosts.has(host)) return refuse(response, 421);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
  const file = await findFile(gate.folder, request.url ?? '/');
  if (file === null) return refuse(response, 404);
  response.writeHead(200, {
    'content-type': contentTypes[extname(file.path)] ?? 'application/octet-stream',
    'content-length': file.bytes,
    'content-security-policy': pagePolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  if (request.method === 'HEAD') response.end();
  // If a file fails half-way or the browser disconnects, this answer ends and the server goes on.
  else await pipeline(createReadStream(file.path), response).catch(() => response.destroy());
}

/** The file inside `folder` that a URL names; null for anything that is not there or leads outside. */
async function findFile(folder: string, url: string): Promise<{ path: string; bytes: number } | null> {
  try {
    const pathname = decodeURIComponent(new URL(url, 'http://page').pathname);
    const root = await realpath(folder);
    const path = await realpath(join(root, pathname === '/' ? 'index.html' : pathname));
    if (!path.startsWith(root + sep)) return null;
    const found = await stat(path);
    return found.isFile() ? { path, bytes: found.size } : null;
  } catch {
    return null;
  }
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': 0, connection: 'close' }).end();
}
