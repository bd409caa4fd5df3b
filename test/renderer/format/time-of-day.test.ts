import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTimeOfDay } from '../../../renderer/format/time-of-day.ts';

/** 10:38:00 on 23 November 2026 in New York. */
const now = { utcMs: Date.UTC(2026, 10, 23, 15, 38, 0), offsetMin: -300, hours: 24 } as const;

describe('another time, typed as the wall clock showed it', () => {
  test.each([
    ['10:36', 10, 36, 0],
    ['1036', 10, 36, 0],
    ['10.36', 10, 36, 0],
    [' 9:05 ', 9, 5, 0],
    ['10:36:20', 10, 36, 20],
    ['00:00', 0, 0, 0],
  ])('SCREEN-4 "%s" is the last moment the clock showed it', (typed, hour, minute, second) => {
    expect(parseTimeOfDay(typed, now)).toEqual({ ok: true, utcMs: Date.UTC(2026, 10, 23, hour + 5, minute, second) });
  });

  test.each(['', '10', '25:00', '10:60', '10:36:60', 'ten', '13:05 pm', '0:10 am', '-1:00'])('SCREEN-4 "%s" is not a time', (typed) => {
    expect(parseTimeOfDay(typed, now)).toEqual({ ok: false, why: 'not-a-time' });
  });

  test('SCREEN-5 a time that has not come yet today is refused, not taken for yesterday', () => {
    expect(parseTimeOfDay('10:39', now)).toEqual({ ok: false, why: 'not-yet' });
    expect(parseTimeOfDay('22:36', now)).toEqual({ ok: false, why: 'not-yet' });
  });

  test('SCREEN-5 just after midnight a time before it was yesterday', () => {
    const afterMidnight = { utcMs: Date.UTC(2026, 10, 24, 5, 10, 0), offsetMin: -300, hours: 24 } as const;
    expect(parseTimeOfDay('23:55', afterMidnight)).toEqual({ ok: true, utcMs: Date.UTC(2026, 10, 24, 4, 55, 0) });
  });

  test('SCREEN-4 whatever is typed, the result is in the past and shows the typed time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        fc.integer({ min: -720, max: 840 }),
        (hour, minute, offsetMin) => {
          const typed = `${hour}:${String(minute).padStart(2, '0')}`;
          const result = parseTimeOfDay(typed, { ...now, offsetMin });
          if (!result.ok) return;
          expect(result.utcMs).toBeLessThanOrEqual(now.utcMs);
          const local = new Date(result.utcMs + offsetMin * 60_000);
          expect([local.getUTCHours(), local.getUTCMinutes()]).toEqual([hour, minute]);
        },
      ),
      { seed: 20261123, numRuns: 300 },
    );
  });
});
