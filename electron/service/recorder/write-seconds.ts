import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import type { SessionId } from '../../../shared/values/ids.ts';
import type { ReadingRow } from '../store/reading-log.ts';
import type { ReadingSecond } from './reading-seconds.ts';
import type { Storage } from './storage.ts';

export interface SecondsOrigin {
  readonly sessionId: SessionId;
  readonly bootId: string;
}

export interface WrittenSeconds {
  readonly written: readonly ReadingSecond[];
  /** Cannot be written for their own sake (a driver gave what is no reading); trying again would change nothing. */
  readonly unwritable: readonly { readonly second: ReadingSecond; readonly error: unknown }[];
}

/** Writes seconds in one transaction; where one of them cannot be written, one by one. Throws `RefusedError` where the disk refuses. */
export function writeSeconds(storage: Storage, seconds: readonly ReadingSecond[], origin: SecondsOrigin): WrittenSeconds {
  const rowOf = (second: ReadingSecond): ReadingRow => ({ ...second, ...origin, readings: [...second.readings.values()] });
  try {
    storage.appendReadings(seconds.map(rowOf));
    return { written: seconds, unwritable: [] };
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    const [second, another] = seconds;
    if (second === undefined || another === undefined) return { written: [], unwritable: second === undefined ? [] : [{ second, error }] };
  }
  const results = seconds.map((second) => writeSeconds(storage, [second], origin));
  return { written: results.flatMap((result) => result.written), unwritable: results.flatMap((result) => result.unwritable) };
}

/** Of seconds whose write failed in its last step, those that are on disk all the same: they are not written twice. */
export function storedSeconds(storage: Storage, seconds: readonly ReadingSecond[], origin: SecondsOrigin): readonly ReadingSecond[] {
  const [oldest] = seconds;
  if (oldest === undefined) return [];
  const nameOf = (monitorId: string, monoMs: number): string => `${monitorId} ${Math.round(monoMs)}`;
  const stored = new Set<string>();
  for (const row of storage.store.readings.readSession(origin.sessionId, oldest.at.utcMs)) {
    if (row.bootId === origin.bootId) stored.add(nameOf(row.monitorId, row.monoMs));
  }
  return seconds.filter((second) => stored.has(nameOf(second.monitorId, second.monoMs)));
}
