import type { MetricId, VendorMetricId } from '../../../../shared/clinical/metric.ts';

/** What measures it. Each has an exception word of its own; that of the oximeter is EXC. */
export type Part = 'oximeter' | 'eeg' | 'capno' | 'nibp' | 'temp';

export interface Key {
  readonly part: Part;
  readonly metric: MetricId | null;
  readonly vendor: VendorMetricId;
  /** UCUM, where the line prints none; null: then nobody knows the unit. */
  readonly unit: string | null;
}

/**
 * Metrics of ours by key; a map, because a line may have a key `constructor`. A gas is whole numbers in mmHg, or has decimals and another
 * unit, which the line may not print.
 */
const metricOf: ReadonlyMap<string, MetricId> = new Map([
  ['PI', 'perfusion-index'],
  ['capnoEtCO2', 'etco2'],
  ['capnoFiCO2', 'fico2'],
  ['capnoRR', 'resp-rate'],
  ['nibpSYS', 'nibp-sys'],
  ['nibpDIA', 'nibp-dia'],
  ['nibpMAP', 'nibp-mean'],
]);

const unitOf: ReadonlyMap<string, string> = new Map([
  ['PI', '%'],
  ['SPCO', '%'],
  ['SPMET', '%'],
  ['SPHB', 'g/dL'],
  ['SPOC', 'mL/dL'],
  ['DESAT', '1'],
  ['PIDELTA', '1'],
  ['PVI', '%'],
  ['eegPSI', '1'],
  ['eegEMG', '%'],
  ['eegSR', '%'],
  ['eegSEFL', 'Hz'],
  ['eegSEFR', 'Hz'],
  ['eegARTF', '%'],
  ['capnoRR', '/min'],
  ['nibpSYS', 'mm[Hg]'],
  ['nibpDIA', 'mm[Hg]'],
  ['nibpMAP', 'mm[Hg]'],
  ['nibpPR', '/min'],
]);
const gases: ReadonlySet<string> = new Set(['capnoEtCO2', 'capnoFiCO2']);

const keyForm = /^[A-Za-z][A-Za-z0-9]{1,15}$/;
const partForm = /^(eeg|capno|nibp|temp)/;
/** Serial number, channel, reserved; the words of exceptions and alarms, of which only EXC and ALARM are known; the time of a determination. */
const notMeasured = /^(?:SN|CHAN|RESVD|\w*(?:EXC|ALARM)\d?|\w+MEASTIME)$/;

export function isMeasurement(key: string): boolean {
  return keyForm.test(key) && !notMeasured.test(key);
}

/** What a key of a measurement stands for. `isWhole`: its number is printed without decimals. */
export function keyOf(key: string, isWhole: boolean): Key {
  const part = (partForm.exec(key)?.[1] ?? 'oximeter') as Part;
  const metric = metricOf.get(key) ?? (part === 'temp' ? 'temp' : null);
  const unit = gases.has(key) && isWhole ? 'mm[Hg]' : (unitOf.get(key) ?? null);
  return { part, metric, vendor: `x:masimo-ascii1:${key.toLowerCase()}`, unit };
}

const printedUnits: ReadonlyMap<string, string> = new Map([
  ['%', '%'],
  ['hz', 'Hz'],
  ['mmhg', 'mm[Hg]'],
  ['kpa', 'kPa'],
  ['c', 'Cel'],
  ['f', '[degF]'],
  ['bpm', '/min'],
  ['rpm', '/min'],
  ['g/dl', 'g/dL'],
  ['ml/dl', 'mL/dL'],
]);
const numberForm = /^([+-]?\d{1,4}(\.\d{1,3})?)([A-Za-z/%]{0,6})$/;

export interface PrintedNumber {
  readonly value: number;
  readonly isWhole: boolean;
  /** UCUM; null: none is printed. */
  readonly unit: string | null;
}

/** A number with the unit that may stand right behind it; null where it is none. */
export function numberOf(text: string): PrintedNumber | null {
  const [, digits, decimals, printed = ''] = numberForm.exec(text) ?? [];
  if (digits === undefined) return null;
  const unit = printed === '' ? null : printedUnits.get(printed.toLowerCase());
  return unit === undefined ? null : { value: Number(digits), isWhole: decimals === undefined, unit };
}
