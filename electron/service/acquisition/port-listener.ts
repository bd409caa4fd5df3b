import type { ProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import type { Driver } from '../drivers/driver.ts';
import type { Clock } from '../platform/platform.ts';
import { PortError, type BytePorts, type PortErrorCode, type PortSettings } from '../platform/byte-ports.ts';

/** What was heard on a port nobody has configured. */
export interface HeardPort {
  /** The protocol whose frames came; null where none did. */
  readonly answers: ProtocolId | null;
  readonly bytes: number;
  readonly frames: number;
  /** Why the port could not be opened; null where it could. */
  readonly refused: PortErrorCode | null;
  /** For people. */
  readonly evidence: string;
}

export interface ListenOptions {
  readonly ports: BytePorts;
  readonly clock: Clock;
  readonly path: string;
  /** Only those that send by themselves are heard; a polled monitor says nothing to a listener. */
  readonly drivers: readonly Driver[];
  readonly listenMs?: number;
}

const defaultListenMs = 2500;
const framesNeeded = 2;
/** As many bytes of frames as two lines of an oximeter, or twenty short binary frames: no accident. */
const framedBytesNeeded = 100;

/** Listens to a port and says which monitor it hears. Never writes a byte. Rejects only if the port cannot be closed. */
export async function listenToPort(options: ListenOptions): Promise<HeardPort> {
  const { ports, clock, path } = options;
  const listenMs = options.listenMs ?? defaultListenMs;
  const ears = options.drivers.filter((driver) => driver.mode === 'stream').map(createEar);
  const settings: PortSettings = ears[0]?.driver.portProfiles[0] ?? { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 };
  let bytes = 0;
  let finish: () => void = () => {};
  const heard = new Promise<void>((resolve) => {
    finish = resolve;
  });
  try {
    const port = await ports.open(path, settings, {
      bytes: (chunk) => {
        bytes += chunk.length;
        for (const ear of ears) ear.hear(chunk);
        if (ears.some((ear) => ear.frames >= framesNeeded && ear.framedBytes >= framedBytesNeeded)) finish();
      },
      closed: finish,
    });
    const cancel = clock.after(listenMs, finish);
    await heard;
    cancel();
    await port.close();
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    return { answers: null, bytes, frames: 0, refused: error.code, evidence: error.message };
  }
  // Of two that made sense of it, the one that lost fewer bytes.
  const best = ears.filter((ear) => ear.frames > 0 && ear.framedBytes * 2 >= bytes).toSorted((a, b) => b.framedBytes - a.framedBytes)[0];
  if (best !== undefined) {
    const evidence = `${best.frames} frames of ${best.driver.vendor} in ${bytes} bytes`;
    return { answers: best.driver.id, bytes, frames: best.frames, refused: null, evidence };
  }
  const evidence =
    bytes === 0
      ? `nothing heard in ${listenMs / 1000} s: no monitor, or one that waits to be asked`
      : `${bytes} bytes at ${settings.baudRate} baud, no frame of a known protocol: another device or another speed`;
  return { answers: null, bytes, frames: 0, refused: null, evidence };
}

interface Ear {
  readonly driver: Driver;
  readonly frames: number;
  readonly framedBytes: number;
  hear(chunk: Uint8Array): void;
}

function createEar(driver: Driver): Ear {
  const decoder = driver.createDecoder();
  let frames = 0;
  let framedBytes = 0;
  return {
    driver,
    get frames() {
      return frames;
    },
    get framedBytes() {
      return framedBytes;
    },
    hear: (chunk) =>
      decoder.push(chunk, {
        frame: (bytes) => {
          frames += 1;
          framedBytes += bytes;
        },
        reading: () => {},
        wave: () => {},
        discarded: () => {},
      }),
  };
}
