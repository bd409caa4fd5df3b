import type { EnteredVital } from '../../../shared/contract/session-view/entries.ts';
import type { CuffReading, TrendColumns, TrendMetric } from '../../../shared/clinical/measured-vitals.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { MetricId } from '../../../shared/clinical/metric.ts';
import { orderedUg } from '../ordered-dose.ts';
import { trendRange } from '../../../shared/clinical/trend.ts';

export type Domain = readonly [low: number, high: number];
export type Band = 'pulse' | 'spo2' | 'bp' | 'resp' | 'co2';
export type Domains = Readonly<Record<Band, Domain>>;

/** Where a metric is drawn; null: it has no lane. */
export const bandOfMetric: Readonly<Record<MetricId, Band | null>> = {
  'pulse-rate': 'pulse',
  'heart-rate': 'pulse',
  spo2: 'spo2',
  'nibp-sys': 'bp',
  'nibp-dia': 'bp',
  'nibp-mean': 'bp',
  'resp-rate': 'resp',
  etco2: 'co2',
  fico2: null,
  'perfusion-index': null,
  temp: null,
};

/** Where every session begins: the same height means the same value from one session to the next. */
export const baseDomains: Domains = {
  pulse: [50, 130],
  spo2: [88.5, 101],
  bp: [62, 176],
  resp: [6, 23],
  co2: [0, 60],
};

const stepOf: Readonly<Record<Band, number>> = { pulse: 10, spo2: 10, bp: 10, resp: 10, co2: 10 };

/** The domain widened by whole steps until it holds the values. It never shrinks. */
export function widenDomain(domain: Domain, low: number, high: number, step: number): Domain {
  const below = Math.max(0, Math.ceil((domain[0] - low) / step));
  const above = Math.max(0, Math.ceil((high - domain[1]) / step));
  return below === 0 && above === 0 ? domain : [domain[0] - below * step, domain[1] + above * step];
}

export function widenDomains(domains: Domains, session: SessionView, trend: TrendColumns | null, pulseMetric: TrendMetric): Domains {
  const metrics: readonly (readonly [Band, TrendMetric])[] = [
    ['pulse', pulseMetric],
    ['spo2', 'spo2'],
    ['resp', 'resp-rate'],
    ['co2', 'etco2'],
  ];
  let widened: Record<Band, Domain> = { ...domains };
  for (const [band, metric] of metrics) {
    const ranges = [trend === null ? null : trendRange(trend, metric), enteredRange(session.enteredVitals, band)];
    for (const range of ranges) {
      if (range !== null) widened[band] = widenDomain(widened[band], range.low, range.high, stepOf[band]);
    }
  }
  const cuffs = cuffRange(session.cuffReadings);
  if (cuffs !== null) widened = { ...widened, bp: widenDomain(widened.bp, cuffs.low, cuffs.high, stepOf.bp) };
  const bands = Object.keys(domains) as Band[];
  return bands.every((band) => widened[band] === domains[band]) ? domains : widened;
}

function enteredRange(entries: readonly EnteredVital[], band: Band): { low: number; high: number } | null {
  const values = entries.flatMap((entry) => (bandOfMetric[entry.metric] === band ? [entry.value] : []));
  return values.length === 0 ? null : { low: Math.min(...values), high: Math.max(...values) };
}

function cuffRange(readings: readonly CuffReading[]): { low: number; high: number } | null {
  if (readings.length === 0) return null;
  return { low: Math.min(...readings.map((reading) => reading.dia)), high: Math.max(...readings.map((reading) => reading.sys)) };
}

/** The two levels named at the left of a band. A widened domain keeps them: they are where the eye expects them. */
export const bandTicks: Readonly<Record<Band, readonly [number, number]>> = {
  pulse: [60, 90],
  spo2: [90, 100],
  bp: [80, 120],
  resp: [10, 20],
  co2: [20, 40],
};

/** Rate and cumulative dose: 20 and 10 percent above the largest planned or used value. */
export function doseDomains(session: SessionView): { readonly rateUlPerHour: number; readonly ug: number } {
  const { order, segments, boluses, administrations } = session.dose;
  const rates = [order?.rateUlPerHour ?? 60_000, ...segments.map((segment) => segment.rateUlPerHour)];
  const bagUg = segments.reduce((most, segment) => Math.max(most, segment.bag.ug), orderedUg(session.dose) ?? 40_000);
  const administeredUg = administrations.reduce((sum, { ug }) => sum + ug, 0);
  const bolusUg = boluses.reduce((sum, { ug }) => sum + ug, 0);
  return { rateUlPerHour: Math.max(...rates) * 1.2, ug: Math.max(bagUg, bolusUg, administeredUg) * 1.1 };
}

export interface Extent {
  readonly top: number;
  readonly height: number;
}

/** A value's height in a band, upside down as screens are. */
export function yIn(extent: Extent, domain: Domain, value: number): number {
  return extent.top + extent.height * (1 - (value - domain[0]) / (domain[1] - domain[0]));
}
