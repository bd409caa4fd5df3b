import { expect, test } from 'vitest';
import { stockKey, stockLabel, stockSchema, type Stock } from '../../shared/clinical/controlled-drug.ts';

const vial: Stock = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 };
const lozenge: Stock = { drug: 'ketamine', unit: 'lozenge', unitUg: 100_000, ugPerMl: null };

test('DRUG-8 a balance is of one drug in one form, size and strength: another in any of them is another stock', () => {
  const others: readonly Partial<Stock>[] = [
    { drug: 'esketamine' },
    { unit: 'ampoule' },
    { unitUg: 200_000 },
    { ugPerMl: 10_000 },
    { ugPerMl: null },
  ];
  const keys = [vial, ...others.map((change) => ({ ...vial, ...change }))].map(stockKey);
  expect(new Set(keys).size).toBe(6);
});

test('DRUG-8 the same drug in other letters, or with a space beside it, is the same stock', () => {
  expect(stockKey({ ...vial, drug: ' Ketamine ' })).toBe(stockKey(vial));
  expect(stockKey({ ...vial, drug: 'Weißol' })).not.toBe(stockKey({ ...vial, drug: 'Weissol' }));
});

test('DRUG-18 a stock says its drug, its form, its size in mg, and its strength where it is a liquid', () => {
  expect(stockLabel(vial)).toBe('ketamine, vial of 500 mg (50 mg/mL)');
  expect(stockLabel(lozenge)).toBe('ketamine, lozenge of 100 mg');
  expect(stockLabel({ ...vial, unitUg: 500, ugPerMl: 2500 })).toBe('ketamine, vial of 0.5 mg (2.5 mg/mL)');
});

test.each([
  ['nothing in a unit', { unitUg: 0 }, false],
  ['a microgram in a unit', { unitUg: 1 }, true],
  ['ten grams in a unit', { unitUg: 10_000_000 }, true],
  ['more than ten grams in a unit', { unitUg: 10_000_001 }, false],
  ['a part of a microgram', { unitUg: 0.5 }, false],
  ['no strength', { ugPerMl: 0 }, false],
  ['the weakest strength', { ugPerMl: 1 }, true],
  ['the strongest strength', { ugPerMl: 10_000_000 }, true],
  ['a strength beyond it', { ugPerMl: 10_000_001 }, false],
  ['a part of a microgram in a millilitre', { ugPerMl: 1.5 }, false],
  ['no liquid', { ugPerMl: null }, true],
  ['a drug without a name', { drug: ' ' }, false],
  ['a drug with a name of sixty letters', { drug: 'x'.repeat(60) }, true],
  ['a drug with a name of sixty-one letters', { drug: 'x'.repeat(61) }, false],
])('DRUG-18 a stock with %s', (_, change, isTaken) => {
  expect(stockSchema.safeParse({ ...vial, ...change }).success).toBe(isTaken);
});
