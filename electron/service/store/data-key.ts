import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createPrivateFile, readPrivateFile, type DataFolder } from './data-folder.ts';
import { encodeRecoveryKeyFile, readRecoveryKeyFile, sealUnder, unsealUnder } from './recovery-key-file.ts';
import { describeRecoveryKeyProblem, formatRecoveryKey, parseRecoveryKey, recoveryKeyRandomByteCount } from './recovery-key.ts';
import { StoreError, causeCode } from './store-error.ts';

/**
 * The data key encrypts the room's database. It is random and never changes; what changes is who holds it:
 *
 *     browser shell   file `key`, readable by its owner only
 *     desktop shell   sealed by the operating system's key store (the shell's business, not here)
 *     always          `recovery-key.sealed`: the data key under each printed recovery key
 */
export type DataKey = Uint8Array;
export type RandomBytes = (count: number) => Uint8Array;

export const dataKeyLength = 32;

export function createDataKey(randomBytes: RandomBytes): DataKey {
  const key = randomBytes(dataKeyLength);
  // A broken generator would encrypt every room with a guessable key and nobody would notice.
  if (key.length !== dataKeyLength || key.every((byte) => byte === key[0])) throw new Error('the source of randomness is broken');
  return key;
}

/** Writes the key file of the browser shell. An existing one is never replaced. */
export function writeKeyFile(folder: DataFolder, key: DataKey): void {
  assertDataKey(key);
  try {
    createPrivateFile(folder.keyFile, Buffer.from(`${Buffer.from(key).toString('hex')}\n`));
  } catch (error) {
    if (error instanceof StoreError && causeCode(error.cause) === 'EEXIST') {
      throw new StoreError('STORE_FAILED', `${folder.keyFile} exists already; a key is never overwritten.`, folder.keyFile, error.cause);
    }
    throw error;
  }
}

export function keyFileExists(folder: DataFolder): boolean {
  return existsSync(folder.keyFile);
}

export function readKeyFile(folder: DataFolder): DataKey {
  const text = readPrivateFile(folder.keyFile).toString('latin1').trim();
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new StoreError(
      'STORE_WRONG_KEY',
      `${folder.keyFile} does not hold a key (64 hexadecimal digits). Restore it with the recovery key.`,
      folder.keyFile,
    );
  }
  return new Uint8Array(Buffer.from(text, 'hex'));
}

/** A recovery key as it is shown and printed once, and kept nowhere. */
export function newRecoveryKey(randomBytes: RandomBytes): string {
  return formatRecoveryKey(randomBytes(recoveryKeyRandomByteCount));
}

/** Makes a room's first recovery key and writes the data key sealed under it. */
export function createRecoveryKey(folder: DataFolder, key: DataKey, randomBytes: RandomBytes): string {
  assertDataKey(key);
  const printed = newRecoveryKey(randomBytes);
  const file = encodeRecoveryKeyFile([sealUnder(plainRecoveryKey(printed, folder), key, null, randomBytes)]);
  createPrivateFile(folder.recoveryKeyFile, file);
  return printed;
}

/** The data key, from any of the room's recovery keys as a person typed it. */
export function unsealDataKey(folder: DataFolder, typed: string): DataKey {
  const plain = plainRecoveryKey(typed, folder);
  const path = folder.recoveryKeyFile;
  let cause: unknown;
  for (const kept of readRecoveryKeyFile(path)) {
    try {
      const key = unsealUnder(plain, kept);
      assertDataKey(key);
      return key;
    } catch (error) {
      cause = error;
    }
  }
  throw new StoreError('STORE_WRONG_KEY', `This recovery key is not one of ${path}: it may be the sheet of another room.`, path, cause);
}

/** A few bits that tell whether a key is the right one, without giving anything of it away. */
export function keyFingerprint(key: DataKey): string {
  return createHmac('sha256', key).update('vigil key fingerprint 1').digest('hex').slice(0, 16);
}

export function assertDataKey(key: DataKey): void {
  if (key.length !== dataKeyLength) throw new TypeError(`a data key has ${dataKeyLength} bytes, not ${key.length}`);
}

/** @throws `StoreError` that says which mistake it is */
export function plainRecoveryKey(typed: string, folder: Pick<DataFolder, 'recoveryKeyFile'>): string {
  const parsed = parseRecoveryKey(typed);
  if ('key' in parsed) return parsed.key;
  throw new StoreError('STORE_WRONG_KEY', describeRecoveryKeyProblem(parsed), folder.recoveryKeyFile);
}
