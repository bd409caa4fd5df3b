import type { BrowserWindow, MessageChannelMain } from 'electron';
import { shellChannels } from '../../shared/shell/shell-channels.ts';
import { assertNever } from '../../shared/values/assert-never.ts';
import type { RoomServiceProcess, ServiceState } from './room-service-process.ts';

/**
 * Introduces the window and the service to each other: each gets one end of a channel, and main never sees what
 * goes through it.
 */
export class ServicePortBroker {
  readonly #service: RoomServiceProcess;
  readonly #window: BrowserWindow;
  readonly #openChannel: () => MessageChannelMain;
  #asked = false;

  constructor(service: RoomServiceProcess, window: BrowserWindow, openChannel: () => MessageChannelMain) {
    this.#service = service;
    this.#window = window;
    this.#openChannel = openChannel;
    service.onState((state) => this.#serviceIs(state));
  }

  /** The page asks; it is answered now, or as soon as the service is ready or refuses. */
  request(): void {
    this.#asked = true;
    const { state } = this.#service;
    if (state.state === 'ready' || state.state === 'refused') this.#serviceIs(state);
  }

  #serviceIs(state: ServiceState): void {
    // Without a window there is nobody to tell; the service goes on.
    if (this.#window.isDestroyed()) return;
    const { webContents } = this.#window;
    switch (state.state) {
      case 'ready':
        if (this.#asked) this.#introduce();
        return;
      case 'lost':
        // A page that waits for its first port goes on waiting; one that had a port asks for another.
        webContents.send(shellChannels.roomLost, state.why);
        return;
      case 'refused':
        this.#asked = false;
        webContents.send(shellChannels.roomRefused, { code: state.code, message: state.message });
        return;
      case 'starting':
        return;
      default:
        assertNever(state);
    }
  }

  #introduce(): void {
    this.#asked = false;
    const { port1, port2 } = this.#openChannel();
    this.#service.connect(port1);
    this.#window.webContents.postMessage(shellChannels.roomPort, null, [port2]);
  }
}
