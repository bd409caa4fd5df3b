import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockText } from '../../electron/service/session/event-label.ts';
import {
  clockTimeAt,
  writtenDate,
  writtenMinute,
  writtenMinuteOfIso,
  writtenStamp,
  writtenWeekday,
} from '../../shared/values/clock-time.ts';
import { toIso } from '../../shared/values/instant.ts';
import { projectFiles, textOf } from '../architecture/tree.ts';

const newYork = -300;
const sixTwo = Date.UTC(2026, 10, 23, 11, 2, 5);

describe('times of day', () => {
  test('FORMAT-1 two digits on screens, prints and in messages', () => {
    const clock = clockTimeAt(newYork);
    const instant = { utcMs: sixTwo, offsetMin: newYork };
    expect([clock.minute(sixTwo), clock.second(sixTwo)]).toEqual(['06:02', '06:02:05']);
    expect([writtenMinute(instant), writtenMinuteOfIso(toIso(instant)), clockText(instant)]).toEqual(['06:02', '06:02', '06:02']);
    expect(clockTimeAt(0).minute(Date.UTC(2026, 0, 1))).toBe('00:00');
  });

  test('FORMAT-1 every minute of a day in every zone is as wide as every other, and in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: -72, max: 72 }), (minute, quarter) => {
        const offsetMin = quarter * 15;
        const ms = Date.UTC(2026, 10, 23) + (minute - offsetMin) * 60_000;
        const hour = Math.floor(minute / 60);
        const expected = `${hour < 10 ? '0' : ''}${hour}:${minute % 60 < 10 ? '0' : ''}${minute % 60}`;
        expect(clockTimeAt(offsetMin).minute(ms)).toBe(expected);
        expect(writtenMinuteOfIso(toIso({ utcMs: ms, offsetMin }))).toBe(expected);
      }),
      { seed: 62 },
    );
  });

  test('FORMAT-1 days and dates, with the weekday of the room and not of Greenwich', () => {
    const lateSunday = Date.UTC(2026, 10, 23, 3, 30);
    const clock = clockTimeAt(newYork);
    expect([clock.day(lateSunday), clock.longDay(lateSunday)]).toEqual(['Sun 22 Nov', 'Sunday 22 November 2026']);
    expect([writtenDate('1984-03-14'), writtenDate('2024-02-29')]).toEqual(['14 Mar 1984', '29 Feb 2024']);
    expect(writtenWeekday('2026-11-23T06:02:05.000-05:00')).toBe('Mon 23 Nov 2026');
    expect(writtenStamp('2026-11-23T06:02:05.000-05:00')).toBe('23 Nov 2026 06:02:05 −05:00');
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
