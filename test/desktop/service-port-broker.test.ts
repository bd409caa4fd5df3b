import type { BrowserWindow, MessageChannelMain } from 'electron';
import { expect, it } from 'vitest';
import type { RoomServiceProcess, ServiceState } from '../../electron/main/room-service-process.ts';
import { ServicePortBroker } from '../../electron/main/service-port-broker.ts';
import { shellChannels } from '../../shared/shell/shell-channels.ts';

function broker(): { ask(): void; become(state: ServiceState): void; said: string[]; given: unknown[]; closeWindow(): void } {
  let state: ServiceState = { state: 'starting' };
  let listener: (state: ServiceState) => void = () => undefined;
  let destroyed = false;
  const said: string[] = [];
  const given: unknown[] = [];
  const service = {
    get state() {
      return state;
    },
    onState: (task: (state: ServiceState) => void) => (listener = task),
    connect: (port: unknown) => given.push(port),
  };
  const send = (channel: string, data: unknown): void => void said.push(data === null ? channel : `${channel} ${JSON.stringify(data)}`);
  const window = { isDestroyed: () => destroyed, webContents: { send, postMessage: send } };
  let channels = 0;
  const openChannel = (): MessageChannelMain => ({ port1: `service ${++channels}`, port2: `page ${channels}` }) as never;
  const made = new ServicePortBroker(service as never as RoomServiceProcess, window as never as BrowserWindow, openChannel);
  return {
    ask: () => made.request(),
    become(next) {
      state = next;
      listener(next);
    },
    said,
    given,
    closeWindow: () => (destroyed = true),
  };
}

it('SHELL-1 gives a page that asks one port, when the service is ready', () => {
  const early = broker();
  early.ask();
  expect(early.said).toEqual([]);
  early.become({ state: 'ready' });
  expect(early.given).toEqual(['service 1']);
  expect(early.said).toEqual([shellChannels.roomPort]);
  // The page was reloaded.
  early.ask();
  expect(early.given).toEqual(['service 1', 'service 2']);
});

it('SHELL-6 tells the page that the service is gone, and gives a new port when it asks', () => {
  const { ask, become, said, given } = broker();
  become({ state: 'ready' });
  ask();
  become({ state: 'lost', why: 'It ended.' });
  expect(said).toEqual([shellChannels.roomPort, `${shellChannels.roomLost} "It ended."`]);
  ask();
  expect(given).toHaveLength(1);
  become({ state: 'ready' });
  expect(given).toHaveLength(2);
});

it('SHELL-6 gives no port that nobody asked for', () => {
  const { become, given } = broker();
  become({ state: 'ready' });
  become({ state: 'lost', why: 'It ended.' });
  become({ state: 'ready' });
  expect(given).toEqual([]);
});

it('SHELL-8 tells why the service cannot run, also to a page that asks later', () => {
  const { ask, become, said } = broker();
  ask();
  become({ state: 'refused', code: 'STORE_CORRUPT', message: 'Damaged.' });
  const refusal = `${shellChannels.roomRefused} {"code":"STORE_CORRUPT","message":"Damaged."}`;
  expect(said).toEqual([refusal]);
  ask();
  expect(said).toEqual([refusal, refusal]);
});

it('SHELL-6 goes on without a window', () => {
  const { ask, become, said, closeWindow } = broker();
  ask();
  closeWindow();
  become({ state: 'ready' });
  become({ state: 'lost', why: 'It ended.' });
  expect(said).toEqual([]);
});
