import type { UtcMs } from '../../shared/values/instant.ts';

export interface ClockTime {
  readonly offsetMin: number;
  /** `10:36` */
  readonly minute: (ms: UtcMs) => string;
  /** `10:36:05` */
  readonly second: (ms: UtcMs) => string;
  /** `Mon 23 Nov` */
  readonly day: (ms: UtcMs) => string;
  /** `Monday 23 November 2026` */
  readonly longDay: (ms: UtcMs) => string;
}

/** How a room at this offset from UTC writes its times: 24 hours, day before month, in English. */
export function clockTimeAt(offsetMin: number): ClockTime {
  const local = (ms: UtcMs): Date => new Date(ms + offsetMin * 60_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const minute = (ms: UtcMs): string => `${local(ms).getUTCHours()}:${two(local(ms).getUTCMinutes())}`;
  const written = (options: Intl.DateTimeFormatOptions): ((ms: UtcMs) => string) => {
    const format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
    return (ms) => format.format(local(ms)).replaceAll(',', '');
  };
  return {
    offsetMin,
    minute,
    second: (ms) => `${minute(ms)}:${two(local(ms).getUTCSeconds())}`,
    day: written({ weekday: 'short', day: 'numeric', month: 'short' }),
    longDay: written({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
  };
}

const birthFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** `14 Mar 1984` of an ISO date. */
export function writtenDate(isoDate: string): string {
  return birthFormat.format(new Date(`${isoDate}T00:00:00Z`));
}

/** Whole years between an ISO date and a moment in the room's calendar. */
export function yearsOld(isoDate: string, nowMs: UtcMs, offsetMin: number): number {
  const [year = 0, month = 1, day = 1] = isoDate.split('-').map(Number);
  const now = new Date(nowMs + offsetMin * 60_000);
  const hadBirthday = now.getUTCMonth() + 1 > month || (now.getUTCMonth() + 1 === month && now.getUTCDate() >= day);
  return now.getUTCFullYear() - year - (hadBirthday ? 0 : 1);
}
