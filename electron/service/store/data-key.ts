import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { createPrivateFile, readPrivateFile, type DataFolder } from './data-folder.ts';
import { describeRecoveryKeyProblem, formatRecoveryKey, parseRecoveryKey, recoveryKeyRandomByteCount } from './recovery-key.ts';
import { StoreError, causeCode } from './store-error.ts';

/**
 * The data key encrypts the room's database. It is random and never changes; what changes is who holds it:
 *
 *     browser shell   file `key`, readable by its owner only
 *     desktop shell   sealed by the operating system's key store (the shell's business, not here)
 *     always          `recovery-key.sealed`: the data key under the printed recovery key
 */
export type DataKey = Uint8Array;
export type RandomBytes = (count: number) => Uint8Array;

export const dataKeyLength = 32;
const sealInfo = 'vigil recovery key 1';

const sealedSchema = z.object({
  format: z.literal('vigil-recovery-key-1'),
  salt: z.base64(),
  nonce: z.base64(),
  sealed: z.base64(),
  tag: z.base64(),
});

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

/**
 * Makes the recovery key and writes the data key sealed under it. The text returned is shown and printed once,
 * and kept nowhere.
 */
export function createRecoveryKey(folder: DataFolder, key: DataKey, randomBytes: RandomBytes): string {
  assertDataKey(key);
  const printed = formatRecoveryKey(randomBytes(recoveryKeyRandomByteCount));
  const salt = randomBytes(32);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey(plainRecoveryKey(printed, folder), salt), nonce);
  const sealed = Buffer.concat([cipher.update(key), cipher.final()]);
  const file = {
    format: 'vigil-recovery-key-1',
    salt: Buffer.from(salt).toString('base64'),
    nonce: Buffer.from(nonce).toString('base64'),
    sealed: sealed.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  };
  createPrivateFile(folder.recoveryKeyFile, Buffer.from(`${JSON.stringify(file)}\n`));
  return printed;
}

/** The data key, from the recovery key as a person typed it. */
export function unsealDataKey(folder: DataFolder, typed: string): DataKey {
  const plain = plainRecoveryKey(typed, folder);
  const path = folder.recoveryKeyFile;
  const file = readSealed(path);
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64');
  try {
    const tag = bytes(file.tag);
    const decipher = createDecipheriv('aes-256-gcm', wrappingKey(plain, bytes(file.salt)), bytes(file.nonce), { authTagLength: 16 });
    decipher.setAuthTag(tag);
    const key = new Uint8Array(Buffer.concat([decipher.update(bytes(file.sealed)), decipher.final()]));
    assertDataKey(key);
    return key;
  } catch (error) {
    throw new StoreError(
      'STORE_WRONG_KEY',
      `This recovery key is not the one of ${path}: it may be the sheet of another room.`,
      path,
      error,
    );
  }
}

/** Puts a lost key file back. Refuses where one exists: move it aside first if it is the wrong one. */
export function restoreKeyFile(folder: DataFolder, typed: string): DataKey {
  const key = unsealDataKey(folder, typed);
  writeKeyFile(folder, key);
  return key;
}

/** A few bits that tell whether a key is the right one, without giving anything of it away. */
export function keyFingerprint(key: DataKey): string {
  return createHmac('sha256', key).update('vigil key fingerprint 1').digest('hex').slice(0, 16);
}

export function assertDataKey(key: DataKey): void {
  if (key.length !== dataKeyLength) throw new TypeError(`a data key has ${dataKeyLength} bytes, not ${key.length}`);
}

function plainRecoveryKey(typed: string, folder: DataFolder): string {
  const parsed = parseRecoveryKey(typed);
  if ('key' in parsed) return parsed.key;
  throw new StoreError('STORE_WRONG_KEY', describeRecoveryKeyProblem(parsed), folder.recoveryKeyFile);
}

function readSealed(path: string): z.output<typeof sealedSchema> {
  const text = readPrivateFile(path).toString('utf8');
  try {
    return sealedSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new StoreError('STORE_CORRUPT', `${path} is damaged: it is not a sealed recovery key.`, path, error);
  }
}

/** The recovery key has 145 random bits, so that a plain derivation is enough; a slow one is for what people choose. */
function wrappingKey(recoveryKey: string, salt: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', Buffer.from(recoveryKey, 'latin1'), salt, sealInfo, 32));
}
