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
  /** The MDC code as a number; NaN where it is none. */
  readonly code: number;
  /** Height, weight: entered at the monitor by somebody, never measured by it. */
  readonly isTypedIn: boolean;
  /** Code 149522, which some senders give the oximeter's pulse and others one inside a vessel: the channel decides. */
  readonly mayBeInvasive: boolean;
  /** The pulse that the cuff counted, as old as its pressures. */
  readonly isCuffPulse: boolean;
}

const codeMaxLength = 60;
/** MDC_LEN_BODY_ACTUAL, MDC_MASS_BODY_ACTUAL; LOINC height and weight. */
const typedIn: ReadonlySet<string> = new Set(['188740', '188736', 'MDC_LEN_BODY_ACTUAL', 'MDC_MASS_BODY_ACTUAL', '8302-2', '29463-7']);
const pulseOfAnySource = 149_522;
const pulseOfCuff = 149_546;
/** `0002-4bb8`: partition and code of an MDC term in hexadecimal. */
const hexTerm = /^([0-9a-f]{4})-([0-9a-f]{4})$/i;

/** Identifier, text and system, and the same of the sender's second code; the first that the mapping knows decides. */
export function observedOf(text: string, separators: Separators, mapping: CodeMapping): Observed {
  const [code = '', name = '', system = '', otherCode = '', otherName = '', otherSystem = ''] = componentsOf(text, separators);
  const known = lookUp(mapping, code, system) ?? lookUp(mapping, otherCode, otherSystem) ?? lookUp(mapping, name, system) ?? null;
  const own = [code, otherCode, name, otherName].find((part) => part !== '') ?? 'unnamed';
  const vendor: VendorMetricId = `x:hl7-oru:${printable(own).replaceAll(' ', '-').slice(0, codeMaxLength)}`;
  const term = termOf(code, system) ?? termOf(otherCode, otherSystem) ?? Number.NaN;
  const isInvasivePulse = term === pulseOfAnySource && /INV|ART|ABP/i.test(`${name} ${otherName}`);
  return {
    metric: isInvasivePulse ? null : (known?.metric ?? null),
    vendor,
    unitIfNone: known?.unit ?? null,
    code: term,
    isTypedIn: [code, name, otherCode, otherName].some((part) => typedIn.has(part)) || typedIn.has(String(term)),
    mayBeInvasive: term === pulseOfAnySource,
    isCuffPulse: term === pulseOfCuff || name === 'MDC_PULS_RATE_NON_INV',
  };
}

/** The number of an MDC term, however it is written; null where it is none. */
function termOf(code: string, system: string): number | null {
  const hex = hexTerm.exec(code);
  if (hex !== null) return Number.parseInt(`${hex[1]}${hex[2]}`, 16);
  return (system === 'MDC' || system === '') && /^\d{5,6}$/.test(code) ? Number(code) : null;
}

function lookUp(mapping: CodeMapping, code: string, system: string): ReturnType<CodeMapping['find']> {
  if (code === '') return null;
  const known = mapping.find(code, system);
  if (known !== null || !hexTerm.test(code)) return known;
  const term = termOf(code, system);
  return term === null ? null : mapping.find(String(term), 'MDC');
}

const firstInvasive = 150_028;
const lastInvasive = 150_107;

/** MDC terms of pressures inside a vessel. */
export function isInvasive(code: number): boolean {
  return code >= firstInvasive && code <= lastInvasive;
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
