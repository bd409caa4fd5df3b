import { assertNever } from '../../../../shared/values/assert-never.ts';
import type { Poller } from '../driver.ts';
import { createFramer, type FrameHandler } from '../framing.ts';
import { disable, enable, linkActive, startRealTime, stopRealTime } from './commands.ts';
import { createCapnostreamScanner, deviceCode } from './frame.ts';
import type { Message } from './message.ts';

/** Until the monitor says who it is. */
const enableEveryMs = 200;
const linkEveryMs = 5000;
/** No message for so long, and the monitor has been switched off or has forgotten us. */
const silentMs = 3000;
/** A monitor that was asked for values and sends none is asked again. */
const startAgainMs = 1000;
/** A monitor that was left sending, and will not say again who it is, is taken as it is after this. */
const adoptMs = 1000;

type Phase = 'calling' | 'running';

/**
 *                enable, each 200 ms           device id: start real time
 *   calling ────────────────────────► calling ───────────────────────────► running ──┐ link active, each 5 s
 *      ▲                                 └─ values all the same for 1 s ──────► ▲  ▲───┘
 *      └──────────────────────────── 3 s of silence ────────────────────────────┘
 *
 * One message a turn. A device id while running means that the monitor began anew: it is asked to start again.
 */
export class CapnostreamConversation implements Poller {
  readonly #scanner = createCapnostreamScanner();
  readonly #framer = createFramer(this.#scanner);
  readonly #handler: FrameHandler = {
    frame: () => this.#hearMessage(this.#scanner.message, this.#heardAtMs),
    discarded: () => undefined,
    padding: () => undefined,
  };
  #phase: Phase = 'calling';
  /** When Vigil began to call; null: it has said nothing yet. */
  #callingSinceMs: number | null = null;
  #lastSaidMs = -Infinity;
  #lastLinkMs = 0;
  #lastStartMs = 0;
  #heardAtMs = 0;
  #lastHeardMs = 0;
  /** A start is due. */
  #startNext = false;
  #hasValues = false;

  poll(monoMs: number): Uint8Array | null {
    const bytes = this.#phase === 'calling' ? this.#call(monoMs) : this.#keepRunning(monoMs);
    if (bytes !== null) this.#lastSaidMs = monoMs;
    return bytes;
  }

  /** What was asked and answered is followed by the messages themselves. */
  answered(): void {}

  heard(chunk: Uint8Array, monoMs: number): void {
    this.#heardAtMs = monoMs;
    this.#framer.push(chunk, this.#handler);
  }

  /** Both words at once: the tenth of a second between them that others leave is not waited for when a port is closed. */
  closingBytes(): Uint8Array | null {
    switch (this.#phase) {
      case 'calling':
        // An enable may have been taken.
        return this.#callingSinceMs === null ? null : disable();
      case 'running':
        return Uint8Array.from([...stopRealTime(), ...disable()]);
      default:
        return assertNever(this.#phase);
    }
  }

  #call(monoMs: number): Uint8Array | null {
    this.#callingSinceMs ??= monoMs;
    return monoMs - this.#lastSaidMs >= enableEveryMs ? enable() : null;
  }

  #keepRunning(monoMs: number): Uint8Array | null {
    if (monoMs - this.#lastHeardMs >= silentMs) {
      this.#phase = 'calling';
      this.#callingSinceMs = monoMs;
      return enable();
    }
    if (this.#startNext || (!this.#hasValues && monoMs - this.#lastStartMs >= startAgainMs)) {
      this.#startNext = false;
      this.#lastStartMs = monoMs;
      return startRealTime();
    }
    if (monoMs - this.#lastLinkMs < linkEveryMs) return null;
    this.#lastLinkMs = monoMs;
    return linkActive();
  }

  #run(monoMs: number): void {
    this.#phase = 'running';
    this.#startNext = true;
    this.#hasValues = false;
    this.#lastLinkMs = monoMs;
  }

  #hearMessage({ code, payloadBytes }: Message, monoMs: number): void {
    // The echo of our own words, or another host's.
    if (payloadBytes === 0) return;
    this.#lastHeardMs = monoMs;
    if (code === deviceCode.deviceId) return this.#run(monoMs);
    if (code !== deviceCode.wave && code !== deviceCode.numerics) return;
    if (this.#phase === 'running') this.#hasValues = true;
    else if (this.#callingSinceMs !== null && monoMs - this.#callingSinceMs >= adoptMs) this.#run(monoMs);
  }
}
