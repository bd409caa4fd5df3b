import { ipcMain, type BrowserWindow } from 'electron';
import { z } from 'zod';
import { shellChannels } from '../../shared/shell/shell-channels.ts';
import { isOurPage } from './page-origin.ts';
import type { ServicePortBroker } from './service-port-broker.ts';

/** The only place that listens to the page. Each call is checked: who sent it, from which frame, with what. */
export function handleShellCalls(window: BrowserWindow, broker: ServicePortBroker): void {
  handle(window, shellChannels.requestRoomPort, z.undefined(), () => broker.request());
  handle(window, shellChannels.setKiosk, z.boolean(), (on) => window.setKiosk(on));
  handle(window, shellChannels.print, z.undefined(), () => window.webContents.print({ printBackground: true }));
}

function handle<T>(window: BrowserWindow, channel: string, schema: z.ZodType<T>, task: (input: T) => void): void {
  ipcMain.handle(channel, (event, input: unknown) => {
    if (!isOurPage(window, event)) throw new Error(`${channel}: not for this sender`);
    task(schema.parse(input));
  });
}
