import { stockKey, type Stock } from '../../../shared/clinical/controlled-drug.ts';
import type { DrugLogView } from '../../../shared/contract/drug-log-view.ts';
import type { SessionId } from '../../../shared/values/ids.ts';
import type { RecordedEvent } from '../session/events/session-event.ts';
import type { DerivedRows } from '../store/derived-rows.ts';
import { drugPageLength, type EventReader } from '../store/event-reader.ts';
import {
  drugBalances,
  drugLog,
  drugLogEntries,
  drugLogSourceKinds,
  type DrugBalances,
  type DrugLogEntry,
  type DrugLogSources,
} from './drug-log.ts';
import { correctsSettled, isDrugCorrection, nothingSettled, settle, standsInSettled, type SettledDrugLog } from './settled-drug-log.ts';

export interface RoomDrugLogSources extends DrugLogSources {
  readonly log: () => { readonly events: EventReader; readonly derived: DerivedRows };
  /** Gets the facts of these sessions at hand, one at each step. */
  readonly gatherFacts: (sessionIds: Iterable<SessionId>) => Generator<void>;
}

/** What was read: what is settled, the events after it that say anything about the log, and the entries that they make. */
interface ReadLog {
  readonly settled: SettledDrugLog;
  readonly sources: readonly RecordedEvent[];
  readonly entries: readonly DrugLogEntry[];
}

/** Entries on the screen; an export takes them all. */
const shownMax = 200;
/** Entries that are not settled: more than are shown, so that what is entered late or corrected is mostly among them. */
const openMin = 300;
const openMax = 600;
const kept = { projection: 'drug-log', subject: 'room' } as const;

/**
 * The room's controlled-drug log, across its sessions. Read when somebody first asks for it, and held from then on: a
 * room that never looks at it starts as fast as before. Of a long log the oldest entries are settled into balances,
 * which are kept on disk; a correction that reaches behind them has the whole log read again.
 */
export class RoomDrugLog {
  readonly #from: RoomDrugLogSources;
  #read: ReadLog | null = null;
  #balances: DrugBalances | null = null;
  /** As it was left when it was last tried: settling is tried again once something came. */
  #tried: ReadLog | null = null;

  constructor(from: RoomDrugLogSources) {
    this.#from = from;
  }

  /** What was just recorded. */
  take(events: readonly RecordedEvent[]): void {
    if (this.#read === null) return;
    const news = events.filter((event) => drugLogSourceKinds.includes(event.kind));
    if (news.length > 0) this.#hold(this.#with(this.#read, news));
  }

  view(): DrugLogView {
    const log = this.#current();
    const view = drugLog(log.entries, this.#balancesOf(log), this.#from, shownMax);
    return { ...view, older: view.older + log.settled.entries };
  }

  /**
   * What the log says is there; null while it cannot know, because nothing was counted or received yet. Vials drawn
   * before the first count came from a cabinet that the log had not seen.
   */
  balanceUg(stock: Stock): number | null {
    const key = stockKey(stock);
    const balance = this.#balancesOf(this.#current()).stocks.find((candidate) => stockKey(candidate.stock) === key);
    return balance?.known === true ? balance.balanceUg : null;
  }

  /** Does what the others need in steps, each of them short. They do without, and then take as long as it takes. */
  *gather(): Generator<void> {
    yield* this.#readSteps();
    const sessionIds = this.#current()
      .entries.slice(-shownMax)
      .flatMap(({ event }) => event.sessionId ?? []);
    yield* this.#from.gatherFacts(new Set(sessionIds));
  }

  /** Settles what has become old, and has it kept on disk. */
  settle(): void {
    const before = this.#read;
    if (before === null || before === this.#tried) return;
    const settled = settledFurther(before);
    this.#tried = settled;
    if (settled === before) return;
    this.#hold(settled);
    this.#keep(settled);
  }

  #hold(log: ReadLog | null): void {
    this.#read = log;
    this.#balances = null;
  }

  #keep({ settled }: ReadLog): void {
    if (settled.throughSeq === 0) return;
    this.#from.log().derived.put({ ...kept, throughSeq: settled.throughSeq, body: JSON.stringify(settled) });
  }

  #current(): ReadLog {
    for (const _step of this.#readSteps());
    if (this.#read === null) throw new Error('the controlled-drug log was read and is not there');
    return this.#read;
  }

  #balancesOf({ entries, settled }: ReadLog): DrugBalances {
    this.#balances ??= drugBalances(entries, settled.balances);
    return this.#balances;
  }

  *#readSteps(): Generator<void> {
    if (this.#read !== null) return;
    const onDisk = this.#settledOnDisk();
    const log =
      (onDisk && (yield* this.#readAfter(onDisk, settledFurther))) ??
      (yield* this.#readAfter(nothingSettled, settledFurther)) ??
      // Corrections reach far back: nothing is settled before all is known.
      (yield* this.#readAfter(nothingSettled, (read) => read));
    if (log === null) throw new Error('nothing reaches behind the beginning of the log');
    this.#hold(log);
    if (log.settled.throughSeq !== onDisk?.throughSeq) this.#keep(log);
  }

  /** Null where what came after does not leave alone what is settled. The last page is read in the last step. */
  *#readAfter(settled: SettledDrugLog, further: (log: ReadLog) => ReadLog): Generator<void, ReadLog | null> {
    let log: ReadLog = { settled, sources: [], entries: [] };
    for (let after = settled.throughSeq; ;) {
      const page = this.#from.log().events.readDrugPage(after);
      const next = this.#with(log, page);
      if (next === null) return null;
      log = further(next);
      const last = page.at(-1);
      if (last === undefined || page.length < drugPageLength) return log;
      after = last.seq;
      yield;
    }
  }

  /** Null where an event is about an entry that is settled, or an entry stands before the end of those. */
  #with({ settled, sources: before }: ReadLog, news: readonly RecordedEvent[]): ReadLog | null {
    const sources = [...before, ...news];
    const entries = drugLogEntries(sources);
    if (standsInSettled(settled, entries)) return null;
    const { events } = this.#from.log();
    const ids = new Set(sources.map(({ eventId }) => eventId));
    const elsewhere = news.filter(isDrugCorrection).filter(({ body }) => !ids.has(body.eventId));
    if (settled.throughSeq > 0 && elsewhere.some((event) => correctsSettled(settled, event, (id) => events.findEvent(id)))) return null;
    return { settled, sources, entries };
  }

  #settledOnDisk(): SettledDrugLog | null {
    const row = this.#from.log().derived.find(kept.projection, kept.subject);
    return row === null ? null : (JSON.parse(row.body) as SettledDrugLog);
  }
}

/** The same log where there is nothing to settle yet. */
function settledFurther(log: ReadLog): ReadLog {
  if (log.entries.length <= openMax) return log;
  const next = settle(log.settled, log.sources, openMin);
  return next === null ? log : { ...next, entries: drugLogEntries(next.sources) };
}
