import { app } from 'electron';
import { registerAppProtocol, serveAppProtocol } from './app-protocol.ts';
import { denyWhatThePageNeverNeeds } from './content-guard.ts';
import { unsealDataKey } from './key-vault.ts';
import { showStartFailure } from './start-failure.ts';
import { removeMenu } from './menu.ts';
import { handleShellCalls } from './shell-handlers.ts';
import { RoomServiceProcess } from './room-service-process.ts';
import { ServicePortBroker } from './service-port-broker.ts';
import { shellOptions } from './shell-options.ts';
import { createWindow, focusWindow } from './window.ts';

/** The order in which the desktop shell starts, and nothing else. */
app.enableSandbox();
registerAppProtocol();

if (!app.requestSingleInstanceLock()) {
  // The first one shows its window; two would fight for the record.
  app.quit();
} else {
  app.on('second-instance', focusWindow);
  app.on('window-all-closed', () => app.quit());
  await app.whenReady();
  const options = shellOptions(process.argv);
  try {
    serveAppProtocol();
    denyWhatThePageNeverNeeds();
    removeMenu();
    const key = await unsealDataKey(options.dataFolder);
    const window = createWindow(options);
    const service = new RoomServiceProcess({ ...options, ...key });
    const broker = new ServicePortBroker(service, window);
    handleShellCalls(window, broker);
    service.start();
    app.on('before-quit', () => service.stop());
    await window.loadURL('app://vigil/index.html');
  } catch (error) {
    showStartFailure(error);
  }
}
