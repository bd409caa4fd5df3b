import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import { join } from 'node:path';
import type { ShellOptions } from './shell-options.ts';

let window: BrowserWindow | null = null;

/** The one window's options; a test reads them, because each of these lines is a wall. */
export function windowOptions({ kiosk }: Pick<ShellOptions, 'kiosk'>): BrowserWindowConstructorOptions {
  return {
    width: 1920,
    height: 1080,
    minWidth: 1024,
    minHeight: 640,
    kiosk,
    autoHideMenuBar: true,
    // The night surface, so that nothing white flashes in a dim room.
    backgroundColor: '#121110',
    title: 'Vigil',
    webPreferences: {
      preload: join(import.meta.dirname, '..', 'preload', 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false,
      // Vitals go on in a window that is covered: nothing may be throttled.
      backgroundThrottling: false,
    },
  };
}

export function createWindow(options: ShellOptions): BrowserWindow {
  window = new BrowserWindow(windowOptions(options));
  window.on('closed', () => {
    window = null;
  });
  return window;
}

export function focusWindow(): void {
  if (window === null) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}
