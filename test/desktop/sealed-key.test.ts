import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSealedKey, type KeyStore } from '../../electron/main/sealed-key.ts';

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

const sealedFile = (): string => join(folder, 'key.sealed');

it('SHELL-14 seals a new key of 32 bytes, and gives the same one ever after', async () => {
  const store = keyStore();
  const key = await openSealedKey(folder, store);
  expect(Buffer.from(key ?? '', 'base64')).toHaveLength(32);
  expect(await openSealedKey(folder, store)).toBe(key);
  expect(readFileSync(sealedFile(), 'utf8')).not.toContain(key);
  expect(statSync(sealedFile()).mode & 0o777).toBe(0o600);
});

it('SHELL-14 leaves the key to the service where no store is worth its name', async () => {
  const store = keyStore();
  store.storeName = null;
  expect(await openSealedKey(folder, store)).toBeNull();
  expect(existsSync(sealedFile())).toBe(false);
});

it('SHELL-14 leaves the key to the service where it has a key file', async () => {
  const store = keyStore();
  await openSealedKey(folder, store);
  writeFileSync(join(folder, 'key'), 'recovered by hand');
  expect(await openSealedKey(folder, store)).toBeNull();
});

it.each(['vigil.db', 'vigil.db-wal', 'head', 'recovery-key.sealed'])(
  'SHELL-14 makes no key over what is left of a record: %s',
  async (name) => {
    writeFileSync(join(folder, name), 'what is left');
    expect(await openSealedKey(folder, keyStore())).toBeNull();
    expect(existsSync(sealedFile())).toBe(false);
  },
);

it.each(['kwallet6', null])('SHELL-14 says that the key store was exchanged, and touches nothing: %s', async (other) => {
  const store = keyStore();
  await openSealedKey(folder, store);
  const before = readFileSync(sealedFile());
  store.storeName = other;
  await expect(openSealedKey(folder, store)).rejects.toThrow(/sealed by the key store "gnome_libsecret".*vigil recover-key/);
  expect(readFileSync(sealedFile())).toEqual(before);
});

it('SHELL-14 says that the key store does not open the key', async () => {
  const store = keyStore();
  await openSealedKey(folder, store);
  store.broken = true;
  await expect(openSealedKey(folder, store)).rejects.toThrow(/does not open the key of this room.*vigil recover-key/);
});

it.each(['', '{', '{"format":"vigil-sealed-key-2"}'])('SHELL-14 says that the sealed key cannot be read: %j', async (content) => {
  writeFileSync(sealedFile(), content);
  await expect(openSealedKey(folder, keyStore())).rejects.toThrow(/cannot be read.*key\.sealed/);
  expect(readFileSync(sealedFile(), 'utf8')).toBe(content);
});

it('SHELL-14 seals the key again where the store changed its own', async () => {
  const store = keyStore();
  const key = await openSealedKey(folder, store);
  const content = JSON.parse(readFileSync(sealedFile(), 'utf8')) as object;
  writeFileSync(sealedFile(), JSON.stringify(content, null, 2));
  store.stale = true;
  expect(await openSealedKey(folder, store)).toBe(key);
  expect(readFileSync(sealedFile(), 'utf8')).toBe(JSON.stringify(content));
});
