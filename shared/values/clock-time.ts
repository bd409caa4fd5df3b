import type { Formats } from './formats.ts';
import type { Instant, UtcMs } from './instant.ts';

/**
 * How times and dates are written for people, on every screen, print and message. Hours have two digits, so that
 * nothing jumps at ten o'clock and columns line up. Files for machines write ISO 8601 (`instant.ts`) instead.
 */

/** What a wall clock shows, in milliseconds of a day count of its own: a moment in UTC moved by its zone's offset. */
type WallMs = number;

type TimeFormats = Pick<Formats, 'dates' | 'hours'>;

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const minuteMs = 60_000;

const two = (value: number): string => String(value).padStart(2, '0');
const short = (name: string): string => name.slice(0, 3);

interface Wall {
  readonly iso: string;
  readonly year: number;
  readonly month: string;
  readonly day: number;
  readonly weekday: string;
}

function wallOf(wallMs: WallMs): Wall {
  const at = new Date(wallMs);
  return {
    iso: at.toISOString().slice(0, 10),
    year: at.getUTCFullYear(),
    month: months[at.getUTCMonth()] ?? '',
    day: at.getUTCDate(),
    weekday: weekdays[at.getUTCDay()] ?? '',
  };
}

function timeOf(wallMs: WallMs, hours: 12 | 24, seconds: boolean): string {
  const at = new Date(wallMs);
  const hour = at.getUTCHours();
  const rest = `${two(at.getUTCMinutes())}${seconds ? `:${two(at.getUTCSeconds())}` : ''}`;
  return hours === 24 ? `${two(hour)}:${rest}` : `${two(hour % 12 === 0 ? 12 : hour % 12)}:${rest} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** `14 Mar 1984`, `Mar 14, 1984`, `1984-03-14` */
function dateOf(wallMs: WallMs, dates: Formats['dates']): string {
  const { iso, day, month, year } = wallOf(wallMs);
  if (dates === 'iso') return iso;
  return dates === 'us' ? `${short(month)} ${day}, ${year}` : `${day} ${short(month)} ${year}`;
}

/** `Mon 23 Nov`, `Mon, Nov 23`, `Mon 2026-11-23` */
function dayOf(wallMs: WallMs, dates: Formats['dates']): string {
  const { iso, weekday, day, month } = wallOf(wallMs);
  if (dates === 'iso') return `${short(weekday)} ${iso}`;
  return dates === 'us' ? `${short(weekday)}, ${short(month)} ${day}` : `${short(weekday)} ${day} ${short(month)}`;
}

/** `Monday 23 November 2026`, `Monday, November 23, 2026`, `Monday 2026-11-23` */
function longDayOf(wallMs: WallMs, dates: Formats['dates']): string {
  const { iso, weekday, day, month, year } = wallOf(wallMs);
  if (dates === 'iso') return `${weekday} ${iso}`;
  return dates === 'us' ? `${weekday}, ${month} ${day}, ${year}` : `${weekday} ${day} ${month} ${year}`;
}

/** The wall time that an ISO time was written with, whatever its offset; of an ISO date, its midnight. */
function wallMsOfIso(iso: string): WallMs {
  return Date.parse(iso.length > 10 ? `${iso.slice(0, 19)}Z` : `${iso}T00:00:00Z`);
}

export interface ClockTime {
  readonly offsetMin: number;
  readonly formats: TimeFormats;
  /** `UTC−05:00` */
  readonly offsetText: string;
  /** `06:02`, `06:02 AM` */
  readonly minute: (ms: UtcMs) => string;
  /** `06:02:05`, `06:02:05 AM` */
  readonly second: (ms: UtcMs) => string;
  /** `Mon 23 Nov` */
  readonly day: (ms: UtcMs) => string;
  /** `Monday 23 November 2026` */
  readonly longDay: (ms: UtcMs) => string;
  /** `14 Mar 1984` of an ISO date. */
  readonly date: (isoDate: string) => string;
  /** The same of a moment. */
  readonly dateAt: (ms: UtcMs) => string;
}

/** How a room at this offset from UTC writes its times. */
export function clockTimeAt(offsetMin: number, formats: TimeFormats): ClockTime {
  const { dates, hours } = formats;
  const wall = (ms: UtcMs): WallMs => ms + offsetMin * minuteMs;
  return {
    offsetMin,
    formats,
    offsetText: `UTC${offsetMin < 0 ? '−' : '+'}${two(Math.floor(Math.abs(offsetMin) / 60))}:${two(Math.abs(offsetMin) % 60)}`,
    minute: (ms) => timeOf(wall(ms), hours, false),
    second: (ms) => timeOf(wall(ms), hours, true),
    day: (ms) => dayOf(wall(ms), dates),
    longDay: (ms) => longDayOf(wall(ms), dates),
    date: (isoDate) => dateOf(wallMsOfIso(isoDate), dates),
    dateAt: (ms) => dateOf(wall(ms), dates),
  };
}

/** How a print writes the ISO times of a record: by the clock that each was written with. */
export interface WrittenIso {
  /** `06:02` */
  readonly minute: (iso: string) => string;
  /** `14 Mar 1984` */
  readonly date: (iso: string) => string;
  /** `Mon 23 Nov 2026` */
  readonly weekday: (iso: string) => string;
  /** `23 Nov 2026 06:14:08 −05:00`: a signature says its zone. */
  readonly stamp: (iso: string) => string;
}

export function writtenIso({ dates, hours }: TimeFormats): WrittenIso {
  const date = (iso: string): string => dateOf(wallMsOfIso(iso), dates);
  return {
    minute: (iso) => timeOf(wallMsOfIso(iso), hours, false),
    date,
    weekday: (iso) => `${short(wallOf(wallMsOfIso(iso)).weekday)}${dates === 'us' ? ',' : ''} ${date(iso)}`,
    stamp: (iso) => `${date(iso)} ${timeOf(wallMsOfIso(iso), hours, true)} ${iso.slice(23).replace('-', '−')}`,
  };
}

/** `06:02` by the clock of the instant's own place, in 24 hours. */
export function writtenMinute({ utcMs, offsetMin }: Instant): string {
  return timeOf(utcMs + offsetMin * minuteMs, 24, false);
}

/** `1 h 00 min`, `7 min`, `30 s`: a length of time that is over, to the nearest. */
export function writtenLength(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** `05:00`; hours only when there are any: `1:02:03`. */
export function minutesAndSeconds(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours === 0 ? `${two(minutes)}:${two(seconds % 60)}` : `${hours}:${two(minutes)}:${two(seconds % 60)}`;
}
