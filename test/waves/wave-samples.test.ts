import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeSamples, encodeSamples, type Sample } from '../../electron/service/store/wave-samples.ts';

const absence = fc.constantFrom<Sample>('invalid', 'missing');
const roundTrip = (samples: readonly Sample[]): Sample[] => decodeSamples(encodeSamples(samples));

test('WAVE-1, WAVE-2 whole numbers and decimals come back as they were, absences as absences', () => {
  const sample = fc
    .tuple(fc.constantFrom(1, 10, 100, 1000, 10_000), fc.integer({ min: -1_000_000, max: 1_000_000 }))
    .chain(([perUnit, lowest]) =>
      fc.array(
        fc.oneof(
          { weight: 9, arbitrary: fc.integer({ min: 0, max: 60_000 }).map((step) => (lowest + step) / perUnit) },
          { weight: 1, arbitrary: absence },
        ),
        {
          minLength: 1,
          maxLength: 200,
        },
      ),
    );
  fc.assert(
    fc.property(sample, (samples) => {
      expect(roundTrip(samples)).toEqual(samples);
    }),
    { seed: 41, numRuns: 400 },
  );
});

test('WAVE-1 anything finer is within half a step of its range', () => {
  const samples = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 100 });
  fc.assert(
    fc.property(samples, (values) => {
      const range = Math.max(...values) - Math.min(...values);
      const back = roundTrip(values);
      values.forEach((value, index) => expect(Math.abs(Number(back[index]) - value)).toBeLessThanOrEqual(range / 65_533 / 2 + 1e-9));
    }),
    { seed: 42, numRuns: 300 },
  );
});

test('WAVE-1 eight bits take a byte a sample, sixteen two', () => {
  expect(encodeSamples([0, 253]).width).toBe(1);
  expect(encodeSamples([0, 254]).width).toBe(2);
  expect(encodeSamples([0, 65_533]).bytes).toEqual(Uint8Array.of(0, 0, 0xfd, 0xff));
  expect(roundTrip([0, 65_535])).not.toContain('invalid');
  expect(roundTrip([0, 65_534, 65_535]).every((sample) => typeof sample === 'number')).toBe(true);
});

test('WAVE-2 a block of nothing but absences holds no number, and no number is an absence', () => {
  expect(roundTrip(['invalid', 'missing'])).toEqual(['invalid', 'missing']);
  for (const value of [254, 255, 65_534, 65_535])
    expect(roundTrip([0, value, 'invalid'])).toEqual([0, expect.closeTo(value, 0), 'invalid']);
  expect(() => encodeSamples([Number.NaN])).toThrow(TypeError);
  expect(() => decodeSamples({ width: 2, base: 0, perUnit: 1, bytes: Uint8Array.of(1) })).toThrow(/cut/);
  expect(() => decodeSamples({ width: 1, base: 0, perUnit: 0, bytes: Uint8Array.of(1) })).toThrow(/scale/);
});
