import type { FactKey, RecordDocument, RecordFigure } from '../../../../shared/contract/record-document.ts';

/** How a print writes times and figures. */
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `9:45` of an ISO time, by the clock it was written with. */
export function clockOf(iso: string): string {
  return `${Number(iso.slice(11, 13))}:${iso.slice(14, 16)}`;
}

/** `14 Mar 1984` of an ISO date or time. */
export function dateOf(iso: string): string {
  return `${Number(iso.slice(8, 10))} ${months[Number(iso.slice(5, 7)) - 1] ?? ''} ${iso.slice(0, 4)}`;
}

/** `Mon 23 Nov 2026`. */
export function dayAndDateOf(iso: string): string {
  return `${days[weekdayOf(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), Number(iso.slice(8, 10)))] ?? ''} ${dateOf(iso)}`;
}

/** The weekday of a date in the Gregorian calendar, Sunday being 0: by Sakamoto's rule, without a clock. */
function weekdayOf(year: number, month: number, day: number): number {
  const before = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][month - 1] ?? 0;
  const from = month < 3 ? year - 1 : year;
  return (from + Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400) + before + day) % 7;
}

/** `23 Nov 2026 12:14:08 −05:00`: a signature says its zone. */
export function stampOf(iso: string): string {
  return `${dateOf(iso)} ${iso.slice(11, 19)} ${iso.slice(23).replace('-', '−')}`;
}

/** `+30`, `−15`; empty where no dose was given. */
export function minuteOf(minute: number | null): string {
  if (minute === null) return '';
  const whole = Math.floor(minute);
  return whole < 0 ? `−${-whole}` : whole === 0 ? '0' : `+${whole}`;
}

/** `52:20` of minutes; `2 h 45` from an hour and a half on, where `long` asks for it. */
export function spanOf(minutes: number): string {
  const seconds = Math.round(minutes * 60);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function hoursOf(minutes: number): string {
  const whole = Math.round(minutes);
  return whole < 60 ? `${whole} min` : `${Math.floor(whole / 60)} h ${String(whole % 60).padStart(2, '0')}`;
}

export function valueOf(document: RecordDocument, key: FactKey): number | null {
  return document.facts[key].value;
}

/** The minute of a figure, for the line beneath it. */
export function whenOf(figure: RecordFigure): string {
  return figure.value === null || figure.at === null ? '' : minuteOf(figure.at.minute);
}

/** The first and last groups of a hash: enough to compare by eye. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)} ${hash.slice(8, 12)} … ${hash.slice(-8, -4)} ${hash.slice(-4)}`;
}

/** What stands on every page of a version. */
export function versionWords({ record }: RecordDocument): string {
  const amended = record.amended ? ' · AMENDED' : '';
  switch (record.state) {
    case 'signed':
      return `record version ${record.version ?? 1}${amended}`;
    case 'being-amended':
      return `version ${record.version ?? 1} being amended, not signed${amended}`;
    case 'running':
      return 'still running, not signed';
    case 'unsigned':
      return 'not signed';
  }
}

const gapCauses: Readonly<Record<string, string>> = {
  restart: 'Vigil was not running',
  storage: 'nothing could be written',
  'cable-out': 'cable out',
};

/** Why there was nothing, in words. */
export function causeWords(cause: string): string {
  return gapCauses[cause] ?? cause.replaceAll('-', ' ');
}
