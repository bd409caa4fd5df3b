import { beforeAll, describe, expect, test } from 'vitest';
import { createAuthorKey, openAuthorKey, privateFileKey, sealText, unsealText } from '../../electron/service/store/private-seal.ts';
import { hashCost } from '../../electron/service/platform/slow-hash.ts';
import { quickHashCost } from '../support/quick-hash.ts';
import { createSeededIds } from '../support/seeded-ids.ts';

const ids = createSeededIds(7);
const randomBytes = (count: number): Uint8Array => ids.randomBytes(count);
const dataKey = ids.randomBytes(32);
const authorId = ids.uuid();
const secret = { pin: '739155', phrase: null };
const withPhrase = { pin: '739155', phrase: 'a slow boat, going home' };

let plain: Awaited<ReturnType<typeof createAuthorKey>>;
let phrased: Awaited<ReturnType<typeof createAuthorKey>>;
beforeAll(async () => {
  plain = await createAuthorKey(dataKey, authorId, secret, randomBytes, hashCost);
  phrased = await createAuthorKey(dataKey, authorId, withPhrase, randomBytes, quickHashCost);
});

describe("the author's key", () => {
  test('PRIVATE-3 opens with PIN and data key together, and with neither alone', async () => {
    expect(await openAuthorKey(dataKey, authorId, secret, plain.sealed)).toEqual(Buffer.from(plain.key));
    expect(await openAuthorKey(ids.randomBytes(32), authorId, secret, plain.sealed)).toBeNull();
    expect(await openAuthorKey(dataKey, authorId, { ...secret, pin: '739156' }, plain.sealed)).toBeNull();
    expect(await openAuthorKey(dataKey, ids.uuid(), secret, plain.sealed)).toBeNull();
  });

  test('PRIVATE-3 the wrapped key, the file key and the data key have nothing in common, and the cost is stated', () => {
    expect(plain.sealed.cost).toBe('scrypt$N=131072,r=8,p=1');
    expect(Buffer.from(plain.sealed.sealed).includes(Buffer.from(plain.key))).toBe(false);
    expect(privateFileKey(dataKey)).not.toEqual(dataKey);
    expect(privateFileKey(dataKey)).toEqual(privateFileKey(dataKey));
  });

  test('PRIVATE-4 with a phrase, PIN and data key alone open nothing', async () => {
    expect(await openAuthorKey(dataKey, authorId, withPhrase, phrased.sealed)).toEqual(Buffer.from(phrased.key));
    expect(await openAuthorKey(dataKey, authorId, secret, phrased.sealed)).toBeNull();
    expect(await openAuthorKey(dataKey, authorId, { ...withPhrase, phrase: 'a slow boat, going hom' }, phrased.sealed)).toBeNull();
  });
});

describe('a sealed note', () => {
  const place = { id: ids.uuid(), authorId, sessionId: ids.uuid(), atMs: 1_795_446_000_000 };
  const words = 'speaks of the house by the sea, ångest, 海';

  test('PRIVATE-16 opens where it belongs and nowhere else', () => {
    const sealed = sealText(plain.key, place, words, randomBytes);
    expect(unsealText(plain.key, place, sealed)).toBe(words);
    expect(unsealText(plain.key, { ...place, atMs: place.atMs + 1 }, sealed)).toBeNull();
    expect(unsealText(plain.key, { ...place, authorId: ids.uuid() }, sealed)).toBeNull();
    expect(unsealText(plain.key, { ...place, sessionId: ids.uuid() }, sealed)).toBeNull();
    expect(unsealText(plain.key, { ...place, id: ids.uuid() }, sealed)).toBeNull();
    expect(unsealText(phrased.key, place, sealed)).toBeNull();
  });

  test('PRIVATE-16 no byte of it can be changed', () => {
    const sealed = sealText(plain.key, place, words, randomBytes);
    const opened = sealed.reduce((count, _byte, index) => {
      const changed = Uint8Array.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      return unsealText(plain.key, place, changed) === null ? count : count + 1;
    }, 0);
    expect(opened).toBe(0);
    expect(unsealText(plain.key, place, sealed.subarray(0, 20))).toBeNull();
  });

  test('PRIVATE-18 the same length from one letter to a kibibyte, and never the same bytes twice', () => {
    const lengths = ['x', words, 'x'.repeat(1020)].map((text) => sealText(plain.key, place, text, randomBytes).length);
    expect(new Set(lengths).size).toBe(1);
    expect(sealText(plain.key, place, 'x'.repeat(1021), randomBytes).length).toBe((lengths[0] ?? 0) + 1024);
    const [one, two] = [sealText(plain.key, place, words, randomBytes), sealText(plain.key, place, words, randomBytes)];
    expect(Buffer.from(one).equals(two)).toBe(false);
    expect(Buffer.from(one).includes('house')).toBe(false);
  });
});
