import { calendarDay, daysAfter, monthsAfter, weekdayOf, zonedInstant, type CalendarDay, type TimeZone } from '../values/calendar.ts';
import type { UtcMs } from '../values/instant.ts';

/**
 * When a patient is called after a session (`docs/clinical-rules.md`). Rules of hours count elapsed time, so that
 * a change of the clocks moves nothing; rules of days count days of the clinic's calendar and keep the wall time.
 * A weekend or a holiday moves a call only inside its tolerance.
 */

const hourMs = 3_600_000;

export interface DueWindow {
  readonly openMs: UtcMs;
  readonly dueMs: UtcMs;
  readonly closeMs: UtcMs;
}

function hoursAfter(endMs: UtcMs, [open, due, close]: readonly [number, number, number]): DueWindow {
  return { openMs: endMs + open * hourMs, dueMs: endMs + due * hourMs, closeMs: endMs + close * hourMs };
}

/** The same evening: got home, nausea, sleep. Five hours after the end, two either way. */
export function eveningCall(endMs: UtcMs): DueWindow {
  return hoursAfter(endMs, [3, 5, 7]);
}

/** Suicidality at 24 hours elapsed, from 20 to 30. */
export function suicidality24h(endMs: UtcMs): DueWindow {
  return hoursAfter(endMs, [20, 24, 30]);
}

/** The integration window as the clinic set it; 24 to 72 hours by default. The human window is not established. */
export function integrationWindow(
  endMs: UtcMs,
  hours: readonly [number, number] = [24, 72],
): { readonly openMs: UtcMs; readonly closeMs: UtcMs } {
  return { openMs: endMs + hours[0] * hourMs, closeMs: endMs + hours[1] * hourMs };
}

/** Suicidality at 7 days of the calendar, at the same wall time, a day either way. */
export function suicidality7d(endMs: UtcMs, zone: TimeZone): DueWindow {
  const at = (days: number): UtcMs => zonedInstant({ ...localOf(endMs, zone), day: daysAfter(calendarDay(endMs, zone), days) }, zone);
  return { openMs: at(6), dueMs: at(7), closeMs: at(8) };
}

function localOf(atMs: UtcMs, zone: TimeZone): { readonly msOfDay: number } {
  // The wall time of the end: how far the clock shows past midnight, whatever the day's length.
  const shownMs = atMs + zone.offsetMin(atMs) * 60_000;
  return { msOfDay: ((shownMs % 86_400_000) + 86_400_000) % 86_400_000 };
}

export interface DayWindow {
  readonly open: CalendarDay;
  readonly due: CalendarDay;
  readonly close: CalendarDay;
}

/** So many days after the session, within a tolerance of days. */
export function followUpAfterDays(endMs: UtcMs, zone: TimeZone, days: number, toleranceDays = 7): DayWindow {
  return windowAround(daysAfter(calendarDay(endMs, zone), days), toleranceDays);
}

/** So many months of the calendar; the last day of a month that is too short. Seven days either way. */
export function followUpAfterMonths(endMs: UtcMs, zone: TimeZone, months: number, toleranceDays = 7): DayWindow {
  return windowAround(monthsAfter(calendarDay(endMs, zone), months), toleranceDays);
}

function windowAround(due: CalendarDay, toleranceDays: number): DayWindow {
  return { open: daysAfter(due, -toleranceDays), due, close: daysAfter(due, toleranceDays) };
}

/**
 * The working day on which a call is made: its own, or the nearest inside the tolerance, the later of two equally
 * near. Where the whole tolerance is weekend and holiday, the day stays as it is: a call is not dropped.
 */
export function workingDay(window: DayWindow, holidays: readonly CalendarDay[] = []): CalendarDay {
  const isWorking = (day: CalendarDay): boolean => weekdayOf(day) < 6 && !holidays.includes(day);
  for (let away = 0; away <= toleranceDaysMax; away += 1) {
    for (const day of [daysAfter(window.due, away), daysAfter(window.due, -away)]) {
      if (day >= window.open && day <= window.close && isWorking(day)) return day;
    }
  }
  return window.due;
}

const toleranceDaysMax = 31;
