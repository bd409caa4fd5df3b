import { expect, test } from 'vitest';
import { doseLimit, siteLimitUl } from '../../shared/clinical/dose-limit.ts';
import { findProtocol } from '../../shared/clinical/protocol-directory.ts';
import type { Protocol } from '../../shared/clinical/protocol.ts';

const grams = 81_647;

function builtIn(id: string): Protocol {
  const protocol = findProtocol(id);
  if (protocol === null || protocol === undefined) throw new Error(`no protocol ${id}`);
  return protocol;
}

test.each([
  ['iv-ketamine-0.5-40', { ug: 81_648, words: '1 mg/kg' }],
  ['im-ketamine-1.0', { ug: 163_295, words: '2 mg/kg' }],
  ['sublingual-ketamine-remote', { ug: 326_589, words: '4 mg/kg' }],
])('AMOUNT-5 the most of %s is its mg/kg of this patient and the microgram that rounding may add', (id, most) => {
  expect(doseLimit(builtIn(id), grams)).toEqual(most);
  expect(doseLimit(builtIn(id), null)).toBeNull();
});

test('AMOUNT-5 the most of a nasal dose is the largest that is ordered, whatever the patient weighs', () => {
  const most = { ug: 84_000, words: '84 mg' };
  expect([null, grams].map((weight) => doseLimit(builtIn('intranasal-esketamine-rems'), weight))).toEqual([most, most]);
});

test('AMOUNT-5 half a microgram of the most is not taken from the patient', () => {
  const im = builtIn('im-ketamine-1.0');
  if (im.route !== 'im') throw new Error('not by muscle');
  // 1.5 mg/kg × 81.647 kg = 122,470.5 µg
  expect(doseLimit({ ...im, dose: { ...im.dose, mgPerKgTotalMax: 1.5 } }, grams)?.ug).toBe(122_472);
});

test('AMOUNT-4 a muscle takes what its protocol says of it, or of any', () => {
  const im = builtIn('im-ketamine-1.0');
  if (im.route !== 'im') throw new Error('not by muscle');
  expect([siteLimitUl(im.dose, 'deltoid'), siteLimitUl(im.dose, 'ventrogluteal')]).toEqual([2000, 4000]);
});
