import { describe, expect, test } from 'vitest';
import { drivers } from '../../../electron/service/drivers/driver-directory.ts';
import { casesOf } from '../cases/case-directory.ts';
import { playNoise } from '../noisy-line.ts';

const streamBytes = process.env['VIGIL_SOAK'] === undefined ? 300_000 : 10_000_000;
const checked = drivers.filter(({ proof }) => proof.check === 'crc' || proof.check === 'sum');

describe.each(drivers)('noise on $id', (driver) => {
  const { stream, wrongMax = { bitsTurned: 0, bytesMoved: 0 } } = casesOf(driver.id);
  const isChecked = checked.includes(driver);
  if (!isChecked && casesOf(driver.id).wrongMax === undefined)
    throw new Error(`no checksum stands in ${driver.id}, and its cases do not say what noise may make of it`);
  const line = { units: stream.units, streamBytes };

  test.each([
    ['bits turned, bytes lost and doubled', true, wrongMax.bitsTurned],
    ['bytes lost and doubled', false, wrongMax.bytesMoved],
  ] as const)(
    'DRIVER-5, DRIVER-12 one byte in a hundred, %s: no more numbers are wrong than its protocol cannot help',
    (_what, turnsBits, mostWrong) => {
      const told = playNoise(driver.createDecoder, { ...line, perMille: 10, turnsBits });
      const wrong = isChecked ? told.wrong : told.unmarked;
      expect((1000 * wrong) / (told.right + told.wrong)).toBeLessThanOrEqual(mostWrong);
      // A damaged byte costs its frame, and the one before where only what follows proves it.
      const framesEach = stream.readingsBefore === undefined ? 1 : 2;
      expect(told.units * told.perUnit.frames - told.frames).toBeLessThanOrEqual(framesEach * told.damagedBytes);
    },
  );

  test('DRIVER-5 one byte in a thousand: a damaged unit costs itself, and at most its neighbour', () => {
    const told = playNoise(driver.createDecoder, { ...line, perMille: 1 });
    expect(told.damagedUnits).toBeGreaterThan(200);
    expect(told.right).toBeGreaterThanOrEqual(told.perUnit.numbers * (told.units - 2 * told.damagedUnits));
  });
});

describe('checks', () => {
  // Of longer frames none comes through.
  test.each(checked.filter(({ id }) => casesOf(id).wrongMax === undefined && casesOf(id).stream.frameBytes <= 200))(
    'DRIVER-5 one byte in twenty: with the check of $id no number is wrong, however it is marked',
    ({ id, createDecoder }) => {
      const told = playNoise(createDecoder, { units: casesOf(id).stream.units, streamBytes, perMille: 50 });
      expect(told.frames).toBeGreaterThan(0);
      expect(told.wrong).toBe(0);
    },
  );

  test.each(checked)(
    'DRIVER-5 negative control: without the check of $id the same noise does become wrong numbers',
    ({ id, createDecoder }) => {
      const { stream, withoutCheck } = casesOf(id);
      if (withoutCheck === undefined) throw new Error(`the cases of ${id} have no decoder without its check`);
      const line = { units: stream.units, streamBytes, perMille: 10 };
      const withIt = playNoise(createDecoder, line).wrong;
      expect(playNoise(withoutCheck, line).wrong).toBeGreaterThan(Math.max(2, 10 * withIt));
    },
  );
});
