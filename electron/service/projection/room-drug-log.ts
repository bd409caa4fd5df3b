import { stockKey, type Stock } from '../../../shared/clinical/controlled-drug.ts';
import type { DrugLogView } from '../../../shared/contract/drug-log-view.ts';
import type { RecordedEvent } from '../session/events/session-event.ts';
import type { EventReader } from '../store/event-reader.ts';
import {
  drugBalances,
  drugLog,
  drugLogEntries,
  drugLogSourceKinds,
  type DrugBalances,
  type DrugLogEntry,
  type DrugLogSources,
} from './drug-log.ts';

interface CurrentLog {
  readonly entries: readonly DrugLogEntry[];
  readonly balances: DrugBalances;
}

/** Entries on the screen; an export takes them all. */
const shownMax = 200;

/**
 * The room's controlled-drug log, across its sessions. Read when somebody first asks for it, and kept from then on:
 * a room that never looks at it starts as fast as before.
 */
export class RoomDrugLog {
  readonly #events: () => EventReader;
  readonly #from: DrugLogSources;
  #sources: RecordedEvent[] | null = null;
  #log: CurrentLog | null = null;

  constructor(events: () => EventReader, from: DrugLogSources) {
    this.#events = events;
    this.#from = from;
  }

  /** What was just recorded. */
  take(events: readonly RecordedEvent[]): void {
    if (this.#sources === null) return;
    const news = events.filter((event) => drugLogSourceKinds.includes(event.kind));
    if (news.length === 0) return;
    this.#sources.push(...news);
    this.#log = null;
  }

  view(rowsMax = shownMax): DrugLogView {
    const { entries, balances } = this.#current();
    return drugLog(entries, balances, this.#from, rowsMax);
  }

  entries(): readonly DrugLogEntry[] {
    return this.#current().entries;
  }

  /** Worked out anew only after an entry: a room of some years has thousands. */
  #current(): CurrentLog {
    if (this.#log !== null) return this.#log;
    this.#sources ??= this.#events().readDrugSources();
    const entries = drugLogEntries(this.#sources);
    this.#log = { entries, balances: drugBalances(entries) };
    return this.#log;
  }

  /**
   * What the log says is there; null while it cannot know, because nothing was counted or received yet. Vials drawn
   * before the first count came from a cabinet that the log had not seen.
   */
  balanceUg(stock: Stock): number | null {
    const key = stockKey(stock);
    const isInventory = ({ event }: DrugLogEntry): boolean =>
      (event.kind === 'controlled-drug-counted' || event.kind === 'controlled-drug-received') && stockKey(event.body.stock) === key;
    const { entries, balances } = this.#current();
    if (!entries.some(isInventory)) return null;
    return balances.stocks.find((balance) => stockKey(balance.stock) === key)?.balanceUg ?? null;
  }
}
