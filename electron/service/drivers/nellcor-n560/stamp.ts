import { twoDigits } from '../device-times.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `DD-Mon-YY HH:MM:SS` */
export const stampBytes = 18;
export const minuteBytes = stampBytes - 2;

/** `DD-Mon-YY HH:MM:` → ISO without zone and seconds; null where it is no moment. The century is assumed. */
export function minuteOf(stamp: string): string | null {
  const month = months.indexOf(stamp.slice(3, 6).toLowerCase());
  const day = Number(stamp.slice(0, 2));
  if (month < 0 || day < 1 || day > 31 || Number(stamp.slice(10, 12)) > 23 || Number(stamp.slice(13, 15)) > 59) return null;
  return `20${stamp.slice(7, 9)}-${twoDigits[month + 1]}-${stamp.slice(0, 2)}T${stamp.slice(10)}`;
}
