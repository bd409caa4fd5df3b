import { trendMetrics, trendSpanMaxMs, type TrendColumns, type TrendMetric } from '../../../shared/clinical/measured-vitals.ts';
import type { MonitorId } from '../../../shared/values/ids.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';

const stepMs = 1000;
const lengthMax = trendSpanMaxMs / stepMs;

/** Silent for longer than this, a monitor gives its line to another one. */
const holdMs = 5000;

/** What one monitor gave in one second, as far as the trend draws it. That there is no value is null, never 0; what it did not speak of is left out. */
export interface TrendSecond {
  readonly source: MonitorId;
  readonly atMs: UtcMs;
  readonly values: Readonly<Partial<Record<TrendMetric, number | null>>>;
}

/** Whose values a line follows. */
interface Holder {
  readonly source: MonitorId;
  readonly atMs: UtcMs;
  /** It has said since that there is no value. */
  readonly broken: boolean;
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
  readonly #holders = new Map<TrendMetric, Holder>();
  readonly #breaks: Partial<Record<TrendMetric, UtcMs[]>> = {};
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
      if (value === undefined) continue;
      const holder = this.#holders.get(metric);
      if (value === null) {
        if (holder?.source === source && !holder.broken) this.#breakAt(metric, index, { ...holder, broken: true });
        continue;
      }
      const holds = holder === undefined || holder.source === source || Math.abs(atMs - holder.atMs) > holdMs;
      const next = { source, atMs, broken: false };
      if (holds && holder !== undefined && holder.source !== source) this.#breakAt(metric, index, next);
      else if (holds) this.#holders.set(metric, next);
      const column = this.#columns[metric];
      if (holds || column[index] === null) column[index] = value;
    }
  }

  /** Where the next second will be appended; what is before it may have been sent. */
  get endMs(): UtcMs {
    return this.#fromMs + this.#length * stepMs;
  }

  #breakAt(metric: TrendMetric, index: number, holder: Holder): void {
    (this.#breaks[metric] ??= []).push(this.#fromMs + index * stepMs);
    this.#holders.set(metric, holder);
  }

  /** The live columns themselves, not a copy. */
  get columns(): TrendColumns {
    const some = Object.keys(this.#breaks).length > 0;
    return { fromMs: this.#fromMs, stepMs, length: this.#length, columns: this.#columns, ...(some ? { breaks: this.#breaks } : {}) };
  }
}

function emptyColumns(): Record<TrendMetric, (number | null)[]> {
  return Object.fromEntries(trendMetrics.map((metric) => [metric, []])) as unknown as Record<TrendMetric, (number | null)[]>;
}
