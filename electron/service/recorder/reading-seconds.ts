import { isMeasured, type Reading } from '../../../shared/clinical/reading.ts';
import type { MonitorId } from '../../../shared/values/ids.ts';
import type { Instant, UtcMs } from '../../../shared/values/instant.ts';

/** A reading with who gave it and when it arrived here. */
export interface ArrivedReading {
  readonly monitorId: MonitorId;
  readonly reading: Reading;
  readonly received: Instant;
  readonly monoMs: number;
}

/** What one monitor said in one second. Of several readings of a metric the last one stands for the second. */
export interface ReadingSecond {
  readonly monitorId: MonitorId;
  /** The whole second. */
  readonly at: Instant;
  /** Of its first reading. */
  readonly monoMs: number;
  readonly readings: ReadonlyMap<Reading['metric'], Reading>;
}

type OpenSecond = ReadingSecond & { readonly readings: Map<Reading['metric'], Reading> };

/** Ten minutes of eight monitors: what is kept while the store cannot be written. */
const secondsMax = 8 * 600;

/**
 * Gathers readings until they are written, a second at a time. Bounded: when the store cannot be written for
 * long, the oldest seconds go first and are counted.
 */
export class ReadingSeconds {
  readonly #seconds = new Map<string, OpenSecond>();
  #dropped = 0;

  take(arrived: ArrivedReading): void {
    const second = this.#secondOf(arrived);
    const { metric } = arrived.reading;
    // A number outlives an absence within its second: an oximeter that blinks once must not blank the second.
    const before = second.readings.get(metric);
    if (before === undefined || isMeasured(arrived.reading) || !isMeasured(before)) second.readings.set(metric, arrived.reading);
  }

  /**
   * All seconds but the one that is running (null: that one, too), in order of time; they stay until `written`.
   * Those after it count as over: a clock that was set back must not keep them waiting for an hour.
   */
  pending(runningMs: UtcMs | null): readonly ReadingSecond[] {
    return [...this.#seconds.values()].filter(({ at }) => at.utcMs !== runningMs).sort((a, b) => a.at.utcMs - b.at.utcMs);
  }

  written(seconds: readonly ReadingSecond[]): void {
    for (const second of seconds) this.#seconds.delete(keyOf(second.monitorId, second.at.utcMs));
  }

  clear(): void {
    this.#seconds.clear();
  }

  /** Seconds lost to the bound since the last call. */
  takeDropped(): number {
    const dropped = this.#dropped;
    this.#dropped = 0;
    return dropped;
  }

  #secondOf({ monitorId, received, monoMs }: ArrivedReading): OpenSecond {
    const atMs = Math.floor(received.utcMs / 1000) * 1000;
    const key = keyOf(monitorId, atMs);
    const known = this.#seconds.get(key);
    if (known !== undefined) return known;
    if (this.#seconds.size >= secondsMax) {
      const oldest = this.#seconds.keys().next().value;
      if (oldest !== undefined) this.#seconds.delete(oldest);
      this.#dropped += 1;
    }
    const second: OpenSecond = { monitorId, at: { utcMs: atMs, offsetMin: received.offsetMin }, monoMs, readings: new Map() };
    this.#seconds.set(key, second);
    return second;
  }
}

function keyOf(monitorId: MonitorId, atMs: UtcMs): string {
  return `${atMs}/${monitorId}`;
}
