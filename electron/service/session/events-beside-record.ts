import type { SessionEvent, SessionEventKind } from './session-event.ts';

/**
 * What the log holds of the private side. It stands in the chain like everything else, and no signature covers it:
 * a note written while a record is being signed, or beside a signed one, is no change of that record.
 */
export const besideRecord: readonly SessionEventKind[] = ['private-note-marked', 'text-moved-across'];

const isBeside: ReadonlySet<string> = new Set(besideRecord);

export function isBesideRecord(kind: string): boolean {
  return isBeside.has(kind);
}

/** The number of the last event that a signature covers; 0 where there is none. */
export function lastOfRecord(log: readonly SessionEvent[]): number {
  return log.findLast(({ kind }) => !isBeside.has(kind))?.seq ?? 0;
}
