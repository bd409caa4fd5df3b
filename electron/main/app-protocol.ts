import { net, protocol } from 'electron';
import { existsSync } from 'node:fs';
import { join, normalize, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pagePolicy } from '../../shared/shell/page-policy.ts';

const scheme = 'app';
const host = 'vigil';

/** Before the app is ready: a scheme of our own instead of `file:`, which may read anything. */
export function registerAppProtocol(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

export function serveAppProtocol(): void {
  const folder = join(import.meta.dirname, '..', 'renderer');
  protocol.handle(scheme, async (request) => {
    const file = pageFile(folder, request.url);
    if (file === null || request.method !== 'GET') return new Response(null, { status: 404 });
    const response = await net.fetch(pathToFileURL(file).toString());
    const headers = new Headers(response.headers);
    headers.set('content-security-policy', pagePolicy);
    headers.set('x-content-type-options', 'nosniff');
    return new Response(response.body, { status: response.status, headers });
  });
}

/** The file inside `folder` that a URL names; null for anything that is not there or leads outside. */
export function pageFile(folder: string, url: string): string | null {
  try {
    const { hostname, pathname } = new URL(url);
    if (hostname !== host) return null;
    const file = normalize(join(folder, decodeURIComponent(pathname === '/' ? '/index.html' : pathname)));
    return file.startsWith(folder + sep) && !file.includes('\0') && existsSync(file) ? file : null;
  } catch {
    return null;
  }
}
