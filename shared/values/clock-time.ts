import type { Instant, UtcMs } from './instant.ts';

/**
 * How times and dates are written for people, on every screen, print and message. Hours have two digits, so that
 * nothing jumps at ten o'clock and columns line up. Files for machines write ISO 8601 (`instant.ts`) instead.
 */

/** What a wall clock shows, in milliseconds of a day count of its own: a moment in UTC moved by its zone's offset. */
type WallMs = number;

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const minuteMs = 60_000;

const two = (value: number): string => String(value).padStart(2, '0');
const short = (name: string): string => name.slice(0, 3);

interface Wall {
  readonly year: number;
  readonly month: string;
  readonly day: number;
  readonly weekday: string;
}

function wallOf(wallMs: WallMs): Wall {
  const at = new Date(wallMs);
  return {
    year: at.getUTCFullYear(),
    month: months[at.getUTCMonth()] ?? '',
    day: at.getUTCDate(),
    weekday: weekdays[at.getUTCDay()] ?? '',
  };
}

function minuteOf(wallMs: WallMs): string {
  const at = new Date(wallMs);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

function secondOf(wallMs: WallMs): string {
  return `${minuteOf(wallMs)}:${two(new Date(wallMs).getUTCSeconds())}`;
}

function dateOf(wallMs: WallMs): string {
  const { day, month, year } = wallOf(wallMs);
  return `${day} ${short(month)} ${year}`;
}

/** The wall time that an ISO time was written with, whatever its offset; of an ISO date, its midnight. */
function wallMsOfIso(iso: string): WallMs {
  return Date.parse(iso.length > 10 ? `${iso.slice(0, 19)}Z` : `${iso}T00:00:00Z`);
}

export interface ClockTime {
  readonly offsetMin: number;
  /** `06:02` */
  readonly minute: (ms: UtcMs) => string;
  /** `06:02:05` */
  readonly second: (ms: UtcMs) => string;
  /** `Mon 23 Nov` */
  readonly day: (ms: UtcMs) => string;
  /** `Monday 23 November 2026` */
  readonly longDay: (ms: UtcMs) => string;
}

/** How a room at this offset from UTC writes its times. */
export function clockTimeAt(offsetMin: number): ClockTime {
  const wall = (ms: UtcMs): WallMs => ms + offsetMin * minuteMs;
  return {
    offsetMin,
    minute: (ms) => minuteOf(wall(ms)),
    second: (ms) => secondOf(wall(ms)),
    day: (ms) => {
      const { weekday, day, month } = wallOf(wall(ms));
      return `${short(weekday)} ${day} ${short(month)}`;
    },
    longDay: (ms) => {
      const { weekday, day, month, year } = wallOf(wall(ms));
      return `${weekday} ${day} ${month} ${year}`;
    },
  };
}

/** `06:02` by the clock of the instant's own place. */
export function writtenMinute({ utcMs, offsetMin }: Instant): string {
  return minuteOf(utcMs + offsetMin * minuteMs);
}

/** `06:02` of an ISO time, by the clock it was written with. */
export function writtenMinuteOfIso(iso: string): string {
  return minuteOf(wallMsOfIso(iso));
}

/** `14 Mar 1984` of an ISO date or time. */
export function writtenDate(iso: string): string {
  return dateOf(wallMsOfIso(iso));
}

/** `Mon 23 Nov 2026` of an ISO date or time. */
export function writtenWeekday(iso: string): string {
  return `${short(wallOf(wallMsOfIso(iso)).weekday)} ${writtenDate(iso)}`;
}

/** `23 Nov 2026 06:14:08 −05:00`: a signature says its zone. */
export function writtenStamp(iso: string): string {
  return `${writtenDate(iso)} ${secondOf(wallMsOfIso(iso))} ${iso.slice(23).replace('-', '−')}`;
}

/** `1 h 00 min`, `7 min`, `30 s`: a length of time that is over, to the nearest. */
export function writtenLength(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}
