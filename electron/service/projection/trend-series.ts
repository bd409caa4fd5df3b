import { trendMetrics, type TrendColumns, type TrendMetric } from '../../../shared/contract/room-board.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';

const stepMs = 1000;
/** Twenty-four hours: a session left open over night must not grow without end. */
const lengthMax = 86_400;

/** The values of one second, as far as the trend draws them. Absent is null, never 0. */
export interface TrendSecond {
  readonly atMs: UtcMs;
  readonly values: Readonly<Partial<Record<TrendMetric, number | null>>>;
}

/**
 * One value a second from the session's opening, as columns that share their times. Columns only grow at their
 * end, so that a reader is sent only what is new. Two monitors may fill one second; a later value wins.
 */
export class TrendSeries {
  readonly #fromMs: UtcMs;
  readonly #columns: Record<TrendMetric, (number | null)[]>;
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

  put(second: TrendSecond): void {
    const index = Math.floor((second.atMs - this.#fromMs) / stepMs);
    if (index < 0 || index >= lengthMax) return;
    if (index >= this.#length) this.extendTo(second.atMs + stepMs);
    for (const metric of trendMetrics) {
      const value = second.values[metric];
      if (value !== undefined && value !== null) this.#columns[metric][index] = value;
    }
  }

  /** The live columns themselves, not a copy. */
  get columns(): TrendColumns {
    return { fromMs: this.#fromMs, stepMs, length: this.#length, columns: this.#columns };
  }
}

function emptyColumns(): Record<TrendMetric, (number | null)[]> {
  return Object.fromEntries(trendMetrics.map((metric) => [metric, []])) as unknown as Record<TrendMetric, (number | null)[]>;
}
