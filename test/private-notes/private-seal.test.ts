import { hkdfSync } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
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

describe('the key of the room', () => {
  test.each([31, 33])('PRIVATE-24 one of %i bytes seals and opens nothing', async (length) => {
    const other = ids.randomBytes(length);
    const refused = /a data key has 32 bytes/;
    expect(() => privateFileKey(other)).toThrow(refused);
    await expect(createAuthorKey(other, authorId, secret, randomBytes, quickHashCost)).rejects.toThrow(refused);
    await expect(openAuthorKey(other, authorId, withPhrase, phrased.sealed)).rejects.toThrow(refused);
  });
});

describe('what lies in memory', () => {
  afterEach(() => vi.restoreAllMocks());

  /** What `work` overwrites with zeros, as it was before. */
  async function wipedBy(work: () => unknown): Promise<readonly Buffer[]> {
    const wiped: Buffer[] = [];
    for (const prototype of [Uint8Array.prototype, Buffer.prototype]) {
      const fill = prototype.fill;
      vi.spyOn(prototype, 'fill').mockImplementation(function (this: Uint8Array, ...given) {
        if (given[0] === 0) wiped.push(Buffer.from(this));
        return fill.apply(this, given);
      });
    }
    await work();
    vi.restoreAllMocks();
    return wiped;
  }

  /** The hash of PIN and phrase, the same with the pepper, the pepper, and the key that comes of both. */
  function secretsOf(wiped: readonly Buffer[], salt: Uint8Array): readonly Buffer[] {
    const both = wiped.find((bytes) => bytes.length === 64) ?? Buffer.alloc(64);
    const wrapping = Buffer.from(hkdfSync('sha256', both, salt, 'vigil private wrapping key 1', 32));
    return [both.subarray(0, 32), both, both.subarray(32), wrapping];
  }

  test("PRIVATE-27 what opens an author's key is wiped once it is made, and once it is opened", async () => {
    let made = phrased;
    const byMaking = await wipedBy(async () => {
      made = await createAuthorKey(dataKey, authorId, withPhrase, randomBytes, quickHashCost);
    });
    const byOpening = await wipedBy(() => openAuthorKey(dataKey, authorId, withPhrase, made.sealed));
    expect(byMaking).toStrictEqual(secretsOf(byMaking, made.sealed.salt));
    expect(byOpening).toStrictEqual(byMaking);
  });

  test('PRIVATE-27 the words of a note are wiped once they are sealed, and once they are handed on', async () => {
    const place = { id: ids.uuid(), authorId, sessionId: ids.uuid(), atMs: 1 };
    const words = Buffer.from('speaks of the sea');
    let sealed: Uint8Array = new Uint8Array();
    const bySealing = await wipedBy(() => {
      sealed = sealText(plain.key, place, words.toString(), randomBytes);
    });
    const padded = Buffer.concat([Buffer.of(0, 0, 0, words.length), words], 1024);
    expect(bySealing).toStrictEqual([words, padded]);
    expect(await wipedBy(() => unsealText(plain.key, place, sealed))).toStrictEqual([padded]);
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
    for (let length = 0; length < 40; length += 1) expect(unsealText(plain.key, place, sealed.subarray(0, length))).toBeNull();
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
