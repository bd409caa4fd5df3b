import { signedMinutes } from '../../../../shared/values/minutes.ts';
import type { RecordDocument } from '../../../../shared/contract/record-document.ts';
import type { FactKey, RecordFigure } from '../../../../shared/contract/record-facts.ts';

/** `+30`, `−15`; empty where no dose was given. */
export function minuteOf(minute: number | null): string {
  if (minute === null) return '';
  return signedMinutes(minute);
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
