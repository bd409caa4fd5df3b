import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDataFolder, type DataFolder } from '../../electron/service/store/data-folder.ts';
import { createRecoveryKey, keyFingerprint, unsealDataKey } from '../../electron/service/store/data-key.ts';
import { openAuthorKey, privateFileKey, sealText, unsealText } from '../../electron/service/store/private-seal.ts';
import { recordHashOf } from '../../electron/service/store/record-seal.ts';
import { quickHashCost } from '../support/quick-hash.ts';
import { createRoomFixture, type RoomFixture } from './room-fixture.ts';

/** Bytes `from`, `from + 1`, …: what is random in a room, and fixed here. */
const bytes = (from: number, count: number): Uint8Array => Uint8Array.from({ length: count }, (_, index) => (from + index) & 255);
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex');
const dataKey = bytes(1, 32);

let room: RoomFixture;
let folder: DataFolder;
beforeEach(() => {
  room = createRoomFixture(62);
  folder = openDataFolder(room.folder);
});
afterEach(() => room.close());

test('STORE-32 a recovery key that was printed once opens the file that was sealed with it', () => {
  const printed = 'XYZ01-23456-789AB-CDEFG-HJKMN-PQRS7';
  const file =
    '{"format":"vigil-recovery-key-1","salt":"ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=","nonce":"DA0ODxAREhMUFRYX","sealed":"vpgZy0sjH7OAOnPryld+0tA4ME2QV0V2JYolLNOUWKs=","tag":"D+qveMMsgofsx5eKHw2gpg=="}\n';
  expect(createRecoveryKey(folder, dataKey, (count) => bytes(count, count))).toBe(printed);
  writeFileSync(folder.recoveryKeyFile, file);
  expect(unsealDataKey(folder, printed)).toStrictEqual(dataKey);
});

test('STORE-32 the fingerprint of a data key and the key of the private file stay those of the files', () => {
  expect(keyFingerprint(dataKey)).toBe('dab7ff4d4aa573c7');
  expect(hex(privateFileKey(dataKey))).toBe('7fd1b133618f8ef54b2c41adf5238d28cd2e251bb896284ec865376cccdef280');
});

const authorId = '0193a000-0000-7000-8000-00000000000A';
const place = {
  id: '0193a000-0000-7000-8000-00000000000b',
  authorId,
  sessionId: '0193a000-0000-7000-8000-00000000000c',
  atMs: 1_795_446_000_000,
};

test("PRIVATE-24 an author's key and a note that were sealed once open with the same PIN, phrase and room", async () => {
  const kept = { salt: bytes(64, 32), cost: quickHashCost, withPhrase: true, pepper: null };
  const key = bytes(128, 32);
  const opened = (phrase: string | null, sealed: string) =>
    openAuthorKey(dataKey, authorId, { pin: '739155', phrase }, { ...kept, sealed: Buffer.from(sealed, 'hex') });
  const withPhrase =
    'c8c9cacbcccdcecfd0d1d2d3bb97887046a02009db4130ce3ddc2831dbd8bb878261818e22c094c632d563f8273a5ebecc8a4c83f98616573c59907d';
  const withoutOne =
    'c8c9cacbcccdcecfd0d1d2d3edd51e87bbae4c289fe3b47320ef2ea1f760567f08f8c74ed2c6a28a41245ebefd750645bf81ce60b843c178fb58dcf5';
  const expected = Buffer.from(key);
  expect([await opened('ﬁne', withPhrase), await opened('fine', withPhrase), await opened(null, withoutOne)]).toStrictEqual([
    expected,
    expected,
    expected,
  ]);
  const sealed = sealText(key, place, 'speaks of the sea', (count) => bytes(200, count));
  expect(createHash('sha256').update(sealed).digest('hex')).toBe('756322c107bf2a5253328dfd2276c8a20b36a800eab54cb4c101db84ceb82b5e');
  expect(unsealText(key, { ...place, id: place.id.toUpperCase() }, sealed)).toBe('speaks of the sea');
});

test('SIGNING-20 the hash of a record is that of the lines that its description names', () => {
  const lines = ['vigil-record-1', 's', '7', 'a'.repeat(64), '3', 'b'.repeat(64)];
  const described = createHash('sha256')
    .update(`${lines.join('\n')}\n`)
    .digest('hex');
  expect(recordHashOf('s', { throughSeq: 7, eventHash: 'a'.repeat(64), readingRows: 3, readingsHash: 'b'.repeat(64) })).toBe(described);
});
