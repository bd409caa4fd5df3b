import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { readCapture, type CaptureFault, type ReadCapture } from '../service/serial/capture-format.ts';
import { isSealedCapture, openSealedCapture } from '../service/serial/sealed-capture.ts';
import type { CommandIo } from './command-io.ts';
import { text } from './command-option.ts';
import { findFolderKey, recoveryKeyFlag } from './folder-key.ts';

/** Of a command that reads captures: what opens one that a room made. */
export const captureKeyOptions = {
  data: text('DIR', 'the data folder of the room that made the capture, whose key opens it'),
  'recovery-key': recoveryKeyFlag,
} as const;

interface CaptureKey {
  readonly data: string | null;
  readonly 'recovery-key': boolean;
}

export interface CaptureInput {
  /** The capture in the plain, as far as it can be read. */
  readonly plain: Uint8Array;
  readonly found: ReadCapture;
}

const fileBytesMax = 1024 * 1024 * 1024;

/** The capture in a file, sealed or plain; or what is wrong, in words that follow its name. Throws `StoreError` where the room's key is not to be had. */
export async function loadCapture(file: string, options: CaptureKey, stdin: CommandIo['stdin']): Promise<CaptureInput | string> {
  const bytes = await bytesOf(file);
  if (typeof bytes === 'string') return bytes;
  if (!isSealedCapture(bytes)) return asInput(bytes, read(bytes));
  if (options.data === null) return 'was made in a room and is encrypted with its key: name the data folder of that room with --data';
  const opened = openSealedCapture(bytes, await findFolderKey(options.data, options['recovery-key'], stdin));
  if (typeof opened === 'string') return opened;
  const { plain, changed, unreadBytes } = opened;
  const found = read(plain);
  if ('fault' in found) return found.words;
  // A capture that ended has nothing behind its end, so that a rest of a piece there was put there.
  if (changed || (unreadBytes > 0 && found.state === 'whole')) return asInput(plain, { ...found, state: 'changed', unreadBytes });
  return asInput(plain, { ...found, unreadBytes: found.unreadBytes + unreadBytes });
}

async function bytesOf(file: string): Promise<Uint8Array | string> {
  try {
    if ((await stat(file)).size > fileBytesMax) return 'is larger than any capture';
    return await readFile(file);
  } catch (error) {
    return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function read(plain: Uint8Array): ReadCapture | CaptureFault {
  return readCapture(plain, (bytes) => createHash('sha256').update(bytes).digest());
}

function asInput(plain: Uint8Array, found: ReadCapture | CaptureFault): CaptureInput | string {
  return 'fault' in found ? found.words : { plain, found };
}
