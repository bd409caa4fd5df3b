import type { OpenPort } from '../platform/byte-ports.ts';
import type { Clock, Log } from '../platform/platform.ts';
import type { LinkStream } from './link-protocol.ts';

/** An association request takes about three hundred bytes; nothing that Vigil says is longer. */
export const requestBytesMax = 512;
/** Closing bytes that are not written by then are not worth waiting for. */
const closingMaxMs = 500;

/**
 * The closing bytes for a monitor that was asked to send; null where there are none. They are written only if we close
 * the port of our own accord: a port that was lost, slept over or taken by another adapter may carry another monitor
 * by now.
 */
export function closingBytesOf(stream: LinkStream, log: Log, monitorId: string): Uint8Array | null {
  try {
    const bytes = stream.closingBytes?.() ?? null;
    return bytes === null || bytes.length === 0 || bytes.length > requestBytesMax ? null : bytes;
  } catch (error) {
    log.error('driver-threw', { monitorId, what: 'closing-bytes', message: error instanceof Error ? error.message : String(error) });
    return null;
  }
}

/** Resolves when the bytes are written, or cannot be, or take too long. */
export function writeClosingBytes(port: OpenPort, bytes: Uint8Array, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(closingMaxMs, resolve);
    const done = (): void => {
      cancel();
      resolve();
    };
    port.write(bytes).then(done, done);
  });
}
