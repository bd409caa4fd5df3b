import { trendMetrics, type TrendColumns, type TrendMetric } from '../../../shared/contract/room-board.ts';
import type { MonitorId } from '../../../shared/values/ids.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';

const stepMs = 1000;
/** Twenty-four hours: a session left open over night must not grow without end. */
const lengthMax = 86_400;

/** Silent for longer than this, a monitor gives its line to another one. */
const holdMs = 5000;

/** What one monitor gave in one second, as far as the trend draws it. Absent is null, never 0. */
export interface TrendSecond {
  readonly source: MonitorId;
  readonly atMs: UtcMs;
  readonly values: Readonly<Partial<Record<TrendMetric, number | null>>>;
}

/**
 * One value a second from the session's opening, as columns that share their times. Columns only grow at their
 * end, so that a reader is sent only what is new.
 *
 * Where two monitors give one metric, the line follows the one that began it, and the other only where that one is
 * silent: a line that alternated between two sensors would show a swing that no patient had.
 */
export class TrendSeries {
  readonly #fromMs: UtcMs;
  readonly #columns: Record<TrendMetric, (number | null)[]>;
  readonly #holders = new Map<TrendMetric, { readonly source: MonitorId; readonly atMs: UtcMs }>();
  #length = 0;

  constructor(fromMs: UtcMs) {
    this.#fromMs = Math.floor(fromMs / stepMs) * stepMs;
    this.#columns = emptyColumns();
  }

  /** Fills with "no value" up to, but not including, the second of `atMs`: a gap is drawn as one. */
  extendTo(atMs: UtcMs): void {
    const length = Math.min(lengthMax, Math.floor((atMs - this.#fromMs) / stepMs));
    for (const metric of trendMetrics) {
      const column = this.#columns[metric];
      while (column.length < length) column.push(null);
    }
    this.#length = Math.max(this.#length, length);
  }

  put({ source, atMs, values }: TrendSecond): void {
    const index = Math.floor((atMs - this.#fromMs) / stepMs);
    if (index < 0 || index >= lengthMax) return;
    if (index >= this.#length) this.extendTo(atMs + stepMs);
    for (const metric of trendMetrics) {
      const value = values[metric];
      if (value === undefined || value === null) continue;
      const holds = this.#holds(metric, source, atMs);
      if (holds) this.#holders.set(metric, { source, atMs });
      const column = this.#columns[metric];
      if (holds || column[index] === null) column[index] = value;
    }
  }

  /** Where the next second will be appended; what is before it may have been sent. */
  get endMs(): UtcMs {
    return this.#fromMs + this.#length * stepMs;
  }

  #holds(metric: TrendMetric, source: MonitorId, atMs: UtcMs): boolean {
    const holder = this.#holders.get(metric);
    return holder === undefined || holder.source === source || Math.abs(atMs - holder.atMs) > holdMs;
  }

  /** The live columns themselves, not a copy. */
  get columns(): TrendColumns {
    return { fromMs: this.#fromMs, stepMs, length: this.#length, columns: this.#columns };
  }
}

function emptyColumns(): Record<TrendMetric, (number | null)[]> {
  return Object.fromEntries(trendMetrics.map((metric) => [metric, []])) as unknown as Record<TrendMetric, (number | null)[]>;
}
