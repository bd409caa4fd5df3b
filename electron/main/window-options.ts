import type { BrowserWindowConstructorOptions } from 'electron';
import type { ShellOptions } from './shell-options.ts';

/** The one window's options, apart from making it: each of these lines is a wall, and a test reads them. */
export function windowOptions({ kiosk }: Pick<ShellOptions, 'kiosk'>, preload: string): BrowserWindowConstructorOptions {
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
      preload,
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
