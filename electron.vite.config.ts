import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

// Only the native modules (and electron, which electron-vite leaves out by itself) stay outside the
// bundles: `dependencies` in package.json names exactly those, so electron-vite's own rule is the right
// one. Everything else is a devDependency and is inlined, which makes the service start faster and the
// installer small.

/** Chunks beside their entries, so that `import.meta.dirname` is out/main in every bundled module. */
const besideTheEntry = { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' };

/** pdfkit reads the colour profile of PDF/A from a file that lies beside its own. */
const colourProfile: Plugin = {
  name: 'vigil:colour-profile',
  generateBundle() {
    const fileName = 'data/sRGB_IEC61966_2_1.icc';
    this.emitFile({ type: 'asset', fileName, source: readFileSync(resolve('node_modules/pdfkit/js', fileName)) });
  },
};

export default defineConfig({
  main: {
    plugins: [colourProfile],
    build: {
      target: 'node22',
      rolldownOptions: {
        input: {
          main: resolve('electron/main/main.ts'),
          'room-service': resolve('electron/service/entry/utility-process.ts'),
          vigil: resolve('electron/cli/vigil.ts'),
          'print-worker': resolve('electron/service/export/print-worker.ts'),
        },
        output: { format: 'es', ...besideTheEntry },
      },
    },
  },
  preload: {
    build: {
      rolldownOptions: {
        input: { preload: resolve('electron/preload/preload.ts') },
        // A sandboxed preload cannot be a module, and the package is one: hence the ending.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
      // A sandboxed preload can require nothing but electron.
      externalizeDeps: false,
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: resolve('out/renderer'),
      emptyOutDir: true,
      minify: true,
      rolldownOptions: { input: resolve('renderer/index.html') },
      // The page's content security policy allows files of its own origin and no data: addresses, and
      // every browser that the browser shell supports preloads modules by itself.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  },
});
