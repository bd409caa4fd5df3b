import type { MetricId } from '../../../shared/clinical/metric.ts';
import type { Reading } from '../../../shared/clinical/reading.ts';
import { isMetricId } from './plausible-reading.ts';

/** Silent for this long, a sender gives its metric to another one. */
const holdMs = 150_000;

/**
 * Where several senders call one place, each metric is told of the one that began it. The other's goes under a name of its own: values that
 * took turns between two sensors, or two patients, would show a change that nobody made.
 */
export class MetricSenders {
  readonly #holders = new Map<MetricId, { readonly sender: string; readonly monoMs: number }>();

  heard(readings: readonly Reading[], sender: string, monoMs: number): readonly Reading[] {
    if (sender === '') return readings;
    return readings.map((reading) => {
      const { metric } = reading;
      if (!isMetricId(metric)) return reading;
      const holder = this.#holders.get(metric);
      if (holder !== undefined && holder.sender !== sender && monoMs - holder.monoMs < holdMs) {
        return { ...reading, metric: `x:${sender}:${metric}` as const };
      }
      this.#holders.set(metric, { sender, monoMs });
      return reading;
    });
  }
}
