import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  blobToId,
  checkBootId,
  checkInstant,
  encodeBody,
  idToBlob,
  isUnchangedByJson,
  monoToUs,
} from '../../electron/service/store/event-row.ts';
import { utcMsSchema } from '../../shared/values/instant.ts';

test('STORE-1 what is taken for unchanged by JSON is so, and what bodies are made of is taken for it', () => {
  const odd = fc.constantFrom<unknown>(
    undefined,
    -0,
    Number.NaN,
    Infinity,
    1n,
    new Date(0),
    () => 1,
    Symbol('a'),
    new Map(),
    Object.create(null),
  );
  const anything = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, fc.jsonValue(), odd, fc.array(tie('value')), fc.dictionary(fc.string(), tie('value'))),
  }));
  fc.assert(
    fc.property(anything.value, (value) => {
      if (isUnchangedByJson(value)) expect(JSON.parse(JSON.stringify(value))).toStrictEqual(value);
    }),
    { numRuns: 2000, seed: 1 },
  );
  const changed = [
    -0,
    undefined,
    { a: undefined },
    [undefined],
    { a: [{ b: -0 }] },
    new Date(0),
    { toJSON: () => 1 },
    JSON.parse('{"__proto__":1}'),
  ];
  for (const value of changed) expect(isUnchangedByJson(value)).toBe(false);
  for (const value of ['', '\ud800', 0, 1.5, null, true, [], {}, { a: [{ b: null }] }]) expect(isUnchangedByJson(value)).toBe(true);
});

test('STORE-1 a body is acknowledged as it will be read back: no minus zero, no optional field left undefined', () => {
  const { text, body } = encodeBody('dose-completed', { deliveredUg: -0, lateReason: undefined });
  expect(text).toBe('{"deliveredUg":0}');
  expect(body).toStrictEqual({ deliveredUg: 0 });
  const given = { ratingId: '0193a000-0000-7000-8000-000000000001', item: 3, value: null };
  const encoded = encodeBody('item-answered', given);
  expect(encoded.body).toStrictEqual(given);
  // What the caller changes afterwards is not what was acknowledged.
  expect(encoded.body).not.toBe(given);
});

test('STORE-1 no kind of event passes on what it was given: lists within a body are copies too', () => {
  const given = { text: 'calm', chips: [{ group: 'affect', chip: 'calm' }] };
  const { body } = encodeBody('observation-recorded', given);
  const { chips } = body as typeof given;
  expect(chips).toStrictEqual(given.chips);
  expect(chips).not.toBe(given.chips);
  expect(chips[0]).not.toBe(given.chips[0]);
});

test('STORE-1 a body with U+0000 is refused, one that only writes it out is kept, and a kind that there is not has none', () => {
  const note = (text: string) => ({ text, chips: [] });
  expect(() => encodeBody('observation-recorded', note('a\u0000'))).toThrow(/U\+0000/);
  expect(encodeBody('observation-recorded', note('\\u0000')).body).toStrictEqual(note('\\u0000'));
  expect(() => encodeBody('toString' as never, {})).toThrow(/no such kind of event/);
});

const uuid = '0193a0ff-0000-7abc-8000-00000000dEf1';

test('STORE-1 an id is read in either case and told in the lower one', () => {
  expect(idToBlob(uuid, 'eventId').toString('hex')).toBe('0193a0ff00007abc800000000000def1');
  expect(blobToId(idToBlob(uuid, 'eventId'))).toBe(uuid.toLowerCase());
});

test.each([
  '',
  uuid.slice(1),
  `${uuid}0`,
  uuid.replaceAll('-', '0'),
  // A hyphen in another place, at each of the four.
  ...[8, 13, 18, 23].map((at) => `${uuid.slice(0, at)}0${uuid.slice(at + 1)}`),
  ...[0, 1, 34, 35].map((at) => `${uuid.slice(0, at)}g${uuid.slice(at + 1)}`),
  `${uuid.slice(0, 35)}é`,
  `${uuid.slice(0, 34)}海0`,
])('STORE-1 %j is no id, and the refusal names its field', (id) => {
  expect(() => idToBlob(id, 'commandId')).toThrow(/^commandId is not a UUID/);
});

test('STORE-1 a time is a whole number of milliseconds from 0 to the last one that there is, with the offset of a zone', () => {
  const last = utcMsSchema.maxValue ?? 0;
  const taken = (utcMs: number, offsetMin = 0): boolean => {
    try {
      return checkInstant({ utcMs, offsetMin }, 'occurred').utcMs === utcMs;
    } catch {
      return false;
    }
  };
  expect([0, 1, last].map((utcMs) => taken(utcMs))).toEqual([true, true, true]);
  expect([-1, 0.5, Number.NaN, last + 1].map((utcMs) => taken(utcMs))).toEqual([false, false, false, false]);
  expect([-1080, 1080].map((offsetMin) => taken(0, offsetMin))).toEqual([true, true]);
  expect([-1081, 1081, 0.5].map((offsetMin) => taken(0, offsetMin))).toEqual([false, false, false]);
});

test('STORE-1 a boot has a name of 1 to 64 characters, and a monotonic time is whole microseconds from 0', () => {
  expect([checkBootId('b'), checkBootId('b'.repeat(64))]).toEqual(['b', 'b'.repeat(64)]);
  for (const name of ['', 'b'.repeat(65)]) expect(() => checkBootId(name)).toThrow(/1 to 64 characters/);
  expect([monoToUs(0), monoToUs(1.0004), monoToUs(1.0006)]).toEqual([0, 1000, 1001]);
  for (const monoMs of [-1, Number.NaN, Number.MAX_SAFE_INTEGER]) expect(() => monoToUs(monoMs)).toThrow(/monotonic/);
});
