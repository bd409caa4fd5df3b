import { extname, join, normalize, sep } from 'node:path';
import { pageHost } from './page-origin.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

export interface PageFile {
  readonly path: string;
  readonly contentType: string;
}

/** The file inside `folder` that a URL names; null for a kind that no page has, and for anything that leads outside. */
export function pageFile(folder: string, url: string): PageFile | null {
  try {
    const { hostname, pathname } = new URL(url);
    if (hostname !== pageHost) return null;
    const path = normalize(join(folder, decodeURIComponent(pathname === '/' ? '/index.html' : pathname)));
    const contentType = contentTypes[extname(path)];
    return contentType !== undefined && path.startsWith(folder + sep) && !path.includes('\0') ? { path, contentType } : null;
  } catch {
    // Not a URL, or not decodable: nothing of ours.
    return null;
  }
}
