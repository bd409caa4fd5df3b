import { app, ipcMain, MessageChannelMain, powerMonitor } from 'electron';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { accountDataFolder } from '../../shared/boot/account-data-folder.ts';
import type { BootMessage } from '../../shared/boot/boot-message.ts';
import { registerAppProtocol, serveAppProtocol } from './app-protocol.ts';
import { denyWhatThePageNeverNeeds } from './content-guard.ts';
import { forkRoomService } from './fork-room-service.ts';
import { removeMenu } from './menu.ts';
import { RoomServiceProcess } from './room-service-process.ts';
import { createRoomWindow, loadPage, showRoomWindow } from './room-window.ts';
import { openSealedKey, openSealedSeed } from './sealed-key.ts';
import { ServicePortBroker } from './service-port-broker.ts';
import { handleShellCalls } from './shell-handlers.ts';
import { shellOptions } from './shell-options.ts';
import { showKeyNotSealed, showStartFailure } from './start-failure.ts';
import { stopBeforeQuitting } from './stop-before-quitting.ts';
import { systemKeyStore } from './system-key-store.ts';

/** The order in which the desktop shell starts, and nothing else. */
async function start(): Promise<void> {
  const account = { platform: process.platform, environment: process.env, homeFolder: homedir() };
  const options = shellOptions(process.argv, join(...accountDataFolder(account)));
  serveAppProtocol();
  denyWhatThePageNeverNeeds();
  removeMenu();

  const { dataFolder, demoFolder, mode, demoRate, keyInFile } = options;
  // The demo does not load the key of the room: its data are simulated.
  const { key: keyBase64, seal } =
    mode === 'demo' ? { key: null, seal: null } : await openSealedKey(dataFolder, systemKeyStore, options.sealKey);
  const checkpointSeedBase64 = mode === 'demo' ? null : await openSealedSeed(dataFolder, systemKeyStore);
  const version = app.getVersion();
  const place = { dataFolder, demoFolder, mode, keyBase64, keyInFile, checkpointSeedBase64, kiosk: options.kiosk };
  const boot: BootMessage = { kind: 'boot', ...place, demoRate, extraPorts: [...options.extraPorts], version };
  const service = new RoomServiceProcess(forkRoomService, boot);
  if (seal !== null) service.onceReady(() => void seal().catch(showKeyNotSealed));
  stopBeforeQuitting(service);
  powerMonitor.on('resume', () => service.resumed());
  // Recording does not wait for the window.
  service.start();

  const window = createRoomWindow(options);
  const broker = new ServicePortBroker(service, window, () => new MessageChannelMain());
  service.onKioskLeft(() => window.setKiosk(false));
  handleShellCalls(ipcMain, window, broker);
  await loadPage(window);
}

app.enableSandbox();
registerAppProtocol();
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', showRoomWindow);
  app.on('window-all-closed', () => app.quit());
  // Not awaited: Electron becomes ready only after this module has been read to its end.
  app.whenReady().then(start).catch(showStartFailure);
} else {
  // The first one shows its window; two would fight for the record.
  app.quit();
}
