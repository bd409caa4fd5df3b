import { protocol } from 'electron';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pagePolicy } from '../../shared/shell/page-policy.ts';
import { pageFile } from './page-file.ts';
import { pageScheme } from './page-origin.ts';

/** Has to happen before the app is ready. */
export function registerAppProtocol(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

export function serveAppProtocol(): void {
  const folder = join(import.meta.dirname, '..', 'renderer');
  protocol.handle(pageScheme, async (request) => {
    const file = request.method === 'GET' ? pageFile(folder, request.url) : null;
    if (file === null) return notFound();
    try {
      // Read by Node, which sees into the archive, and not fetched: `file:` addresses are refused to everyone.
      const content = new Uint8Array(await readFile(file.path));
      return new Response(content, {
        headers: {
          'content-type': file.contentType,
          'content-security-policy': pagePolicy,
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
        },
      });
    } catch {
      return notFound();
    }
  });
}

function notFound(): Response {
  return new Response(null, { status: 404 });
}
