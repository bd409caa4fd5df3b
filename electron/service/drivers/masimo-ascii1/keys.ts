import type { MetricId, VendorMetricId } from '../../../../shared/clinical/metric.ts';
import { spcoDoubtful, spmetDoubtful } from './status-bits.ts';

/** What measures it. Each has an exception word of its own; that of the oximeter is EXC. */
export type Part = 'oximeter' | Module;
/** What a Root adds to an oximeter. */
export type Module = 'eeg' | 'capno' | Spot;
/** Parts that measure at times and are printed with every line. */
export type Spot = 'nibp' | 'temp';

/** What a key stands for, worked out once for each that a stream has. */
export type Key =
  | { readonly kind: 'core'; readonly core: CoreKey }
  | Measurement
  | { readonly kind: 'exception'; readonly part: Module }
  | { readonly kind: 'made-at'; readonly part: Spot }
  | { readonly kind: 'other' };

/** A known field of an oximeter's line, at most once in each. */
export type CoreKey = 'SPO2' | 'BPM' | 'ALARM' | 'EXC';

export interface Measurement {
  readonly kind: 'measurement';
  readonly text: string;
  readonly part: Part;
  readonly metric: MetricId | null;
  readonly vendor: VendorMetricId;
  /** UCUM, where the line prints none; null: then nobody knows the unit. */
  readonly unit: string | null;
  /** The same of a number that is printed without decimals. */
  readonly unitOfWhole: string | null;
  /** Bits of EXC that concern it alone. */
  readonly doubtfulBits: number;
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
const doubtfulBitsOf: ReadonlyMap<string, number> = new Map([
  ['x:masimo-ascii1:spco', spcoDoubtful],
  ['x:masimo-ascii1:spmet', spmetDoubtful],
]);

const keyForm = /^[A-Za-z][A-Za-z0-9]{1,15}$/;
const coreForm = /^(?:SPO2|BPM|ALARM|EXC)$/;
const partForm = /^(?:eeg|capno|nibp|temp)/;
const exceptionForm = /^(eeg|capno|nibp|temp)EXC$/;
const madeAtForm = /^(nibp|temp)MEASTIME$/;
/** Serial number, channel, reserved; the words of exceptions and alarms, of which only EXC and ALARM are known; the time of a determination. */
const notMeasured = /^(?:SN|CHAN|RESVD|\w*(?:EXC|ALARM)\d?|\w+MEASTIME)$/;

export function keyOf(text: string): Key {
  if (coreForm.test(text)) return { kind: 'core', core: text as CoreKey };
  const [, ofException] = exceptionForm.exec(text) ?? [];
  if (ofException !== undefined) return { kind: 'exception', part: ofException as Module };
  const [, ofTime] = madeAtForm.exec(text) ?? [];
  if (ofTime !== undefined) return { kind: 'made-at', part: ofTime as Spot };
  return keyForm.test(text) && !notMeasured.test(text) ? measurementOf(text) : { kind: 'other' };
}

function measurementOf(text: string): Measurement {
  const part = (partForm.exec(text)?.[0] ?? 'oximeter') as Part;
  const metric = metricOf.get(text) ?? (part === 'temp' ? 'temp' : null);
  const vendor: VendorMetricId = `x:masimo-ascii1:${text.toLowerCase()}`;
  const unit = unitOf.get(text) ?? null;
  const unitOfWhole = gases.has(text) ? 'mm[Hg]' : unit;
  return { kind: 'measurement', text, part, metric, vendor, unit, unitOfWhole, doubtfulBits: doubtfulBitsOf.get(vendor) ?? 0 };
}
