import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { readPrivateFile, syncFolder } from './data-folder.ts';
import { StoreError, fromFileError } from './store-error.ts';

/**
 * `recovery-key.sealed`: the room's data key under each printed recovery key, by AES-256-GCM. It holds one key in the form
 * that set-up makes (`vigil-recovery-key-1`), or several with their names (`vigil-recovery-keys-2`). The name and the date
 * of a key are sealed with it: exchanged with those of another it does not open.
 */
const sealed = { salt: z.base64(), nonce: z.base64(), sealed: z.base64(), tag: z.base64() };
const singleSchema = z.object({ format: z.literal('vigil-recovery-key-1'), ...sealed });
const aboutSchema = z.object({ keyId: z.string().min(1).max(40), name: z.string().min(1).max(60), madeMs: z.number().int() });
const severalSchema = z.object({
  format: z.literal('vigil-recovery-keys-2'),
  /** `about` is null for the one that set-up made. */
  keys: z.array(z.object({ about: aboutSchema.nullable(), ...sealed })).max(8),
});
const fileSchema = z.discriminatedUnion('format', [singleSchema, severalSchema]);

export type SealedRecoveryKey = z.output<typeof severalSchema>['keys'][number];
/** What tells one recovery key from another. */
export type RecoveryKeyAbout = z.output<typeof aboutSchema>;
export const recoveryKeysMax = 8;

export function recoveryKeyFileExists(path: string): boolean {
  return existsSync(path);
}

/** Throws `StoreError` where the file is missing or damaged. */
export function readRecoveryKeyFile(path: string): readonly SealedRecoveryKey[] {
  const text = readPrivateFile(path).toString('utf8');
  try {
    const file = fileSchema.parse(JSON.parse(text));
    if (file.format === 'vigil-recovery-keys-2') return file.keys;
    const { format: _format, ...only } = file;
    return [{ about: null, ...only }];
  } catch (error) {
    throw new StoreError('STORE_CORRUPT', `${path} is damaged: it is not a sealed recovery key.`, path, error);
  }
}

/** The form of one alone is that of every Vigil before. */
export function encodeRecoveryKeyFile(keys: readonly SealedRecoveryKey[]): Buffer {
  const [first] = keys;
  if (first === undefined) throw new TypeError('a room keeps at least one recovery key');
  const { about, ...only } = first;
  const file: z.input<typeof fileSchema> =
    keys.length === 1 && about === null
      ? { format: 'vigil-recovery-key-1', ...only }
      : { format: 'vigil-recovery-keys-2', keys: [...keys] };
  return Buffer.from(`${JSON.stringify(file)}\n`);
}

/** Whole or not at all, also in a power loss: what it replaces opens the room until the new one does. */
export function replaceRecoveryKeyFile(path: string, keys: readonly SealedRecoveryKey[]): void {
  const unfinished = `${path}.new`;
  try {
    rmSync(unfinished, { force: true });
    const handle = openSync(unfinished, 'wx', 0o600);
    try {
      writeSync(handle, encodeRecoveryKeyFile(keys));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(unfinished, path);
    syncFolder(dirname(path));
  } catch (error) {
    throw fromFileError(error, path, 'keep the recovery keys');
  }
}

/** @param plain the 29 characters of a recovery key, as `parseRecoveryKey` gives them */
export function sealUnder(
  plain: string,
  dataKey: Uint8Array,
  about: RecoveryKeyAbout | null,
  randomBytes: (count: number) => Uint8Array,
): SealedRecoveryKey {
  const salt = randomBytes(32);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey(plain, salt), nonce);
  if (about !== null) cipher.setAAD(boundTo(about));
  const bytes = Buffer.concat([cipher.update(dataKey), cipher.final()]);
  const text = (part: Uint8Array): string => Buffer.from(part).toString('base64');
  return { about, salt: text(salt), nonce: text(nonce), sealed: text(bytes), tag: text(cipher.getAuthTag()) };
}

/** The data key; throws where this recovery key is another one, or what is sealed was changed. */
export function unsealUnder(plain: string, { about, ...kept }: SealedRecoveryKey): Uint8Array {
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', wrappingKey(plain, bytes(kept.salt)), bytes(kept.nonce), { authTagLength: 16 });
  if (about !== null) decipher.setAAD(boundTo(about));
  decipher.setAuthTag(bytes(kept.tag));
  return new Uint8Array(Buffer.concat([decipher.update(bytes(kept.sealed)), decipher.final()]));
}

function boundTo({ keyId, name, madeMs }: RecoveryKeyAbout): Buffer {
  return Buffer.from(JSON.stringify([keyId, name, madeMs]), 'utf8');
}

/** The recovery key has 145 random bits, so that a plain derivation is enough; a slow one is for what people choose. */
function wrappingKey(recoveryKey: string, salt: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', Buffer.from(recoveryKey, 'latin1'), salt, 'vigil recovery key 1', 32));
}
