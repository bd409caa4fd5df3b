import type { LookView } from '../../../shared/contract/looks.ts';
import { toIso, type UtcMs } from '../../../shared/values/instant.ts';
import { csvRow } from './csv-row.ts';

export const looksColumns = [
  'time',
  'what',
  'format',
  'person',
  'from',
  'account',
  'patient',
  'record_number',
  'session',
  'event',
] as const;

/** Who looked, as one table, newest first, a part of it for each page. Times are UTC. */
export function* looksCsv(pages: Iterable<readonly LookView[]>): Generator<void, string> {
  const text = [`${looksColumns.join(',')}\r\n`];
  for (const looks of pages) {
    text.push(...looks.map(rowText));
    yield;
  }
  return text.join('');
}

function rowText({ seq, atMs, what, name, from, account, patient, sessionMs, format }: LookView): string {
  return csvRow(looksColumns, {
    time: iso(atMs),
    what,
    format,
    person: name,
    from,
    account,
    patient: patient?.name ?? null,
    record_number: patient?.recordNumber ?? null,
    session: sessionMs === null ? null : iso(sessionMs),
    event: seq,
  });
}

function iso(utcMs: UtcMs): string {
  return toIso({ utcMs, offsetMin: 0 });
}
