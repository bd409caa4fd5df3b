import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, preview, type InlineConfig } from 'vite';

const root = join(import.meta.dirname, '..', '..', 'gallery');

export interface Gallery {
  /** The whole page over a board of its own: `?screen=…&state=…`. */
  address(asked: Readonly<Record<string, string>>, hash?: string): string;
  close(): Promise<void>;
}

/** The screens without a service, built once and handed out on a free port. */
export async function openGallery(): Promise<Gallery> {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-gallery-'));
  const config: InlineConfig = {
    configFile: false,
    root,
    plugins: [react()],
    logLevel: 'error',
    // The page reads its icon and its version from where the application has them.
    build: { outDir: folder, emptyOutDir: true, minify: false, reportCompressedSize: false, target: 'es2023' },
    preview: { host: '127.0.0.1', port: 0 },
  };
  await build(config);
  const server = await preview(config);
  const [origin = ''] = server.resolvedUrls?.local ?? [];
  return {
    address: (asked, hash = '') => `${origin}?${new URLSearchParams(asked).toString()}${hash}`,
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
