import { app, BrowserWindow } from 'electron';
import { join } from 'node:path';
import { pageUrl } from './page-origin.ts';
import type { ShellOptions } from './shell-options.ts';
import { windowOptions } from './window-options.ts';

/** Long enough that a page which crashes at once does not spin, short enough to be back within two seconds. */
const reloadMs = 250;

/** The only window. Closing or crashing it does not stop the recording, which is done by the room service. */
export function createRoomWindow(options: ShellOptions): BrowserWindow {
  const window = new BrowserWindow(windowOptions(options, join(import.meta.dirname, '..', 'preload', 'preload.cjs')));
  const { webContents } = window;
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    setTimeout(() => {
      if (!window.isDestroyed()) void loadPage(window);
    }, reloadMs);
  });
  let quitting = false;
  app.on('before-quit', () => (quitting = true));
  window.on('close', (event) => {
    if (window.isKiosk() && !quitting) event.preventDefault();
  });
  // The page says that nothing is saved here; nothing opens a dialog of the system over a kiosk, from which its files are reached.
  webContents.session.on('will-download', (event) => {
    if (window.isKiosk()) event.preventDefault();
  });
  return window;
}

/** A load that a crash or a closing window cut short is not a failure: the one is tried again, the other is over. */
export async function loadPage(window: BrowserWindow): Promise<void> {
  await window.loadURL(pageUrl).catch(() => undefined);
}

/** For the person who starts Vigil a second time. */
export function showRoomWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}
