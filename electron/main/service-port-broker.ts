import { MessageChannelMain, type BrowserWindow } from 'electron';
import { shellChannels } from '../../shared/shell/shell-channels.ts';
import type { RoomServiceProcess, ServiceState } from './room-service-process.ts';

/**
 * Introduces the window and the service to each other: each gets one end of a channel, and main never sees what
 * goes through it.
 */
export class ServicePortBroker {
  readonly #service: RoomServiceProcess;
  readonly #window: BrowserWindow;
  #asked = false;

  constructor(service: RoomServiceProcess, window: BrowserWindow) {
    this.#service = service;
    this.#window = window;
    service.onState((state) => this.#serviceIs(state));
  }

  /** The page asks; it is answered now, or as soon as the service is ready. */
  request(): void {
    this.#asked = true;
    this.#serviceIs(this.#service.state);
  }

  #serviceIs(state: ServiceState): void {
    if (this.#window.isDestroyed()) return;
    const { webContents } = this.#window;
    switch (state.state) {
      case 'ready':
        if (this.#asked) this.#introduce();
        return;
      case 'lost':
        webContents.send(shellChannels.roomLost, state.why);
        return;
      case 'refused':
        webContents.send(shellChannels.roomRefused, { code: state.code, message: state.message });
        return;
      case 'starting':
        return;
    }
  }

  #introduce(): void {
    this.#asked = false;
    const { port1, port2 } = new MessageChannelMain();
    this.#service.connect(port1);
    this.#window.webContents.postMessage(shellChannels.roomPort, null, [port2]);
  }
}
