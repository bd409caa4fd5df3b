import type { Formats } from '../../shared/values/formats.ts';

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * The ISO date of what was typed, or null. Numbers are read in the order of the clinic (`3/14/1984`, `14/3/1984`);
 * a year that stands first (`1984-03-14`) and a month in letters say their order themselves. The year has four digits,
 * and a day that its month does not have is no date.
 */
export function dateTyped(typed: string, dates: Formats['dates']): string | null {
  const text = typed.trim().toLowerCase();
  const parts = (/^\d{8}$/.test(text) ? eightDigits(text, dates) : text.split(/[\s/.,-]+/)).filter((part) => part !== '');
  if (parts.length !== 3) return null;
  const named = parts.findIndex((part) => /^[a-z]{3,9}$/.test(part));
  const rest = parts.filter((_, index) => index !== named);
  const yearAt = rest.findIndex((part) => /^\d{4}$/.test(part));
  if (yearAt === -1 || rest.some((part) => !/^\d{1,4}$/.test(part))) return null;
  const [first = '', second = ''] = rest.filter((_, index) => index !== yearAt);
  if (named !== -1) return isoOf(rest[yearAt] ?? '', monthOf(parts[named] ?? ''), Number(first));
  // Between day and month there is no year, and a year that stands first is followed by month and day.
  if (yearAt === 1) return null;
  const monthFirst = yearAt === 0 || dates === 'us';
  // A clinic that writes the year first has no order for one that stands last.
  if (yearAt === 2 && dates === 'iso') return null;
  return isoOf(rest[yearAt] ?? '', Number(monthFirst ? first : second), Number(monthFirst ? second : first));
}

/** Day and month stand there, and the year has fewer than its four digits: `4/3/79`. */
export function yearIsShort(typed: string): boolean {
  return /^\s*[0-9a-z]+[\s/.,-]+[0-9a-z]+[\s/.,-]+\d{1,3}\s*$/i.test(typed) && !/\d{4}/.test(typed);
}

function eightDigits(text: string, dates: Formats['dates']): string[] {
  return dates === 'iso' ? [text.slice(0, 4), text.slice(4, 6), text.slice(6)] : [text.slice(0, 2), text.slice(2, 4), text.slice(4)];
}

function monthOf(name: string): number {
  const index = monthNames.findIndex((month) => name.startsWith(month));
  return index + 1;
}

function isoOf(year: string, month: number, day: number): string | null {
  const at = new Date(Date.UTC(Number(year), month - 1, day));
  const same = at.getUTCFullYear() === Number(year) && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return same ? at.toISOString().slice(0, 10) : null;
}
