import fc from 'fast-check';
import { createCipheriv, hkdfSync } from 'node:crypto';
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDataFolder, type DataFolder } from '../../electron/service/store/data-folder.ts';
import {
  createDataKey,
  createRecoveryKey,
  keyFileExists,
  readKeyFile,
  unsealDataKey,
  writeKeyFile,
} from '../../electron/service/store/data-key.ts';
import { formatRecoveryKey, parseRecoveryKey } from '../../electron/service/store/recovery-key.ts';
import { createSeededIds } from '../support/seeded-ids.ts';
import { restoreKeyFile } from '../../electron/service/store/restore-key-file.ts';
import { createRoomFixture, storeErrorOf, type RoomFixture } from './room-fixture.ts';

let room: RoomFixture;
let folder: DataFolder;
const random = (count: number): Uint8Array => room.ids.randomBytes(count);
beforeEach(() => {
  room = createRoomFixture(61);
  folder = openDataFolder(room.folder);
});
afterEach(() => room.close());

test('STORE-14 a lost key file comes back from the printed key, typed carelessly, and opens the room', () => {
  const key = createDataKey(random);
  writeKeyFile(folder, key);
  const printed = createRecoveryKey(folder, key, random);
  expect(printed).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z*~$=U]{5}){5}$/);
  rmSync(folder.keyFile);
  expect(keyFileExists(folder)).toBe(false);
  const careless = ` ${printed.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}\n`;
  expect(restoreKeyFile(folder, careless)).toStrictEqual(key);
  expect(readKeyFile(folder)).toStrictEqual(key);
  for (const file of [folder.keyFile, folder.recoveryKeyFile]) expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('STORE-14 neither file gives the other away', () => {
  const key = createDataKey(random);
  const printed = createRecoveryKey(folder, key, random);
  const sealed = readFileSync(folder.recoveryKeyFile, 'utf8');
  expect(sealed).not.toContain(Buffer.from(key).toString('hex'));
  expect(sealed).not.toContain(Buffer.from(key).toString('base64'));
  expect(sealed).not.toContain(printed.replaceAll('-', '').slice(0, 8));
});

test('STORE-14 every single wrong character and every swap of neighbours is called a typing mistake', () => {
  const printed = formatRecoveryKey(random(29)).replaceAll('-', '');
  expect(parseRecoveryKey(printed)).toStrictEqual({ key: printed.slice(0, 29) });
  const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  for (let at = 0; at < 29; at += 1) {
    for (const digit of digits) {
      if (digit === printed[at]) continue;
      expect(parseRecoveryKey(printed.slice(0, at) + digit + printed.slice(at + 1))).toStrictEqual({ problem: 'check' });
    }
    const swapped = printed.slice(0, at) + (printed[at + 1] ?? '') + (printed[at] ?? '') + printed.slice(at + 2);
    if (at < 28 && swapped !== printed) expect(parseRecoveryKey(swapped)).toStrictEqual({ problem: 'check' });
  }
});

test('STORE-14 every key that is made can be read back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 29, maxLength: 29 }), (bytes) => {
      const printed = formatRecoveryKey(bytes);
      expect(parseRecoveryKey(printed)).toStrictEqual({ key: printed.replaceAll('-', '').slice(0, 29) });
    }),
    { numRuns: 300, seed: 61 },
  );
});

test('STORE-14 what is wrong with a typed key is said', () => {
  createRecoveryKey(folder, createDataKey(random), random);
  const other = formatRecoveryKey(createSeededIds(99).randomBytes(29));
  const told = (typed: string): string => storeErrorOf(() => unsealDataKey(folder, typed)).message;
  expect(told('ABC')).toBe('The recovery key has 30 letters and digits; 3 were typed.');
  expect(told('')).toMatch(/; 0 were typed/);
  expect(told(`${other}7`)).toMatch(/; 31 were typed/);
  expect(told('ABC!E')).toBe('"!" (character 4) does not occur in a recovery key.');
  expect(told(other.startsWith('Z') ? `Y${other.slice(1)}` : `Z${other.slice(1)}`)).toMatch(/typing mistake/);
  expect(told(other)).toMatch(/not one of .*recovery-key\.sealed/);
  expect(storeErrorOf(() => unsealDataKey(folder, other)).code).toBe('STORE_WRONG_KEY');
});

test('STORE-14 no key file is ever replaced, and a damaged one is told from a wrong one', () => {
  const key = createDataKey(random);
  writeKeyFile(folder, key);
  expect(storeErrorOf(() => writeKeyFile(folder, createDataKey(random))).message).toMatch(/never overwritten/);
  expect(readKeyFile(folder)).toStrictEqual(key);
  writeFileSync(folder.keyFile, 'abc');
  expect(storeErrorOf(() => readKeyFile(folder))).toMatchObject({ code: 'STORE_WRONG_KEY', path: folder.keyFile });
  createRecoveryKey(folder, key, random);
  expect(storeErrorOf(() => createRecoveryKey(folder, key, random)).code).toBe('STORE_FAILED');
  writeFileSync(folder.recoveryKeyFile, '{"format":"vigil-recovery-key-1"}');
  const whole = formatRecoveryKey(random(29));
  expect(storeErrorOf(() => unsealDataKey(folder, whole))).toMatchObject({ code: 'STORE_CORRUPT', path: folder.recoveryKeyFile });
  rmSync(folder.recoveryKeyFile);
  expect(storeErrorOf(() => unsealDataKey(folder, whole)).message).toMatch(/ENOENT/);
});

test('STORE-14 any changed byte of the sealed key is noticed', () => {
  const key = createDataKey(random);
  const printed = createRecoveryKey(folder, key, random);
  const whole = readFileSync(folder.recoveryKeyFile);
  for (let at = 0; at < whole.length; at += 1) {
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ 0x01;
    writeFileSync(folder.recoveryKeyFile, damaged);
    chmodSync(folder.recoveryKeyFile, 0o600);
    let unsealed: Uint8Array | null = null;
    try {
      unsealed = unsealDataKey(folder, printed);
    } catch {
      continue;
    }
    // Base64 has a few bits that mean nothing, and the last line feed is only there for people.
    expect(unsealed).toStrictEqual(key);
  }
});

test('STORE-14 a source of randomness that is stuck makes no key', () => {
  expect(() => createDataKey((count) => new Uint8Array(count))).toThrow(/randomness/);
  expect(() => createDataKey(() => new Uint8Array(8))).toThrow(/randomness/);
});

test('STORE-14 a key has 32 bytes, whoever makes, writes or seals it, and its file 64 digits and no more', () => {
  expect(() => createDataKey(() => random(31))).toThrow(/randomness/);
  for (const length of [31, 33]) {
    expect(() => writeKeyFile(folder, random(length))).toThrow(/a data key has 32 bytes/);
    expect(() => createRecoveryKey(folder, random(length), random)).toThrow(/a data key has 32 bytes/);
    expect(() => formatRecoveryKey(random(length))).toThrow(/29 random bytes/);
  }
  for (const digits of [`${'a'.repeat(64)}b`, `b${'A'.repeat(64)}`, `z${'a'.repeat(64)}`]) {
    writeFileSync(folder.keyFile, digits, { mode: 0o600 });
    expect(storeErrorOf(() => readKeyFile(folder)).code).toBe('STORE_WRONG_KEY');
  }
});

test('STORE-14 of the letters that are taken for digits O is 0, and I and L are 1', () => {
  const printed = formatRecoveryKey(Uint8Array.from({ length: 29 }, (_, index) => index % 2));
  const key = '01'.repeat(14) + '0';
  for (const one of ['I', 'L', 'i', 'l']) {
    const typed = printed.slice(0, -1).replaceAll('1', one).replaceAll('0', 'O') + printed.slice(-1);
    expect(parseRecoveryKey(typed)).toStrictEqual({ key });
  }
  // What only a check character may be is a wrong character anywhere before it.
  expect(parseRecoveryKey(`U${printed.slice(1)}`)).toStrictEqual({ problem: 'character', character: 'U', position: 1 });
});

test('STORE-14 a seal whose tag was cut short opens nothing: it would be guessed sooner', () => {
  const printed = createRecoveryKey(folder, createDataKey(random), random);
  const whole = JSON.parse(readFileSync(folder.recoveryKeyFile, 'utf8')) as { tag: string };
  for (const length of [4, 8, 12, 15]) {
    const tag = Buffer.from(whole.tag, 'base64').subarray(0, length).toString('base64');
    writeFileSync(folder.recoveryKeyFile, JSON.stringify({ ...whole, tag }));
    expect(storeErrorOf(() => unsealDataKey(folder, printed)).code).toBe('STORE_WRONG_KEY');
  }
});

test('STORE-14 a key of another length that was sealed opens nothing', () => {
  const salt = random(32);
  const nonce = random(12);
  const printed = formatRecoveryKey(random(29));
  const wrapping = hkdfSync('sha256', printed.replaceAll('-', '').slice(0, 29), salt, 'vigil recovery key 1', 32);
  for (const [length, opens] of [
    [31, false],
    [32, true],
    [33, false],
  ] as const) {
    const cipher = createCipheriv('aes-256-gcm', new Uint8Array(wrapping), nonce);
    const sealed = Buffer.concat([cipher.update(random(length)), cipher.final()]);
    const [saltText, nonceText, sealedText, tag] = [salt, nonce, sealed, cipher.getAuthTag()].map((bytes) =>
      Buffer.from(bytes).toString('base64'),
    );
    const file = { format: 'vigil-recovery-key-1', salt: saltText, nonce: nonceText, sealed: sealedText, tag };
    writeFileSync(folder.recoveryKeyFile, JSON.stringify(file), { mode: 0o600 });
    if (opens) expect(unsealDataKey(folder, printed)).toHaveLength(length);
    else expect(storeErrorOf(() => unsealDataKey(folder, printed)).code).toBe('STORE_WRONG_KEY');
  }
});

test('STORE-14 a key file that cannot be made is told as that, and not as one that is there', () => {
  const elsewhere = { ...folder, keyFile: join(folder.path, 'nowhere', 'key') };
  expect(storeErrorOf(() => writeKeyFile(elsewhere, createDataKey(random))).message).not.toMatch(/overwritten/);
});
