import { stockLabel } from '../../../shared/clinical/controlled-drug.ts';
import type { DrugLogRow, DrugLogView } from '../../../shared/contract/drug-log-view.ts';
import { toIso, type UtcMs } from '../../../shared/values/instant.ts';
import { fromThousandths } from '../../../shared/values/quantity.ts';
import { drugBalances, drugLog, drugLogEntries } from '../projection/drug-log.ts';
import { sessionFacts } from '../session/questions/session-facts.ts';
import { foldSession } from '../session/state/session-state.ts';
import { csvRow } from './csv-row.ts';
import type { RoomCopy } from '../store/room-copy.ts';
import { StoreError } from '../store/store-error.ts';
import { readRoom, sessionLog } from './record/read-room.ts';
import { nameAt } from '../staff/names.ts';

export const drugLogColumns = [
  'time',
  'kind',
  'drug',
  'amount',
  'unit',
  'balance',
  'difference',
  'reason',
  'lot',
  'session',
  'patient',
  'record_number',
  'by',
  'witness',
  'entered',
  'late',
  'amended_from',
  'undone',
  'event_id',
] as const;

const emptyRow = Object.fromEntries(drugLogColumns.map((column) => [column, null])) as Record<(typeof drugLogColumns)[number], null>;

/**
 * The controlled-drug log of a room as one table, oldest first, every entry of it: also what was undone, which counts
 * for nothing in the balances. Amounts are milligrams; `given` comes from the dose and is nobody's entry.
 */
export function drugLogCsv(copy: RoomCopy): string {
  const events = copy.events.readDrugSources();
  const offsets = new Map(events.map(({ eventId, recorded }) => [eventId, recorded.offsetMin]));
  const facts = (sessionId: string) => {
    try {
      const state = foldSession(sessionLog(copy, sessionId));
      return state === null ? null : sessionFacts(state);
    } catch (error) {
      // The others are written, and of this one that it is not.
      if (error instanceof StoreError && error.code === 'STORE_CORRUPT') return null;
      throw error;
    }
  };
  const openedOffset = (session: DrugLogRow['session']) => session && copy.events.opening(session.sessionId)?.recorded.offsetMin;
  const entries = drugLogEntries(events);
  const { people } = readRoom(copy).staff;
  const log = drugLog(
    entries,
    drugBalances(entries),
    {
      facts,
      patientOf: (sessionId) => copy.events.opening(sessionId)?.body ?? null,
      nameAt: (personId, seq) => nameAt(people, personId, seq),
    },
    Number.MAX_SAFE_INTEGER,
  );
  const offsetOf = (row: DrugLogRow): number => (row.eventId === null ? openedOffset(row.session) : offsets.get(row.eventId)) ?? 0;
  return [
    `${drugLogColumns.join(',')}\r\n`,
    // Entries of one moment stay in the order in which they were made.
    ...log.rows
      .toSorted((a, b) => a.atMs - b.atMs || a.enteredMs - b.enteredMs)
      .map((row) => rowText(row, (utcMs) => toIso({ utcMs, offsetMin: offsetOf(row) }))),
    ...log.unreadable.map(unreadableText),
  ].join('');
}

/** A table without this row would say that nothing else was drawn. */
function unreadableText({ sessionId, patient }: DrugLogView['unreadable'][number]): string {
  const reason =
    'entries of this session are damaged: what else was drawn, given or wasted in it is not here, and the balances may be off by it';
  return csvRow(drugLogColumns, {
    ...emptyRow,
    kind: 'unreadable',
    reason,
    session: sessionId,
    patient: patient?.patientName ?? null,
    record_number: patient?.recordNumber ?? null,
  });
}

function rowText(row: DrugLogRow, iso: (utcMs: UtcMs) => string): string {
  const { kind, stock, ug, balanceUg, differenceUg, reason, lot, session, by, witness, late, undone, eventId } = row;
  return csvRow(drugLogColumns, {
    time: iso(row.atMs),
    kind,
    drug: stockLabel(stock),
    amount: fromThousandths(ug),
    unit: 'mg',
    balance: balanceUg === null ? null : fromThousandths(balanceUg),
    difference: differenceUg === null ? null : fromThousandths(differenceUg),
    reason,
    lot,
    session: session?.sessionId ?? null,
    patient: session?.patientName ?? null,
    record_number: session?.recordNumber ?? null,
    by,
    witness,
    entered: eventId === null ? null : iso(row.enteredMs),
    late,
    amended_from: row.amendedFromMs === null ? null : iso(row.amendedFromMs),
    undone,
    event_id: eventId,
  });
}
