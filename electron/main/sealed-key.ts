import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** What an operating system's key store does for us. */
export interface KeyStore {
  /** Its name; null where it is none, or would hide the key behind a password that everybody knows. */
  name(): Promise<string | null>;
  seal(text: string): Promise<Uint8Array>;
  /** `stale`: sealed with a key that the store has replaced; seal it again. */
  unseal(sealed: Uint8Array): Promise<{ readonly text: string; readonly stale: boolean }>;
}

const sealedKeySchema = z.object({ format: z.literal('vigil-sealed-key-1'), store: z.string(), sealed: z.base64() });

/** Made with the record, or after it. */
const tracesOfRecord = ['vigil.db', 'vigil.db-wal', 'head', 'recovery-key.sealed'];

/**
 * The room's data key, 32 bytes in base64, sealed by the key store in `key.sealed`. Which store sealed it is kept
 * beside it: a store that was exchanged must be told apart from a wrong key, and nothing is ever made anew over an
 * existing record. null: the service uses a key file of its own, which only its owner can read.
 *
 * Throws, with what to do, where the key is there and cannot be unsealed.
 */
export async function openSealedKey(dataFolder: string, keyStore: KeyStore): Promise<string | null> {
  // The service's own key file: the room was begun in the browser shell, or its key was recovered by hand.
  if (existsSync(join(dataFolder, 'key'))) return null;
  const file = join(dataFolder, 'key.sealed');
  if (existsSync(file)) return unseal(file, keyStore);
  const store = await keyStore.name();
  // A record without any key, or what is left of one: the service says so, in its own words.
  if (store === null || tracesOfRecord.some((name) => existsSync(join(dataFolder, name)))) return null;
  const key = randomBytes(32).toString('base64');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  await write(file, key, store, keyStore);
  return key;
}

async function unseal(file: string, keyStore: KeyStore): Promise<string> {
  const { store, sealed } = read(file);
  const offered = await keyStore.name();
  if (offered !== store) {
    throw new Error(
      `The key of this room was sealed by the key store "${store}", and this computer now offers ${offered === null ? 'none' : `"${offered}"`}. ` +
        `Bring that key store back, or make the key file again from the printed recovery key: vigil recover-key. (${file})`,
    );
  }
  try {
    const { text, stale } = await keyStore.unseal(Buffer.from(sealed, 'base64'));
    if (stale) await write(file, text, store, keyStore);
    return text;
  } catch (cause) {
    throw new Error(
      `The key store "${store}" does not open the key of this room: another account, or its own key is gone. ` +
        `Make the key file again from the printed recovery key: vigil recover-key. (${file})`,
      { cause },
    );
  }
}

function read(file: string): z.output<typeof sealedKeySchema> {
  try {
    return sealedKeySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Error(
      `The sealed key of this room cannot be read. Make it again from the printed recovery key: vigil recover-key. (${file})`,
      {
        cause,
      },
    );
  }
}

async function write(file: string, key: string, store: string, keyStore: KeyStore): Promise<void> {
  const sealed = Buffer.from(await keyStore.seal(key)).toString('base64');
  const content: z.input<typeof sealedKeySchema> = { format: 'vigil-sealed-key-1', store, sealed };
  // Whole or not at all, and on the disk before anything is encrypted with it.
  const unfinished = `${file}.new`;
  writeFileSync(unfinished, JSON.stringify(content), { mode: 0o600, flush: true });
  renameSync(unfinished, file);
  if (process.platform !== 'win32') syncFolder(dirname(file));
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
