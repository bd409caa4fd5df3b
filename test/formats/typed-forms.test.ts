import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateTyped, yearIsShort } from '../../renderer/format/date-typed.ts';
import { parseTimeOfDay } from '../../renderer/format/time-of-day.ts';
import { celsiusFromEntry, gramsFromEntry, showTemperature, showWeight } from '../../shared/values/quantity.ts';

describe('a birth date as it is typed', () => {
  test.each([
    ['3/14/1984', 'us'],
    ['03-14-1984', 'us'],
    ['03141984', 'us'],
    ['Mar 14, 1984', 'us'],
    ['14/3/1984', 'uk'],
    ['14.03.1984', 'uk'],
    ['14031984', 'uk'],
    ['14 March 1984', 'uk'],
    ['1984-3-14', 'iso'],
    ['19840314', 'iso'],
    ['1984-03-14', 'us'],
    ['1984-03-14', 'uk'],
    ['14 mar 1984', 'us'],
  ] as const)('FORMAT-4 "%s" in the form %s is 14 March 1984', (typed, dates) => {
    expect(dateTyped(typed, dates)).toBe('1984-03-14');
  });

  test('FORMAT-4 the same digits are another day elsewhere', () => {
    expect([dateTyped('3/4/1984', 'us'), dateTyped('3/4/1984', 'uk')]).toEqual(['1984-03-04', '1984-04-03']);
  });

  test.each([
    ['14/3/1984', 'us'],
    ['3/14/1984', 'uk'],
    ['3/4/1984', 'iso'],
    ['3/14/84', 'us'],
    ['29/2/1983', 'uk'],
    ['31/4/1984', 'uk'],
    ['0/0/1984', 'uk'],
    ['14 1984 3', 'uk'],
    ['14 Foo 1984', 'uk'],
    ['', 'us'],
    ['1984', 'us'],
    ['3/14/1984 5', 'us'],
  ] as const)('FORMAT-4 "%s" in the form %s is no date', (typed, dates) => {
    expect(dateTyped(typed, dates)).toBeNull();
  });

  test('FORMAT-4 a year of fewer than four digits is named, and only that', () => {
    expect(['4/3/79', '3-14-84', '14.3.984', '14 Mar 84'].map(yearIsShort)).toEqual(Array(4).fill(true));
    expect(['4/3', '4/3/', '4/3/1979', '1984-03-1', '14 Mar 1984', '', '14031984'].map(yearIsShort)).toEqual(Array(7).fill(false));
  });

  test('FORMAT-4 29 February is a date in a leap year', () => {
    expect([dateTyped('2/29/1984', 'us'), dateTyped('29/2/1984', 'uk'), dateTyped('1984-02-29', 'iso')]).toEqual(
      Array(3).fill('1984-02-29'),
    );
  });
});

describe('a time of day on a clock of twelve hours', () => {
  const now = { utcMs: Date.UTC(2026, 10, 23, 19, 10), offsetMin: -300, hours: 12 } as const; // 14:10
  const today = (hour: number, minute: number): unknown => ({ ok: true, utcMs: Date.UTC(2026, 10, 23, hour + 5, minute) });

  test.each([
    ['2:05 PM', 14, 5],
    ['2:05pm', 14, 5],
    ['205p', 14, 5],
    ['10:36 a.m.', 10, 36],
    ['12:05 PM', 12, 5],
    ['12:30 am', 0, 30],
    ['14:05', 14, 5],
    ['2:05', 14, 5],
    ['10:36', 10, 36],
    ['12:05', 12, 5],
  ])('FORMAT-5 "%s" at ten past two is %i:%i', (typed, hour, minute) => {
    expect(parseTimeOfDay(typed, now)).toEqual(today(hour, minute));
  });

  test('FORMAT-5 AM and PM mean the same on a clock of 24 hours, and a time to come is refused on both', () => {
    expect(parseTimeOfDay('2:05 pm', { ...now, hours: 24 })).toEqual(today(14, 5));
    expect(parseTimeOfDay('2:05', { ...now, hours: 24 })).toEqual(today(2, 5));
    expect(parseTimeOfDay('3:00 PM', now)).toEqual({ ok: false, why: 'not-yet' });
  });
});

describe('units', () => {
  test('FORMAT-6 a temperature in °F is turned once, and comes back as it was typed, every tenth of a degree', () => {
    expect(celsiusFromEntry({ value: 98.6, unit: '[degF]' })).toBe(37);
    expect([showTemperature(37, 'Cel'), showTemperature(37, '[degF]')]).toEqual(['37.0 °C', '98.6 °F']);
    for (let tenth = 500; tenth <= 1220; tenth += 1) {
      const celsius = celsiusFromEntry({ value: tenth / 10, unit: '[degF]' });
      expect(showTemperature(celsius, '[degF]')).toBe(`${(tenth / 10).toFixed(1)} °F`);
    }
  });

  test('FORMAT-6 a weight always shows its kilograms, and pounds come back as they were typed', () => {
    expect([showWeight(81_647, 'lb'), showWeight(81_647, 'kg')]).toEqual(['180.0 lb (81.6 kg)', '81.6 kg']);
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 6000 }), (tenths) => {
        const grams = gramsFromEntry({ value: tenths / 10, unit: 'lb' });
        expect(showWeight(grams, 'lb')).toContain(`${(tenths / 10).toFixed(1)} lb (`);
      }),
      { seed: 453 },
    );
  });
});
