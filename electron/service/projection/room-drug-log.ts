import { stockKey, type Stock } from '../../../shared/clinical/controlled-drug.ts';
import type { DrugLogView } from '../../../shared/contract/drug-log-view.ts';
import type { RecordedEvent } from '../session/events/session-event.ts';
import type { EventReader } from '../store/event-reader.ts';
import { drugBalances, drugLog, drugLogEntries, drugLogSourceKinds, type DrugLogEntry, type DrugLogSources } from './drug-log.ts';

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
  #entries: readonly DrugLogEntry[] | null = null;

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
    this.#entries = null;
  }

  view(rowsMax = shownMax): DrugLogView {
    return drugLog(this.entries(), this.#from, rowsMax);
  }

  entries(): readonly DrugLogEntry[] {
    this.#sources ??= this.#events().readDrugSources();
    this.#entries ??= drugLogEntries(this.#sources);
    return this.#entries;
  }

  /**
   * What the log says is there; null while it cannot know, because nothing was counted or received yet. Vials drawn
   * before the first count came from a cabinet that the log had not seen.
   */
  balanceUg(stock: Stock): number | null {
    const key = stockKey(stock);
    const isInventory = ({ event }: DrugLogEntry): boolean =>
      (event.kind === 'controlled-drug-counted' || event.kind === 'controlled-drug-received') && stockKey(event.body.stock) === key;
    if (!this.entries().some(isInventory)) return null;
    return drugBalances(this.entries()).find((balance) => stockKey(balance.stock) === key)?.balanceUg ?? null;
  }
}
