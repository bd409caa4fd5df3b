import { z } from 'zod';

/**
 * What a monitor measures. Ids are ours, units are UCUM.
 * Pulse rate (oximeter or cuff) and heart rate (ECG) are different series and never merged.
 */
export const metricIds = [
  'heart-rate',
  'pulse-rate',
  'spo2',
  'perfusion-index',
  'nibp-sys',
  'nibp-dia',
  'nibp-mean',
  'resp-rate',
  'etco2',
  'fico2',
  'temp',
] as const;
export type MetricId = (typeof metricIds)[number];

/** A quantity a monitor sends that has no id yet: kept with the protocol's own code, never dropped. */
export type VendorMetricId = `x:${string}:${string}`;

export const metricIdSchema = z.enum(metricIds);
export const anyMetricIdSchema = z.union([metricIdSchema, z.templateLiteral(['x:', z.string()])]);

export interface MetricDefinition {
  readonly unit: string;
  readonly decimals: number;
  /** Physically possible range; a value outside is `out-of-range`, whatever the monitor claims. */
  readonly possible: readonly [min: number, max: number];
  /** IEEE 11073-10101 reference id, where one is certain or widely used. */
  readonly mdc: number | null;
  readonly loinc: readonly string[];
}

export const metrics: Readonly<Record<MetricId, MetricDefinition>> = {
  'heart-rate': { unit: '/min', decimals: 0, possible: [0, 400], mdc: 147842, loinc: ['8867-4'] },
  'pulse-rate': { unit: '/min', decimals: 0, possible: [1, 400], mdc: 149530, loinc: ['8889-8'] },
  spo2: { unit: '%', decimals: 0, possible: [1, 100], mdc: 150456, loinc: ['59408-5', '2708-6'] },
  'perfusion-index': { unit: '%', decimals: 2, possible: [0, 30], mdc: 150488, loinc: ['61006-3'] },
  'nibp-sys': { unit: 'mm[Hg]', decimals: 0, possible: [20, 320], mdc: 150021, loinc: ['8480-6'] },
  'nibp-dia': { unit: 'mm[Hg]', decimals: 0, possible: [10, 300], mdc: 150022, loinc: ['8462-4'] },
  'nibp-mean': { unit: 'mm[Hg]', decimals: 0, possible: [10, 310], mdc: 150023, loinc: ['8478-0'] },
  'resp-rate': { unit: '/min', decimals: 0, possible: [0, 150], mdc: 151562, loinc: ['9279-1'] },
  etco2: { unit: 'mm[Hg]', decimals: 0, possible: [0, 150], mdc: 151708, loinc: ['19891-1'] },
  fico2: { unit: 'mm[Hg]', decimals: 0, possible: [0, 150], mdc: null, loinc: [] },
  temp: { unit: 'Cel', decimals: 1, possible: [10, 50], mdc: 150364, loinc: ['8310-5'] },
};
