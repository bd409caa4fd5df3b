import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSealedKey, openSealedSeed, type KeyStore, type ShellKey } from '../../electron/main/sealed-key.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-key-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface TestKeyStore extends KeyStore {
  storeName: string | null;
  stale: boolean;
  broken: boolean;
}

/** Seals by turning the text round. */
function keyStore(): TestKeyStore {
  const turned = (text: string): string => text.split('').toReversed().join('');
  return {
    storeName: 'gnome_libsecret',
    stale: false,
    broken: false,
    async name() {
      return this.storeName;
    },
    async seal(text) {
      return Buffer.from(turned(text));
    },
    async unseal(sealed) {
      if (this.broken) throw new Error('Error while decrypting the ciphertext');
      return { text: turned(Buffer.from(sealed).toString()), stale: this.stale };
    },
  };
}

const keyOf = async (store: KeyStore): Promise<string | null> => (await openSealedKey(folder, store, false)).key;
const toSeal = (store: KeyStore): Promise<ShellKey> => openSealedKey(folder, store, true);
const keyFile = (): string => join(folder, 'key');
const sealedFile = (): string => join(folder, 'key.sealed');

it('SHELL-14 seals a new key of 32 bytes, and gives the same one ever after', async () => {
  const store = keyStore();
  const key = await keyOf(store);
  expect(Buffer.from(key ?? '', 'base64')).toHaveLength(32);
  expect(await keyOf(store)).toBe(key);
  expect(readFileSync(sealedFile(), 'utf8')).not.toContain(key);
  expect(statSync(sealedFile()).mode & 0o777).toBe(0o600);
});

it('SHELL-14 leaves the key to the service where no store is worth its name', async () => {
  const store = keyStore();
  store.storeName = null;
  expect(await keyOf(store)).toBeNull();
  expect(existsSync(sealedFile())).toBe(false);
});

it('SHELL-14 leaves the key to the service where it has a key file', async () => {
  const store = keyStore();
  await keyOf(store);
  writeFileSync(join(folder, 'key'), 'recovered by hand');
  expect(await keyOf(store)).toBeNull();
});

it.each(['vigil.db', 'vigil.db-wal', 'head', 'recovery-key.sealed'])(
  'SHELL-14 makes no key over what is left of a record: %s',
  async (name) => {
    writeFileSync(join(folder, name), 'what is left');
    expect(await keyOf(keyStore())).toBeNull();
    expect(existsSync(sealedFile())).toBe(false);
  },
);

it.each(['kwallet6', null])('SHELL-14 says that the key store was exchanged, and touches nothing: %s', async (other) => {
  const store = keyStore();
  await keyOf(store);
  const before = readFileSync(sealedFile());
  store.storeName = other;
  await expect(keyOf(store)).rejects.toThrow(/sealed by the key store "gnome_libsecret".*vigil recover-key/);
  expect(readFileSync(sealedFile())).toEqual(before);
});

it('SHELL-14 says that the key store does not open the key', async () => {
  const store = keyStore();
  await keyOf(store);
  store.broken = true;
  await expect(keyOf(store)).rejects.toThrow(/does not open the key of this room.*vigil recover-key/);
});

it.each(['', '{', '{"format":"vigil-sealed-key-2"}'])('SHELL-14 says that the sealed key cannot be read: %j', async (content) => {
  writeFileSync(sealedFile(), content);
  await expect(keyOf(keyStore())).rejects.toThrow(/cannot be read.*key\.sealed/);
  expect(readFileSync(sealedFile(), 'utf8')).toBe(content);
});

it('SHELL-14 seals the key again where the store changed its own', async () => {
  const store = keyStore();
  const key = await keyOf(store);
  const content = JSON.parse(readFileSync(sealedFile(), 'utf8')) as object;
  writeFileSync(sealedFile(), JSON.stringify(content, null, 2));
  store.stale = true;
  expect(await keyOf(store)).toBe(key);
  expect(readFileSync(sealedFile(), 'utf8')).toBe(JSON.stringify(content));
});

/** A key in a file, as the browser shell makes it and `vigil recover-key` does; in base64 what the shell makes of it. */
function putKeyFile(): string {
  const key = Buffer.alloc(32, 0xa5);
  writeFileSync(keyFile(), `${key.toString('hex')}\n`, { mode: 0o600 });
  return key.toString('base64');
}

it('SHELL-22 seals a key that lay in a file where it is asked to, and only once the record was opened with it', async () => {
  const key = putKeyFile();
  const store = keyStore();
  expect(await openSealedKey(folder, store, false)).toEqual({ key: null, seal: null });
  const opened = await toSeal(store);
  expect(opened.key).toBe(key);
  expect(existsSync(sealedFile())).toBe(false);
  await opened.seal?.();
  expect([existsSync(keyFile()), existsSync(sealedFile())]).toEqual([false, true]);
  expect(await keyOf(store)).toBe(key);
  expect((await toSeal(store)).seal).toBeNull();
});

it('SHELL-22 seals a recovered key anew where the key store was exchanged', async () => {
  const [before, after] = [keyStore(), keyStore()];
  after.storeName = 'kwallet6';
  await keyOf(before);
  const key = putKeyFile();
  await (await toSeal(after)).seal?.();
  expect(await keyOf(after)).toBe(key);
  await expect(keyOf(before)).rejects.toThrow(/sealed by the key store "kwallet6"/);
});

it('SHELL-22 leaves the file where it is if the key store does not keep the key', async () => {
  putKeyFile();
  const store = keyStore();
  const opened = await toSeal(store);
  store.unseal = async () => ({ text: 'another', stale: false });
  await expect(opened.seal?.()).rejects.toThrow(/did not keep the key/);
  expect(existsSync(keyFile())).toBe(true);
});

it('SHELL-22 says that there is no key store to seal it, and leaves a file that holds no key to the service', async () => {
  const store = keyStore();
  writeFileSync(keyFile(), 'no key');
  expect(await toSeal(store)).toEqual({ key: null, seal: null });
  putKeyFile();
  store.storeName = null;
  await expect(toSeal(store)).rejects.toThrow(/^--seal-key: this computer has no key store/);
  expect([existsSync(keyFile()), existsSync(sealedFile())]).toEqual([true, false]);
});

it('PROOF-6 seals the key that signs as it does the other, and leaves it to the service where there is a file or no key store', async () => {
  const store = keyStore();
  const seed = await openSealedSeed(folder, store);
  expect(Buffer.from(seed ?? '', 'base64')).toHaveLength(32);
  expect(await openSealedSeed(folder, store)).toBe(seed);
  expect(readFileSync(join(folder, 'checkpoint-key.sealed'), 'utf8')).not.toContain(seed);
  expect(seed).not.toBe(await keyOf(store));
  writeFileSync(join(folder, 'checkpoint-key'), 'of the browser shell');
  expect(await openSealedSeed(folder, store)).toBeNull();
  rmSync(join(folder, 'checkpoint-key'));
  store.storeName = null;
  expect(await openSealedSeed(folder, store)).toBeNull();
});

it('PROOF-6 sets a key that signs and is not opened aside, and makes a new one: no session waits for it', async () => {
  const store = keyStore();
  const before = await openSealedSeed(folder, store);
  const sealed = readFileSync(join(folder, 'checkpoint-key.sealed'));
  store.broken = true;
  const after = await openSealedSeed(folder, store);
  expect(after).not.toBe(before);
  expect(readFileSync(join(folder, 'checkpoint-key.sealed.unopened'))).toEqual(sealed);
});
