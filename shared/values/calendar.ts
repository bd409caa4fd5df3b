import type { UtcMs } from './instant.ts';

/** An ISO date, `2026-11-23`: a day of the wall calendar, with no time and no zone. */
export type CalendarDay = string;

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** How a place shows the time: its offset, in minutes east of UTC, at an instant. */
export interface TimeZone {
  offsetMin(atMs: UtcMs): number;
}

/** A zone by its IANA name, for example `America/New_York`. Throws a RangeError for a name that is none. */
export function timeZone(name: string): TimeZone {
  const shown = new Intl.DateTimeFormat('en-US-u-hc-h23', {
    timeZone: name,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return {
    offsetMin: (atMs) => {
      const part = new Map(shown.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
      const of = (type: Intl.DateTimeFormatPartTypes): number => part.get(type) ?? 0;
      const wallMs = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
      return Math.round((wallMs - atMs) / minuteMs);
    },
  };
}

export function calendarDay(atMs: UtcMs, zone: TimeZone): CalendarDay {
  return isoDay(atMs + zone.offsetMin(atMs) * minuteMs);
}

/** When a zone's wall clock shows that time of that day; in the hour that a change skips, the instant after it. */
export function zonedInstant({ day, msOfDay }: { readonly day: CalendarDay; readonly msOfDay: number }, zone: TimeZone): UtcMs {
  const wallMs = midnightMs(day) + msOfDay;
  const early = wallMs - zone.offsetMin(wallMs) * minuteMs;
  return wallMs - zone.offsetMin(early) * minuteMs;
}

export function daysAfter(day: CalendarDay, days: number): CalendarDay {
  return isoDay(midnightMs(day) + days * dayMs);
}

/** The same day of a later month, or its last day where the month is too short. */
export function monthsAfter(day: CalendarDay, months: number): CalendarDay {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return isoDay(Date.UTC(year, month - 1 + months, Math.min(date, last)));
}

/** 1 Monday … 7 Sunday. */
export function weekdayOf(day: CalendarDay): number {
  return ((Math.floor(midnightMs(day) / dayMs) + 3) % 7) + 1;
}

function midnightMs(day: CalendarDay): UtcMs {
  return Date.parse(`${day}T00:00:00Z`);
}

function isoDay(ms: number): CalendarDay {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Milliseconds of an ISO time, taken as UTC where it states no zone; null where it is no moment. */
export function statedTimeMs(iso: string): number | null {
  const ms = Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(iso) ? iso : `${iso}Z`);
  return Number.isFinite(ms) ? ms : null;
}
