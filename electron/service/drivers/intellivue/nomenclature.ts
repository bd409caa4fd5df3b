import type { WaveId, WaveSignal } from '../../../../shared/clinical/wave-signal.ts';
import type { MetricId, VendorMetricId } from '../../../../shared/clinical/metric.ts';
import { assertNever } from '../../../../shared/values/assert-never.ts';

/** What an IntelliVue code is to Vigil. Codes: `docs/monitors/intellivue.md`; CO₂, respiration and temperature are from memory there. */
export interface Quantity {
  /** As the protocol names it. */
  readonly vendor: VendorMetricId;
  readonly metric: MetricId | null;
}

const metricOfCode: ReadonlyMap<number, MetricId> = new Map([
  [0x4182, 'heart-rate'],
  [0x4822, 'pulse-rate'],
  [0x4bb8, 'spo2'],
  [0x4bb0, 'perfusion-index'],
  [0x4a05, 'nibp-sys'],
  [0x4a06, 'nibp-dia'],
  [0x4a07, 'nibp-mean'],
  [0x5012, 'resp-rate'],
  [0x500a, 'resp-rate'],
  [0x50b0, 'etco2'],
  [0x50ba, 'fico2'],
  [0x4b48, 'temp'],
]);

/** Of the chest's impedance; a monitor with CO₂ has the airway's, too, and that one then speaks for the patient. */
export const impedanceRespRate = 0x500a;
export const airwayRespRate = 0x5012;
export const cuffSystolic = 0x4a05;
export const cuffMean = 0x4a07;

export function isCuffPressure(code: number): boolean {
  return code >= cuffSystolic && code <= cuffMean;
}

function hexCode(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}

export function quantityOf(code: number): Quantity {
  return { vendor: `x:intellivue:${hexCode(code)}`, metric: metricOfCode.get(code) ?? null };
}

const waveOfCode: ReadonlyMap<number, WaveId> = new Map([
  [0x0101, 'ecg-i'],
  [0x0102, 'ecg-ii'],
  [0x013d, 'ecg-iii'],
  [0x013e, 'ecg-avr'],
  [0x013f, 'ecg-avl'],
  [0x0140, 'ecg-avf'],
  [0x0143, 'ecg-v'],
  [0x4bb4, 'pleth'],
  [0x5000, 'resp'],
  [0x50ac, 'co2'],
]);

export function waveNameOf(code: number): WaveSignal {
  return waveOfCode.get(code) ?? `x:intellivue:${hexCode(code)}`;
}

const perMinute = 0x0aa0;
const breathsPerMinute = 0x0ae0;
const percent = 0x0220;
const dimensionless = 0x0200;
const mmHg = 0x0f20;
const kPa = 0x0f03;
const celsius = 0x17a0;
const fahrenheit = 0x1140;
export const unit = {
  perMinute,
  breathsPerMinute,
  percent,
  dimensionless,
  mmHg,
  kPa,
  celsius,
  milliVolt: 0x10b2,
  milliMetre: 0x0512,
} as const;

/** UCUM. */
const unitOfCode: ReadonlyMap<number, string> = new Map([
  [dimensionless, '1'],
  [percent, '%'],
  [0x0512, 'mm'],
  [0x0652, 'mL'],
  [0x0880, 's'],
  [0x0892, 'ms'],
  [0x09c0, 'Hz'],
  [perMinute, '/min'],
  [breathsPerMinute, '/min'],
  [0x0c00, 'L/min'],
  [kPa, 'kPa'],
  [mmHg, 'mm[Hg]'],
  [0x0f40, 'cm[H2O]'],
  [0x0f72, 'mbar'],
  [0x10b2, 'mV'],
  [0x10b3, 'uV'],
  [0x10c0, 'Ohm'],
  [fahrenheit, '[degF]'],
  [celsius, 'Cel'],
]);

/** A unit without a name of ours keeps its code: UCUM takes what is in braces for a remark. */
export function unitOf(code: number): string {
  return unitOfCode.get(code) ?? `{intellivue:${hexCode(code)}}`;
}

const mmHgPerKPa = 7.500_615;

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The number in the metric's own unit; null where the stated unit does not go with the metric. */
export function inMetricUnit(metric: MetricId, value: number, unitCode: number): number | null {
  switch (metric) {
    case 'heart-rate':
    case 'pulse-rate':
    case 'resp-rate':
      return unitCode === perMinute || unitCode === breathsPerMinute ? value : null;
    case 'spo2':
      return unitCode === percent ? value : null;
    case 'perfusion-index':
      // Stated without a dimension, as a number of per cent.
      return unitCode === percent || unitCode === dimensionless ? value : null;
    case 'nibp-sys':
    case 'nibp-dia':
    case 'nibp-mean':
      if (unitCode === mmHg) return value;
      return unitCode === kPa ? Math.round(value * mmHgPerKPa) : null;
    case 'etco2':
    case 'fico2':
      if (unitCode === mmHg) return value;
      return unitCode === kPa ? tenths(value * mmHgPerKPa) : null;
    case 'temp':
      if (unitCode === celsius) return value;
      return unitCode === fahrenheit ? tenths(((value - 32) * 5) / 9) : null;
    default:
      return assertNever(metric);
  }
}
