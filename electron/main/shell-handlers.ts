import type { BrowserWindow, IpcMain } from 'electron';
import { z } from 'zod';
import { shellChannels } from '../../shared/shell/shell-channels.ts';
import { isOurPage } from './page-origin.ts';
import type { ServicePortBroker } from './service-port-broker.ts';

/** The only place that listens to the page. Each call is checked: who sent it, from which frame, with what. */
export function handleShellCalls(ipc: Pick<IpcMain, 'handle'>, window: BrowserWindow, broker: Pick<ServicePortBroker, 'request'>): void {
  function handle<T>(channel: string, schema: z.ZodType<T>, task: (input: T) => unknown): void {
    ipc.handle(channel, (event, ...input: unknown[]) => {
      if (!isOurPage(window, event)) throw new Error(`${channel}: not for this sender`);
      if (input.length > 1) throw new Error(`${channel}: one input at most`);
      return task(schema.parse(input[0]));
    });
  }

  handle(shellChannels.requestRoomPort, z.undefined(), () => broker.request());
  handle(shellChannels.isKiosk, z.undefined(), () => window.isKiosk());
  handle(shellChannels.print, z.undefined(), () => window.webContents.print({ printBackground: true }));
}
