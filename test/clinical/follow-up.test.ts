import { describe, expect, test } from 'vitest';
import cases from '../fixtures/clinical/follow-ups.json' with { type: 'json' };
import {
  eveningCall,
  followUpAfterDays,
  followUpAfterMonths,
  integrationWindow,
  suicidality24h,
  suicidality7d,
  workingDay,
} from '../../shared/clinical/follow-up.ts';
import { calendarDay, monthsAfter, timeZone, weekdayOf } from '../../shared/values/calendar.ts';

const newYork = timeZone('America/New_York');
const endMs = Date.parse(cases.infusionEnd);
const hours = (ms: number): number => (ms - endMs) / 3_600_000;

describe('follow-ups', () => {
  test('FOLLOW-1 suicidality is due 24 elapsed hours after the end, from 20 to 30', () => {
    const { due, open, close } = cases.suicidality24h;
    expect(suicidality24h(endMs)).toEqual({ openMs: Date.parse(open), dueMs: Date.parse(due), closeMs: Date.parse(close) });
  });

  test('FOLLOW-1 a change of the clocks does not move a call counted in hours', () => {
    const dstEndMs = Date.parse(cases.dstCase.infusionEnd);
    const { dueMs } = suicidality24h(dstEndMs);
    expect(dueMs).toBe(Date.parse(cases.dstCase.plus24hUTC));
    expect(newYork.offsetMin(dstEndMs) - newYork.offsetMin(dueMs)).toBe(60);
    const shown = new Date(dueMs + newYork.offsetMin(dueMs) * 60_000).toISOString().slice(0, 16);
    expect(cases.dstCase.localClock).toContain(shown);
  });

  test('FOLLOW-1 the evening call is five hours after the end, two either way', () => {
    expect([hours(eveningCall(endMs).openMs), hours(eveningCall(endMs).dueMs), hours(eveningCall(endMs).closeMs)]).toEqual([3, 5, 7]);
  });

  test('FOLLOW-2 the integration window is 24 to 72 hours, or what the clinic set', () => {
    const { open, close } = cases.integrationWindow;
    expect(integrationWindow(endMs)).toEqual({ openMs: Date.parse(open), closeMs: Date.parse(close) });
    expect(hours(integrationWindow(endMs, [12, 96]).closeMs)).toBe(96);
  });

  test('FOLLOW-3 suicidality at 7 days keeps the wall time, also over a change of the clocks', () => {
    expect(suicidality7d(endMs, newYork).dueMs).toBe(Date.parse(cases.suicidality7d.due));
    const beforeDst = Date.parse('2026-10-28T15:00:00-04:00');
    const { openMs, dueMs, closeMs } = suicidality7d(beforeDst, newYork);
    expect(dueMs).toBe(Date.parse('2026-11-04T15:00:00-05:00'));
    expect([openMs, closeMs]).toEqual([Date.parse('2026-11-03T15:00:00-05:00'), Date.parse('2026-11-05T15:00:00-05:00')]);
    const spring = Date.parse('2026-03-05T09:30:00-05:00');
    expect(suicidality7d(spring, newYork).dueMs).toBe(Date.parse('2026-03-12T09:30:00-04:00'));
  });

  test('FOLLOW-4 days and months are those of the calendar', () => {
    expect(followUpAfterDays(endMs, newYork, 28).due).toBe(cases.day28);
    expect(followUpAfterDays(endMs, newYork, 182).due).toBe(cases.day182);
    expect(followUpAfterMonths(endMs, newYork, 6)).toEqual({ open: '2027-05-16', due: cases.sixCalendarMonths, close: '2027-05-30' });
    expect(monthsAfter('2026-08-31', 6)).toBe('2027-02-28');
    expect(monthsAfter('2027-11-30', 3)).toBe('2028-02-29');
    expect(calendarDay(Date.parse('2026-11-24T03:00:00Z'), newYork)).toBe('2026-11-23');
  });

  test('FOLLOW-5 a weekend or a holiday moves a call inside its tolerance and never out of it', () => {
    expect(['2026-11-23', '2026-11-28', '2026-11-29'].map(weekdayOf)).toEqual([1, 6, 7]);
    const sunday = { open: '2026-11-28', due: '2026-11-29', close: '2026-11-30' };
    expect(workingDay(sunday)).toBe('2026-11-30');
    expect(workingDay({ ...sunday, open: '2026-11-22', close: '2026-12-06', due: '2026-11-28' })).toBe('2026-11-27');
    expect(workingDay({ ...sunday, open: '2026-11-22', close: '2026-12-06', due: '2026-11-28' }, ['2026-11-27'])).toBe('2026-11-30');
    // The whole tolerance is weekend: the call stays on its day.
    expect(workingDay({ open: '2026-11-28', due: '2026-11-28', close: '2026-11-29' })).toBe('2026-11-28');
  });
});
