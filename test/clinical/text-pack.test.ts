import { describe, expect, test } from 'vitest';
import { textPackHash } from '../../electron/service/platform/text-pack-hash.ts';
import { canonicalTextPack, parseTextPack, textPackCharactersMax, type TextPack } from '../../shared/clinical/text-pack.ts';
import { samplePack } from '../fixtures/text-packs/sample-pack.ts';

function problemOf(content: unknown): string {
  const parsed = parseTextPack(typeof content === 'string' ? content : JSON.stringify(content));
  return 'problem' in parsed ? parsed.problem : 'none';
}

function packOf(content: unknown): TextPack {
  const parsed = parseTextPack(JSON.stringify(content));
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.pack;
}

describe('text packs', () => {
  test('INSTRUMENT-13 a whole pack is read', () => {
    const pack = samplePack('cadss-6');
    expect(parseTextPack(JSON.stringify(pack))).toEqual({ pack, statedHash: null });
    expect(parseTextPack(JSON.stringify({ ...pack, hash: 'sha256:ab' }))).toMatchObject({ statedHash: 'sha256:ab' });
  });

  const pack = samplePack('cadss-6');
  const [first, ...others] = pack.items;
  test.each<readonly [name: string, content: unknown, sentence: RegExp]>([
    ['no JSON', 'PK\u0003\u0004 a document', /is not JSON. Choose the text pack/],
    ['an empty file', '', /is not JSON/],
    ['a list', [], /is one JSON object/],
    ['too long', 'x'.repeat(textPackCharactersMax + 1), /longer than a text pack/],
    ['no instrument', { ...pack, instrument: undefined }, /does not say its instrument/],
    ['an unknown instrument', { ...pack, instrument: 'cadss-28' }, /no instrument "cadss-28" here/],
    ['a number for an instrument', { ...pack, instrument: 6 }, /no instrument 6 here/],
    ['no version', { ...pack, version: undefined }, /lacks "version"\. Add it/],
    ['no copyright', { ...pack, copyright: ' ' }, /"copyright" in the pack cannot be used/],
    ['a language that is a name', { ...pack, language: 'English' }, /must be a language tag/],
    ['a misspelt key', { ...pack, langauge: 'en' }, /has "langauge", which a text pack does not know/],
    ['an item too few', { ...pack, items: others }, /CADSS-6 has 6 items, this pack has 5 \(missing: 1\)/],
    ['an item of the full form', { ...pack, items: [...others, { ...first, number: 3 }] }, /missing: 1; not part of it: 3/],
    ['an item twice', { ...pack, items: [...pack.items, first] }, /this pack has 7 \(twice: 1\)/],
    ['an item without words', { ...pack, items: [{ ...first, text: '' }, ...others] }, /"items\.\[1\]\.text" in the pack/],
    ['an item without number', { ...pack, items: [{ text: 'words' }, ...others] }, /lacks "items\.\[1\]\.number"/],
    [
      'an anchor out of range',
      { ...pack, items: [{ ...first, anchors: [{ value: 5, text: 'more' }] }, ...others] },
      /Item 1 has words for 5, but CADSS-6 runs from 0 to 4/,
    ],
  ])('INSTRUMENT-13 %s is refused', (_, content, sentence) => {
    expect(problemOf(content)).toMatch(sentence);
  });

  test('INSTRUMENT-14 order and white space do not change a hash, a letter does', () => {
    const turned = { items: [...pack.items].reverse(), version: pack.version, copyright: `  ${pack.copyright} `, language: 'en', instrument: pack.instrument }; // prettier-ignore
    expect(textPackHash(packOf(turned))).toBe(textPackHash(pack));
    expect(textPackHash(pack)).toMatch(/^sha256:[0-9a-f]{64}$/);
    const changed: TextPack = {
      ...pack,
      items: pack.items.map((item) => (item.number === 22 ? { ...item, text: `${item.text}.` } : item)),
    };
    expect(textPackHash(changed)).not.toBe(textPackHash(pack));
    expect(textPackHash({ ...pack, version: '2' })).not.toBe(textPackHash(pack));
    expect(canonicalTextPack({ ...pack, stem: 'x' })).not.toBe(canonicalTextPack(pack));
  });
});
