import { EventEmitter } from 'node:events';
import { BrowserWindow } from './fake-browser-window.ts';
import { FakeMessagePort } from './fake-message-port.ts';

// What the built main process gets for `electron`: as much as it uses, and what Playwright looks for.

export { app } from './fake-app.ts';
export { BrowserWindow };
export { ipcMain } from './fake-ipc-main.ts';
export { protocol, session } from './fake-session.ts';
export { utilityProcess } from './fake-utility-process.ts';

export class MessageChannelMain {
  readonly port1: FakeMessagePort;
  readonly port2: FakeMessagePort;
  constructor() {
    [this.port1, this.port2] = FakeMessagePort.pair();
  }
}

export const webContents = {
  fromDevToolsTargetId: (targetId: string) =>
    BrowserWindow.getAllWindows().find((window) => window.webContents.targetId === targetId)?.webContents,
};

/** Seals nothing. The test chooses whether there is a store worth its name. */
export const safeStorage = {
  isAsyncEncryptionAvailable: async () => true,
  getSelectedStorageBackend: () => process.env['VIGIL_FAKE_KEY_STORE'] ?? 'basic_text',
  encryptStringAsync: async (text: string) => Buffer.from(`sealed:${text}`),
  decryptStringAsync: async (sealed: Buffer) => ({ result: sealed.toString().slice('sealed:'.length), shouldReEncrypt: false }),
};

export const dialog = {
  showErrorBox: (title: string, content: string) => void process.stderr.write(`${title}: ${content}\n`),
};

export const Menu = { setApplicationMenu: () => undefined };

export const powerMonitor = new EventEmitter();
