import { stockKey } from '../../../shared/clinical/controlled-drug.ts';
import type { DrugBalance, DrugLogKind, DrugLogRow, DrugLogView, Unaccounted } from '../../../shared/contract/drug-log-view.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';
import type { PersonId, SessionId } from '../../../shared/values/ids.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import type { SessionFacts } from '../session/questions/session-facts.ts';
import { effectiveHistory, lateAfterMs, undoneEvents } from '../session/state/history.ts';
import type { EventKind, RecordedEvent, SessionEvent } from '../session/events/session-event.ts';

/** The kinds of event that stand in the log themselves. */
export const drugLogEventKinds = [
  'controlled-drug-received',
  'controlled-drug-counted',
  'controlled-drug-disposed',
  'controlled-drug-drawn',
  'controlled-drug-wasted',
] as const satisfies readonly EventKind[];
/** All that the log is worked out from: its own entries, and the undos and corrections among which theirs are. */
export const drugLogSourceKinds: readonly EventKind[] = [...drugLogEventKinds, 'event-undone', 'time-corrected'];

export type DrugLogEvent = RecordedEvent<(typeof drugLogEventKinds)[number]>;

export function isDrugLogEvent(event: RecordedEvent): event is DrugLogEvent {
  return (drugLogEventKinds as readonly EventKind[]).includes(event.kind);
}

/** One entry where it stands in clinical time, whatever is undone included. */
export interface DrugLogEntry {
  readonly event: DrugLogEvent;
  readonly atMs: UtcMs;
  readonly amendedFromMs: UtcMs | null;
  readonly undone: boolean;
}

/** The entries of a room's log, oldest first. `events` may hold any others. */
export function drugLogEntries(events: readonly RecordedEvent[]): readonly DrugLogEntry[] {
  const ofSessions = events.filter((event): event is SessionEvent => event.sessionId !== null);
  const undone = undoneEvents(ofSessions);
  const placed = new Map(effectiveHistory(ofSessions).map((entry) => [entry.event.eventId, entry]));
  return events
    .filter(isDrugLogEvent)
    .map((event) => {
      const place = placed.get(event.eventId);
      return {
        event,
        atMs: place?.atMs ?? event.occurred.utcMs,
        amendedFromMs: place?.amendedFromMs ?? null,
        undone: undone.has(event.eventId),
      };
    })
    .sort((a, b) => a.atMs - b.atMs || a.event.seq - b.event.seq);
}

export interface StockBalance extends DrugBalance {
  /** Something of it was counted or received: before that nobody knows what was there. */
  readonly known: boolean;
}

export interface DrugBalances {
  readonly stocks: readonly StockBalance[];
  /** What was there of its stock after each entry that changes it, by the entry's id. */
  readonly after: ReadonlyMap<string, number>;
}

/**
 * What is in the cabinet, by stock: received, less what was drawn and disposed of, and begun anew by every count. A
 * count replaces the balance, and the difference stays in its entry. In clinical time: a vial that is entered late,
 * after a count that already missed it, is not missed twice.
 *
 * @param before what was there before the first of these entries
 */
export function drugBalances(entries: readonly DrugLogEntry[], before: readonly StockBalance[] = []): DrugBalances {
  type Running = { -readonly [Key in keyof StockBalance]: StockBalance[Key] };
  const balances = new Map<string, Running>(before.map((balance) => [stockKey(balance.stock), { ...balance }]));
  const after = new Map<string, number>();
  for (const { event, atMs, undone } of entries) {
    if (undone) continue;
    const { stock } = event.body;
    const key = stockKey(stock);
    const balance = balances.get(key) ?? { stock, balanceUg: 0, lastCount: null, known: false };
    balances.set(key, balance);
    switch (event.kind) {
      case 'controlled-drug-received':
        balance.balanceUg += event.body.ug;
        balance.known = true;
        break;
      case 'controlled-drug-drawn':
      case 'controlled-drug-disposed':
        balance.balanceUg -= event.body.ug;
        break;
      case 'controlled-drug-counted': {
        const { countedUg, expectedUg } = event.body;
        balance.balanceUg = countedUg;
        balance.known = true;
        balance.lastCount = { atMs, countedUg, differenceUg: expectedUg === null ? 0 : countedUg - expectedUg };
        break;
      }
      case 'controlled-drug-wasted':
        // It left the cabinet when it was drawn.
        continue;
      default:
        assertNever(event);
    }
    after.set(event.eventId, balance.balanceUg);
  }
  return { stocks: [...balances.values()].sort((a, b) => stockKey(a.stock).localeCompare(stockKey(b.stock))), after };
}

export interface DrugLogSources {
  /** null where the session cannot be read. */
  readonly facts: (sessionId: SessionId) => SessionFacts | null;
  /** Of a session of which there are no facts: by its opening, which can be read where the rest of it cannot. */
  readonly patientOf: (sessionId: SessionId) => Pick<SessionFacts, 'patientName' | 'recordNumber'> | null;
  /** As somebody was called when this event was recorded. */
  readonly nameAt: (personId: PersonId, seq: number) => string | null;
}

/** The log as people and an inspection read it, newest first. Sessions are looked at only for the rows that are asked for. */
export function drugLog(
  entries: readonly DrugLogEntry[],
  { stocks, after }: DrugBalances,
  from: DrugLogSources,
  rowsMax: number,
): DrugLogView {
  const shown = entries.slice(Math.max(0, entries.length - rowsMax));
  const sessionIds = [...new Set(shown.flatMap(({ event }) => (event.sessionId === null ? [] : [event.sessionId])))];
  const sessions = sessionIds.map((sessionId) => from.facts(sessionId)).filter((facts) => facts !== null);
  const known = new Map(sessions.map((facts) => [facts.sessionId, facts]));
  const sessionOf = (sessionId: SessionId): DrugLogRow['session'] => {
    const patient = known.get(sessionId) ?? from.patientOf(sessionId);
    return patient && { sessionId, ...named(patient) };
  };
  const rows = [...shown.map((entry) => entryRow(entry, { after, sessionOf, nameAt: from.nameAt })), ...sessions.flatMap(givenRow)];
  return {
    balances: stocks.map(({ stock, balanceUg, lastCount }) => ({ stock, balanceUg, lastCount })),
    rows: rows.sort((a, b) => b.atMs - a.atMs || b.enteredMs - a.enteredMs),
    older: entries.length - shown.length,
    unaccounted: sessions.flatMap(unaccountedRow).sort((a, b) => b.atMs - a.atMs),
    unreadable: sessionIds
      .filter((sessionId) => !known.has(sessionId))
      .map((sessionId) => {
        const patient = from.patientOf(sessionId);
        return { sessionId, patient: patient && named(patient) };
      }),
  };
}

const kinds: Readonly<Record<DrugLogEvent['kind'], DrugLogKind>> = {
  'controlled-drug-received': 'received',
  'controlled-drug-counted': 'counted',
  'controlled-drug-disposed': 'disposed',
  'controlled-drug-drawn': 'drawn',
  'controlled-drug-wasted': 'wasted',
};

interface EntryGround {
  readonly after: DrugBalances['after'];
  readonly sessionOf: (sessionId: SessionId) => DrugLogRow['session'];
  readonly nameAt: DrugLogSources['nameAt'];
}

function entryRow({ event, atMs, amendedFromMs, undone }: DrugLogEntry, { after, sessionOf, nameAt }: EntryGround): DrugLogRow {
  const { body } = event;
  return {
    eventId: event.eventId,
    kind: kinds[event.kind],
    atMs,
    enteredMs: event.recorded.utcMs,
    late: event.recorded.utcMs - atMs > lateAfterMs,
    amendedFromMs,
    undone,
    stock: body.stock,
    ug: 'countedUg' in body ? body.countedUg : body.ug,
    lot: 'lot' in body ? (body.lot ?? null) : null,
    balanceUg: after.get(event.eventId) ?? null,
    ...differenceOf(event),
    session: event.sessionId === null ? null : sessionOf(event.sessionId),
    by: event.actor === 'service' ? null : nameAt(event.actor.personId, event.seq),
    witness: body.witness.name,
  };
}

function differenceOf({ kind, body }: DrugLogEvent): Pick<DrugLogRow, 'differenceUg' | 'reason'> {
  switch (kind) {
    case 'controlled-drug-counted':
      return { differenceUg: body.expectedUg === null ? null : body.countedUg - body.expectedUg, reason: body.reason ?? null };
    case 'controlled-drug-wasted':
      return { differenceUg: body.difference?.ug ?? null, reason: body.difference?.reason ?? null };
    case 'controlled-drug-disposed':
      return { differenceUg: null, reason: body.reason };
    case 'controlled-drug-received':
      return { differenceUg: null, reason: body.detail ?? null };
    case 'controlled-drug-drawn':
      return { differenceUg: null, reason: null };
    default:
      return assertNever(kind);
  }
}

/** What the dose of a session gave, once it is over: it comes from the dose and nobody enters it twice. */
function givenRow(facts: SessionFacts): DrugLogRow[] {
  const { given } = facts;
  if (given === null) return [];
  return [
    {
      eventId: null,
      kind: 'given',
      atMs: given.atMs,
      enteredMs: given.atMs,
      late: false,
      amendedFromMs: null,
      undone: false,
      stock: given.stock,
      ug: given.ug,
      lot: null,
      balanceUg: null,
      differenceUg: null,
      reason: null,
      session: patientIn(facts),
      by: null,
      witness: null,
    },
  ];
}

function unaccountedRow(facts: SessionFacts): Unaccounted[] {
  const { unaccounted, endedMs } = facts;
  return unaccounted === null || endedMs === null ? [] : [{ ...patientIn(facts), atMs: endedMs, ...unaccounted }];
}

type NamedPatient = Pick<SessionFacts, 'patientName' | 'recordNumber'>;

function named({ patientName, recordNumber }: NamedPatient): NamedPatient {
  return { patientName, recordNumber };
}

function patientIn({ sessionId, patientName, recordNumber }: SessionFacts): NonNullable<DrugLogRow['session']> {
  return { sessionId, patientName, recordNumber };
}
