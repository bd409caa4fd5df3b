/**
 * The clock on a monitor: a date and time without zone, in whole seconds, worked out by hand because a monitor's calendar knows neither
 * zones nor daylight saving time.
 */
export interface DeviceMoment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Twelve hours: what a clock that was set wrong is often wrong by. */
export const clockJumpMs = 43_200_000;

/** `start` is ISO without zone, shown at `tMs` = 0. */
export function deviceMomentAt(start: string, tMs: number): DeviceMoment {
  const total = secondsAt(start, tMs);
  const days = Math.floor(total / 86_400);
  const rest = total - days * 86_400;
  return { ...civilFromDays(days), hour: Math.floor(rest / 3600), minute: Math.floor(rest / 60) % 60, second: rest % 60 };
}

/** The same moment as whole seconds since 1970 of the monitor's own calendar. */
export function deviceCalendarS(start: string, tMs: number): number {
  return secondsAt(start, tMs) - daysFromCivil(1970, 1, 1) * 86_400;
}

function secondsAt(start: string, tMs: number): number {
  const [year = 2026, month = 1, day = 1, hour = 0, minute = 0, second = 0] = start.split(/[-T:]/).map(Number);
  return daysFromCivil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second + Math.floor(tMs / 1000);
}

/** Days since 1 March of year 0 in the Gregorian calendar: the leap day is then the last of its year. */
function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return marchYear * 365 + Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400) + dayOfYear;
}

function civilFromDays(days: number): { year: number; month: number; day: number } {
  let marchYear = Math.floor(days / 365.2425);
  if (days < daysFromCivil(marchYear, 3, 1)) marchYear -= 1;
  else if (days >= daysFromCivil(marchYear + 1, 3, 1)) marchYear += 1;
  const dayOfYear = days - daysFromCivil(marchYear, 3, 1);
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: month > 2 ? marchYear : marchYear + 1, month, day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1 };
}
