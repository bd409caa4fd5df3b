import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writtenMinute, clockTimeAt, writtenIso } from '../../shared/values/clock-time.ts';
import { formatsOfCountry } from '../../shared/values/formats.ts';
import { toIso } from '../../shared/values/instant.ts';
import { projectFiles, textOf } from '../architecture/tree.ts';

const { us, uk, iso } = formatsOfCountry;
const newYork = -300;
const sixTwo = Date.UTC(2026, 10, 23, 11, 2, 5);
const sixTwoIso = '2026-11-23T06:02:05.000-05:00';

describe('times of day', () => {
  test('FORMAT-1 two digits on screens, prints and in messages', () => {
    const clock = clockTimeAt(newYork, uk);
    const instant = { utcMs: sixTwo, offsetMin: newYork };
    expect([clock.minute(sixTwo), clock.second(sixTwo)]).toEqual(['06:02', '06:02:05']);
    expect([writtenIso(uk).minute(toIso(instant)), writtenMinute(instant)]).toEqual(['06:02', '06:02']);
    expect(clockTimeAt(0, iso).minute(Date.UTC(2026, 0, 1))).toBe('00:00');
  });

  test('FORMAT-1 every minute of a day in every zone is as wide as every other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: -72, max: 72 }), (minute, quarter) => {
        const offsetMin = quarter * 15;
        const ms = Date.UTC(2026, 10, 23) + (minute - offsetMin) * 60_000;
        const hour = Math.floor(minute / 60);
        const expected = `${hour < 10 ? '0' : ''}${hour}:${minute % 60 < 10 ? '0' : ''}${minute % 60}`;
        expect(clockTimeAt(offsetMin, uk).minute(ms)).toBe(expected);
        expect(writtenIso(uk).minute(toIso({ utcMs: ms, offsetMin }))).toBe(expected);
        expect(clockTimeAt(offsetMin, us).minute(ms)).toMatch(/^(0[1-9]|1[0-2]):[0-5]\d [AP]M$/);
      }),
      { seed: 62 },
    );
  });
});

describe('a clinic’s own forms', () => {
  test('FORMAT-3 dates in three forms, months in letters wherever day and month could be taken for one another', () => {
    // Sunday evening in New York is Monday in Greenwich: the room's day counts.
    const lateSunday = Date.UTC(2026, 10, 23, 3, 30);
    const days = [us, uk, iso].map((formats) => {
      const clock = clockTimeAt(newYork, formats);
      return [clock.day(lateSunday), clock.longDay(lateSunday), clock.date('1984-03-04'), clock.dateAt(lateSunday)];
    });
    expect(days).toEqual([
      ['Sun, Nov 22', 'Sunday, November 22, 2026', 'Mar 4, 1984', 'Nov 22, 2026'],
      ['Sun 22 Nov', 'Sunday 22 November 2026', '4 Mar 1984', '22 Nov 2026'],
      ['Sun 2026-11-22', 'Sunday 2026-11-22', '1984-03-04', '2026-11-22'],
    ]);
    expect(clockTimeAt(0, us).date('2024-02-29')).toBe('Feb 29, 2024');
  });

  test('FORMAT-3 prints write by the clock that a time was written with, and a signature says its zone', () => {
    expect([us, uk, iso].map((formats) => writtenIso(formats).weekday(sixTwoIso))).toEqual([
      'Mon, Nov 23, 2026',
      'Mon 23 Nov 2026',
      'Mon 2026-11-23',
    ]);
    expect([us, uk, iso].map((formats) => writtenIso(formats).stamp(sixTwoIso))).toEqual([
      'Nov 23, 2026 06:02:05 AM −05:00',
      '23 Nov 2026 06:02:05 −05:00',
      '2026-11-23 06:02:05 −05:00',
    ]);
  });

  test('FORMAT-3 twelve hours have neither 0 nor 13, and noon is PM', () => {
    const clock = clockTimeAt(0, us);
    const minutes = [0, 1, 11 * 60 + 59, 12 * 60, 12 * 60 + 1, 13 * 60, 23 * 60 + 59].map((minute) =>
      clock.minute(Date.UTC(2026, 10, 23, 0, minute)),
    );
    expect(minutes).toEqual(['12:00 AM', '12:01 AM', '11:59 AM', '12:00 PM', '12:01 PM', '01:00 PM', '11:59 PM']);
  });
});

describe('one owner', () => {
  const writesHours = /getUTCHours|getHours|toLocale(Time|Date)?String|DateTimeFormat/;
  /** A zone's offset is worked out with the platform's calendar; a simulated monitor has a clock of its own. */
  const innocent = /^(shared\/values\/(clock-time|calendar)\.ts|electron\/service\/simulators\/)/;

  test('FORMAT-2 nothing else writes an hour or a date', () => {
    const sources = projectFiles.filter((path) => /^(electron|renderer|shared)\/.*\.tsx?$/.test(path) && !innocent.test(path));
    expect(sources.length).toBeGreaterThan(300);
    expect(sources.filter((path) => writesHours.test(textOf(path)))).toEqual([]);
    expect(writesHours.test(textOf('shared/values/clock-time.ts'))).toBe(true);
  });
});
