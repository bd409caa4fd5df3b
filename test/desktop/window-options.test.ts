import { expect, it } from 'vitest';
import { windowOptions } from '../../electron/main/window-options.ts';

it('SHELL-11 makes the window with every wall up', () => {
  const { webPreferences, ...rest } = windowOptions({ kiosk: false }, '/vigil/preload.cjs');
  expect(webPreferences).toEqual({
    preload: '/vigil/preload.cjs',
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    spellcheck: false,
    backgroundThrottling: false,
  });
  expect(rest.kiosk).toBe(false);
  expect(windowOptions({ kiosk: true }, '').kiosk).toBe(true);
});
