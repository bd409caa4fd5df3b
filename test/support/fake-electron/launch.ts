import { existsSync, readFileSync } from 'node:fs';
import inspector from 'node:inspector';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { app } from './fake-app.ts';
import { startBrowser } from './fake-browser.ts';

// Runs the real built main, preload and page of a checkout without Electron's program: main in this process, the
// page in the system's Chromium, the room service in a child process.
//
//   out/main/main.js ──'electron'──► electron-module.ts ──debugging protocol──► Chromium: out/preload, out/renderer
//                                          └────fork, messages────► out/main/room-service.js
//
// It shows how the processes are wired, that the preload gets by with what a sandboxed one has, that the page lives
// under its policy, and that ports arrive. It does not show: native modules against Electron's own Node, menus, the
// key store, permissions, window and kiosk behaviour, updates, and app:// as Chromium knows it (see page-address.ts).

const args = process.argv.slice(2);
const folder = resolve(args.find((arg) => !arg.startsWith('-') && existsSync(join(arg, 'package.json'))) ?? '.');
const product = z.object({ main: z.string(), version: z.string() }).parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
// As Electron has it: the program, then everything it was given.
process.argv = [process.argv[1] ?? '', ...args];

// "Debugger listening on ws://…" is the first of the two lines that Playwright waits for; Chromium prints the second.
if (args.some((arg) => arg.startsWith('--inspect'))) inspector.open(0);
endWithParent();

app.begin(product.version, userDataFolder());
// Like Electron, which is ready only after the module was read to its end: one that waits for that waits for ever.
await import(pathToFileURL(join(folder, product.main)).href);
await startBrowser(join(app.getPath('userData'), 'browser'));
app.becomeReady();

function userDataFolder(): string {
  const name = args.find((arg) => arg.startsWith('--user-data-dir='))?.slice('--user-data-dir='.length);
  if (name === undefined) throw new Error('the fake of Electron needs a profile of its own: --user-data-dir=DIR');
  return name;
}

/** A test that was killed leaves no browser behind. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) app.exit();
  }, 500).unref();
}
