import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeBody, isUnchangedByJson } from '../../electron/service/store/event-row.ts';

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
