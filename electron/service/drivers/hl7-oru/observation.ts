import type { MetricId, VendorMetricId } from '../../../../shared/clinical/metric.ts';
import type { AbsentReason } from '../../../../shared/clinical/reading.ts';
import type { CodeMapping } from './mapping.ts';
import { componentsOf, type Separators } from './separators.ts';
import { printable } from './units.ts';

/** What an OBX-3 names. */
export interface Observed {
  readonly metric: MetricId | null;
  readonly vendor: VendorMetricId;
  readonly unitIfNone: string | null;
}

const codeMaxLength = 60;

/** Identifier, text and system, and the same of the sender's second code; the first that the mapping knows decides. */
export function observedOf(text: string, separators: Separators, mapping: CodeMapping): Observed {
  const [code = '', name = '', system = '', otherCode = '', otherName = '', otherSystem = ''] = componentsOf(text, separators);
  const known = lookUp(mapping, code, system) ?? lookUp(mapping, otherCode, otherSystem) ?? lookUp(mapping, name, system) ?? null;
  const own = [code, otherCode, name, otherName].find((part) => part !== '') ?? 'unnamed';
  const vendor: VendorMetricId = `x:hl7-oru:${printable(own).replaceAll(' ', '-').slice(0, codeMaxLength)}`;
  return { metric: known?.metric ?? null, vendor, unitIfNone: known?.unit ?? null };
}

function lookUp(mapping: CodeMapping, code: string, system: string): ReturnType<CodeMapping['find']> {
  return code === '' ? null : mapping.find(code, system);
}

/** What an OBX-8 says of its value. */
export interface Validity {
  readonly absent: AbsentReason | null;
  readonly isDoubtful: boolean;
  readonly flags: readonly string[];
}

export const usualValidity: Validity = { absent: null, isDoubtful: false, flags: [] };

/** Interpretation and measurement status, as the patient care device profile of IHE writes them (recalled, not seen). */
const flagWords: ReadonlyMap<string, string> = new Map([
  ['L', 'low-limit'],
  ['LL', 'low-limit'],
  ['<', 'low-limit'],
  ['H', 'high-limit'],
  ['HH', 'high-limit'],
  ['>', 'high-limit'],
  ['A', 'abnormal'],
  ['AA', 'abnormal'],
  ['QUES', 'questionable'],
  ['CALB', 'calibrating'],
  ['TEST', 'test-data'],
  ['DEMO', 'demo-data'],
  ['EARLY', 'early'],
  ['BUSY', 'measuring'],
]);
const absences: ReadonlyMap<string, AbsentReason> = new Map([
  ['INV', 'invalid'],
  ['NAV', 'unavailable'],
  ['CALB', 'unavailable'],
]);
const doubtful = new Set(['QUES', 'TEST', 'DEMO']);
/** A value within its limits. */
const silent = new Set(['', 'N', '""']);
const flagsMax = 12;
const flagMaxLength = 40;

/** The reason says these already. */
const reasonsOnly = new Set(['INV', 'NAV']);

export function validityOf(text: string, { repetition, component }: Separators): Validity {
  const repeated = repetition === '' ? [text] : text.split(repetition);
  const codes = repeated.map((part) => (component === '' ? part : (part.split(component, 1)[0] ?? '')).trim().toUpperCase());
  const told = codes.filter((code) => !silent.has(code) && !reasonsOnly.has(code)).slice(0, flagsMax);
  return {
    absent: codes.map((code) => absences.get(code)).find((reason) => reason !== undefined) ?? null,
    isDoubtful: codes.some((code) => doubtful.has(code)),
    flags: [...new Set(told.map((code) => flagWords.get(code) ?? printable(code).toLowerCase().slice(0, flagMaxLength)))],
  };
}

const timeForm = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?/;

/** `YYYYMMDDHHMM[SS[.SSSS]][±ZZZZ]` to ISO without zone, whole seconds; null where it is no moment. */
export function deviceTimeOf(text: string): string | null {
  const [, year, month, day, hour, minute, second = '00'] = timeForm.exec(text) ?? [];
  if (year === undefined || Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}`;
}

const decimalsMax = 6;
const digitsMax = 9;

/** A plain decimal number, as HL7 allows it (`+72`, `-3.5`, `.5`); NaN for anything else. */
export function decimalOf(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  const isNegative = bytes[at] === 0x2d;
  if (isNegative || bytes[at] === 0x2b) at += 1;
  let value = 0;
  let digits = 0;
  let decimals = -1;
  for (; at < end; at++) {
    const digit = (bytes[at] as number) - 0x30;
    if (digit === -2 && decimals < 0) decimals = 0;
    else if (digit < 0 || digit > 9) return Number.NaN;
    else {
      value = value * 10 + digit;
      digits += 1;
      if (decimals >= 0) decimals += 1;
    }
  }
  if (digits === 0 || digits > digitsMax || decimals > decimalsMax) return Number.NaN;
  const scaled = decimals > 0 ? value / (powers[decimals] as number) : value;
  return isNegative ? -scaled : scaled;
}

const powers = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000];
