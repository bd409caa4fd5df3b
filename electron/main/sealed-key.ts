import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

/** The room's data key, 32 bytes in base64. */
export interface ShellKey {
  /** null: the service uses a key file of its own, which only its owner can read. */
  readonly key: string | null;
  /** Seals the key that lay in a file until now. For the moment at which the record was opened with it: a wrong one is not kept. */
  readonly seal: (() => Promise<void>) | null;
}

/**
 * The key of a room, sealed by the key store in `key.sealed`. Which store sealed it is kept beside it: a store that was
 * exchanged must be told apart from a wrong key, and nothing is ever made anew over an existing record.
 *
 * @param sealKeyFile a key that lies in a file comes under the key store
 *
 * Throws, with what to do, where the key is there and cannot be unsealed, or is to be sealed and no store is there.
 */
export async function openSealedKey(dataFolder: string, keyStore: KeyStore, sealKeyFile: boolean): Promise<ShellKey> {
  const keyFile = join(dataFolder, 'key');
  // A rotation of the key was cut short: the service ends it, and then has the new key in a file.
  if (existsSync(join(dataFolder, 'new-key', 'key'))) return ofService;
  // The service's own key file: the room was begun in the browser shell, or its key was recovered by hand.
  if (existsSync(keyFile)) return sealKeyFile ? keyToSeal(keyFile, keyStore) : ofService;
  const file = join(dataFolder, 'key.sealed');
  if (existsSync(file)) return { key: await unseal(file, keyStore), seal: null };
  const store = await keyStore.name();
  // A record without any key, or what is left of one: the service says so, in its own words.
  if (store === null || tracesOfRecord.some((name) => existsSync(join(dataFolder, name)))) return ofService;
  const key = randomBytes(32).toString('base64');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  await write(file, key, store, keyStore);
  return { key, seal: null };
}

const ofService: ShellKey = { key: null, seal: null };

async function keyToSeal(keyFile: string, keyStore: KeyStore): Promise<ShellKey> {
  const text = readFileSync(keyFile, 'latin1').trim();
  // The service says what is wrong with it.
  if (!/^[0-9a-f]{64}$/.test(text)) return ofService;
  const store = await keyStore.name();
  if (store === null) {
    throw new Error(
      `--seal-key: this computer has no key store that keeps a key secret. Set one up, or start without that switch: the key stays in its file. (${keyFile})`,
    );
  }
  const key = Buffer.from(text, 'hex').toString('base64');
  return { key, seal: () => sealInPlaceOf(keyFile, key, store, keyStore) };
}

/** The file goes only when what takes its place was read back from the disk. In a power loss before, both are there. */
async function sealInPlaceOf(keyFile: string, key: string, store: string, keyStore: KeyStore): Promise<void> {
  const file = `${keyFile}.sealed`;
  await write(file, key, store, keyStore);
  if ((await unseal(file, keyStore)) !== key)
    throw new Error(`The key store "${store}" did not keep the key. It stays in its file. (${keyFile})`);
  rmSync(keyFile);
  if (process.platform !== 'win32') syncFolder(dirname(keyFile));
}

/**
 * The seed of the key that signs checkpoints, 32 bytes in base64, sealed in `checkpoint-key.sealed`; null: the service has a
 * file for it. One that the key store does not open any more is set aside, and a new one made, which the record says: no
 * session waits for it.
 */
export async function openSealedSeed(dataFolder: string, keyStore: KeyStore): Promise<string | null> {
  if (existsSync(join(dataFolder, 'checkpoint-key'))) return null;
  const store = await keyStore.name();
  if (store === null) return null;
  const file = join(dataFolder, 'checkpoint-key.sealed');
  if (existsSync(file)) {
    try {
      return await unseal(file, keyStore);
    } catch {
      renameSync(file, `${file}.unopened`);
    }
  }
  const seed = randomBytes(32).toString('base64');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  await write(file, seed, store, keyStore);
  return seed;
}

async function unseal(file: string, keyStore: KeyStore): Promise<string> {
  const { store, sealed } = read(file);
  const offered = await keyStore.name();
  if (offered !== store) {
    throw new Error(
      `The key of this room was sealed by the key store "${store}", and this computer now offers ${offered === null ? 'none' : `"${offered}"`}. ` +
        `Bring that key store back, or make the key file again from the printed recovery key: vigil recover-key. Started with --seal-key, Vigil seals it anew. (${file})`,
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
