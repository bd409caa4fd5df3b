import type { EventId } from '../../../shared/values/ids.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import type { RecordedEvent } from '../session/events/session-event.ts';
import { drugBalances, drugLogEntries, isDrugLogEvent, type DrugLogEntry, type StockBalance } from './drug-log.ts';

/**
 * The part of a room's controlled-drug log that is summed up and no longer looked at entry by entry: so that a room of
 * years holds the last entries and not all. All that was recorded up to `throughSeq` is in it, and nothing later says
 * anything about it or stands before its end.
 */
export interface SettledDrugLog {
  /** The last event that it was worked out from; 0 where nothing is settled. */
  readonly throughSeq: number;
  /** Clinical time of its last entry. */
  readonly lastMs: UtcMs;
  readonly entries: number;
  readonly balances: readonly StockBalance[];
}

export const nothingSettled: SettledDrugLog = { throughSeq: 0, lastMs: Number.NEGATIVE_INFINITY, entries: 0, balances: [] };

/** What is settled up to an event, worked out by itself from all that the log is worked out from. */
export function settledThrough(sources: readonly RecordedEvent[], throughSeq: number): SettledDrugLog {
  const entries = drugLogEntries(sources.filter(({ seq }) => seq <= throughSeq));
  return {
    throughSeq,
    lastMs: entries.at(-1)?.atMs ?? nothingSettled.lastMs,
    entries: entries.length,
    balances: drugBalances(entries).stocks,
  };
}

type Correction = RecordedEvent<'event-undone'> | RecordedEvent<'time-corrected'>;

export function isDrugCorrection(event: RecordedEvent): event is Correction {
  return event.kind === 'event-undone' || event.kind === 'time-corrected';
}

/**
 * Settles as many of the oldest entries as it may, leaving `left` or more. Null where none can be: the record of an
 * entry that stays, or a correction of one that goes, would be on the wrong side.
 */
export function settle(
  settled: SettledDrugLog,
  sources: readonly RecordedEvent[],
  left: number,
): { readonly settled: SettledDrugLog; readonly sources: readonly RecordedEvent[] } | null {
  const entries = drugLogEntries(sources);
  const lastSeqAbout = lastSeqs(sources);
  const firstSeqAfter = entries.map(() => Number.POSITIVE_INFINITY);
  for (let index = entries.length - 2; index >= 0; index -= 1) {
    firstSeqAfter[index] = Math.min(firstSeqAfter[index + 1] ?? Number.POSITIVE_INFINITY, entries[index + 1]?.event.seq ?? 0);
  }
  let throughSeq = 0;
  let cut: { readonly count: number; readonly throughSeq: number } | null = null;
  for (const [index, { event }] of entries.slice(0, Math.max(0, entries.length - left)).entries()) {
    throughSeq = Math.max(throughSeq, lastSeqAbout.get(event.eventId) ?? event.seq);
    if (throughSeq < (firstSeqAfter[index] ?? 0)) cut = { count: index + 1, throughSeq };
  }
  if (cut === null) return null;
  const gone = entries.slice(0, cut.count);
  return {
    settled: {
      throughSeq: cut.throughSeq,
      lastMs: gone.at(-1)?.atMs ?? settled.lastMs,
      entries: settled.entries + gone.length,
      balances: drugBalances(gone, settled.balances).stocks,
    },
    sources: sources.filter(({ seq }) => seq > cut.throughSeq),
  };
}

/** Whether an entry stands before the end of what is settled, so that its balances do not hold. */
export function standsInSettled({ lastMs }: SettledDrugLog, entries: readonly DrugLogEntry[]): boolean {
  const [first] = entries;
  return first !== undefined && first.atMs < lastMs;
}

/** Whether a correction, or what it corrects in the end, is about an entry that is settled. */
export function correctsSettled(
  settled: SettledDrugLog,
  correction: Correction,
  find: (eventId: EventId) => RecordedEvent | null,
): boolean {
  const target = find(correction.body.eventId);
  if (target === null) return false;
  if (isDrugCorrection(target)) return correctsSettled(settled, target, find);
  return target.seq <= settled.throughSeq && isDrugLogEvent(target);
}

/** Of each entry that was corrected: the last event that says anything about it. */
function lastSeqs(sources: readonly RecordedEvent[]): ReadonlyMap<EventId, number> {
  const entryOf = new Map<EventId, EventId>();
  const lastSeq = new Map<EventId, number>();
  for (const event of sources) {
    if (!isDrugCorrection(event)) continue;
    const about = entryOf.get(event.body.eventId) ?? event.body.eventId;
    entryOf.set(event.eventId, about);
    lastSeq.set(about, event.seq);
  }
  return lastSeq;
}
