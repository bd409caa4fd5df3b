import { isMeasured, type AbsentReason, type Quality, type Reading } from '../../../../shared/clinical/reading.ts';
import type { DecodeSink } from '../driver.ts';
import { findByte } from '../framing.ts';
import { absentReading, statedReading, vendorReading, type ReadingContext } from '../stated-reading.ts';
import { FieldCache, LastField } from './field-cache.ts';
import type { CodeMapping } from './mapping.ts';
import { decimalOf, deviceTimeOf, observedOf, usualValidity, validityOf, type Observed, type Validity } from './observation.ts';
import { componentsOf, usualSeparators, type Separators } from './separators.ts';
import { inMetricUnit, unitOf } from './units.ts';

const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const idBytes = 3;
const fieldsMax = 20;
/** OBX-11: F final, R results not verified, X cannot be obtained. Corrections, deletions and the like are not read. */
const final = 0x46;
const unverified = 0x52;
const unobtainable = 0x58;
/** OBX-2: NM, SN, ST. */
const numeric = 0x4e4d;
const structuredNumeric = 0x534e;
const text = 0x5354;
const space = 0x20;
const quote = 0x22;
const equals = 0x3d;
const repeatedFlags = ['repeated-value'];
const testFlags = ['test-data'];
const pressures: ReadonlySet<string> = new Set(['nibp-sys', 'nibp-dia', 'nibp-mean']);

function isSegment(bytes: Uint8Array, at: number, id: string): boolean {
  return bytes[at] === id.charCodeAt(0) && bytes[at + 1] === id.charCodeAt(1) && bytes[at + 2] === id.charCodeAt(2);
}

function endOfSegment(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== carriageReturn) at++;
  return at;
}

/** True where the message is divided into segments as HL7 has it, and what Vigil reads of it is text without damage. */
export function isHl7Message(bytes: Uint8Array, start: number, end: number): boolean {
  const separator = bytes[start + idBytes] as number;
  if (end - start < 8 || !isSeparator(separator)) return false;
  for (let at = start; at < end;) {
    if (bytes[at] === lineFeed) {
      at += 1;
      continue;
    }
    const segmentEnd = endOfSegment(bytes, at, end);
    if (segmentEnd - at < idBytes) return false;
    for (let letter = at; letter < at + idBytes; letter++) {
      const byte = bytes[letter] as number;
      const isLetter = byte >= 0x41 && byte <= 0x5a;
      if (!isLetter && !(byte >= 0x30 && byte <= 0x39 && letter > at)) return false;
    }
    if (segmentEnd > at + idBytes && bytes[at + idBytes] !== separator) return false;
    // In names and notes any character set may stand; codes and numbers are ASCII, and another byte there is a damaged one.
    const isRead = isSegment(bytes, at, 'OBX') || isSegment(bytes, at, 'OBR') || isSegment(bytes, at, 'MSH');
    for (let byteAt = at; isRead && byteAt < segmentEnd; byteAt++) {
      if ((bytes[byteAt] as number) >= 0x7f) return false;
    }
    at = segmentEnd + 1;
  }
  return true;
}

function isSeparator(byte: number): boolean {
  const isDigit = byte >= 0x30 && byte <= 0x39;
  const isLetter = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
  return byte > 0x20 && byte < 0x7f && !isDigit && !isLetter;
}

/**
 * The readings of ORU^R01 messages: MSH for the separators, OBR for the time of a group, OBX for values. Everything else is passed over
 * unread, the patient's segments first of all.
 */
export class MessageReader {
  readonly #mapping: CodeMapping;
  #separators = usualSeparators;
  readonly #observed = new FieldCache<Observed>((text) => observedOf(text, this.#separators, this.#mapping));
  readonly #units = new FieldCache<string | null>((text) => unitOf(componentsOf(text, this.#separators), this.#mapping.units));
  readonly #validities = new FieldCache<Validity>((text) => validityOf(text, this.#separators));
  readonly #times = new LastField<string | null>(deviceTimeOf);
  readonly #groupTimes = new LastField<string | null>(deviceTimeOf);
  /** Where the fields of the present segment begin, and one past its end; a field ends before the next begins. */
  readonly #fields = new Int32Array(fieldsMax + 2);
  #fieldByte = 0x7c;
  #isTest = false;
  #groupTime: string | null = null;
  /** Metrics told in the present group: a second source of one goes under its own code. */
  readonly #told = new Set<string>();
  #cuff: Reading[] = [];
  #cuffStated = '';
  #lastCuffStated = '';

  constructor(mapping: CodeMapping) {
    this.#mapping = mapping;
  }

  publish(bytes: Uint8Array, start: number, end: number, sink: DecodeSink): void {
    this.#fieldByte = bytes[start + idBytes] as number;
    if (!this.#readHeader(bytes, start, endOfSegment(bytes, start, end))) return;
    this.#beginGroup(null, sink);
    for (let at = start; at < end;) {
      const segmentEnd = endOfSegment(bytes, at, end);
      if (bytes[at] === lineFeed) at += 1;
      if (isSegment(bytes, at, 'OBX')) {
        this.#split(bytes, at, segmentEnd);
        this.#publishValue(bytes, sink);
      } else if (isSegment(bytes, at, 'OBR')) {
        this.#split(bytes, at, segmentEnd);
        this.#beginGroup(this.#groupTimes.meaningOf(bytes, this.#from(7), this.#to(7)), sink);
      }
      at = segmentEnd + 1;
    }
    this.#finishCuff(sink);
  }

  /** False where it is no message of results, or one of alarms only. */
  #readHeader(bytes: Uint8Array, start: number, segmentEnd: number): boolean {
    this.#split(bytes, start, segmentEnd);
    // MSH-1 is the separator itself, so that MSH-9 is the eighth field behind it.
    const encoding = this.#text(bytes, 1);
    const character = (at: number): string => encoding.charAt(at);
    const stated: Separators = {
      field: String.fromCharCode(this.#fieldByte),
      component: character(0),
      repetition: character(1),
      escape: character(2),
      subcomponent: character(3),
    };
    if (Object.entries(stated).some(([name, value]) => this.#separators[name as keyof Separators] !== value)) {
      this.#separators = stated;
      for (const cache of [this.#observed, this.#units, this.#validities]) cache.forget();
    }
    const processing = componentsOf(this.#text(bytes, 10), stated)[0] ?? '';
    this.#isTest = processing === 'T' || processing === 'D';
    const [type, trigger = ''] = componentsOf(this.#text(bytes, 8), stated);
    return type === 'ORU' && (trigger === 'R01' || trigger === '');
  }

  #beginGroup(time: string | null, sink: DecodeSink): void {
    this.#finishCuff(sink);
    this.#told.clear();
    this.#groupTime = time;
  }

  #split(bytes: Uint8Array, start: number, end: number): void {
    const fields = this.#fields;
    let count = 0;
    fields[count++] = start;
    for (let at = start; at < end && count <= fieldsMax; at++) {
      if (bytes[at] === this.#fieldByte) fields[count++] = at + 1;
    }
    // Missing fields are empty.
    fields.fill(end + 1, count);
  }

  #from(field: number): number {
    return Math.min(this.#fields[field] as number, this.#to(field));
  }

  #to(field: number): number {
    return (this.#fields[field + 1] as number) - 1;
  }

  #text(bytes: Uint8Array, field: number): string {
    return String.fromCharCode(...bytes.subarray(this.#from(field), Math.min(this.#to(field), this.#from(field) + 64)));
  }

  #publishValue(bytes: Uint8Array, sink: DecodeSink): void {
    const status = this.#to(11) - this.#from(11) === 1 ? (bytes[this.#from(11)] as number) : 0;
    if (status !== final && status !== unverified && status !== unobtainable) return;
    const stated = this.#numberOf(bytes);
    if (stated === null) return;
    const observed = this.#observed.meaningOf(bytes, this.#from(3), this.#to(3));
    const validity = this.#isEmpty(8) ? usualValidity : this.#validities.meaningOf(bytes, this.#from(8), this.#to(8));
    const absent = validity.absent ?? (status === unobtainable ? 'unavailable' : stated.absent);
    const own = observed.metric !== null && !this.#told.has(observed.metric) ? observed.metric : null;
    const context = this.#contextOf(bytes, validity, stated.isRepeated);
    if (absent !== null) return this.#tell(bytes, absentReading(own ?? observed.vendor, absent, context), sink);
    const unit = (this.#isEmpty(6) ? null : this.#units.meaningOf(bytes, this.#from(6), this.#to(6))) ?? observed.unitIfNone;
    const quality: Quality = validity.isDoubtful || stated.isRepeated || this.#isTest ? 'questionable' : 'good';
    const converted = own === null || unit === null ? null : inMetricUnit(own, stated.value, unit);
    if (own === null || converted === null) {
      return this.#tell(bytes, vendorReading(observed.vendor, stated.value, unit ?? '1', quality, context), sink);
    }
    this.#told.add(own);
    this.#tell(bytes, statedReading(own, converted, quality, context), sink);
  }

  #isEmpty(field: number): boolean {
    return this.#to(field) <= this.#from(field);
  }

  /** The number of OBX-5 by the type in OBX-2; null where it is no measurement (text, a drawing, a list). */
  #numberOf(bytes: Uint8Array): Stated | null {
    const typeAt = this.#from(2);
    const type = this.#to(2) - typeAt === 2 ? ((bytes[typeAt] as number) << 8) | (bytes[typeAt + 1] as number) : 0;
    if (type !== numeric && type !== structuredNumeric && type !== text) return null;
    let start = this.#from(5);
    let end = this.#to(5);
    while (start < end && bytes[start] === space) start += 1;
    while (end > start && bytes[end - 1] === space) end -= 1;
    const isNone = start === end || (end - start === 2 && bytes[start] === quote && bytes[start + 1] === quote);
    if (isNone) return type === text ? null : notStated;
    const repetition = this.#separators.repetition.charCodeAt(0);
    const firstEnd = endAt(bytes, start, end, repetition);
    const isRepeated = firstEnd < end;
    if (type === structuredNumeric) {
      const component = this.#separators.component.charCodeAt(0);
      const comparator = endAt(bytes, start, firstEnd, component);
      const isEquality = comparator === start || (comparator === start + 1 && bytes[start] === equals);
      if (!isEquality) return notANumber;
      start = Math.min(firstEnd, comparator + 1);
      end = endAt(bytes, start, firstEnd, component);
    } else end = firstEnd;
    const value = decimalOf(bytes, start, end);
    if (!Number.isNaN(value)) return { value, absent: null, isRepeated };
    return type === text ? null : notANumber;
  }

  #contextOf(bytes: Uint8Array, validity: Validity, isRepeated: boolean): ReadingContext {
    const deviceTime = this.#isEmpty(14) ? this.#groupTime : this.#times.meaningOf(bytes, this.#from(14), this.#to(14));
    let { flags } = validity;
    if (isRepeated) flags = [...flags, ...repeatedFlags];
    if (this.#isTest && !flags.includes('test-data')) flags = [...flags, ...testFlags];
    return { flags, deviceTime };
  }

  /** A sender repeats the last determination of the cuff with every message; it is told when it is another one, or from another time. */
  #tell(bytes: Uint8Array, reading: Reading, sink: DecodeSink): void {
    if (!pressures.has(reading.metric)) return sink.reading(reading);
    this.#cuff.push(reading);
    const stated = isMeasured(reading) ? reading.value : reading.absent;
    this.#cuffStated += `${reading.metric}=${stated}@${this.#isEmpty(14) ? '' : this.#text(bytes, 14)} `;
  }

  #finishCuff(sink: DecodeSink): void {
    if (this.#cuff.length === 0) return;
    const readings = this.#cuff;
    const isRepeated = this.#cuffStated === this.#lastCuffStated;
    this.#lastCuffStated = this.#cuffStated;
    this.#cuff = [];
    this.#cuffStated = '';
    if (!isRepeated) for (const reading of readings) sink.reading(reading);
  }
}

interface Stated {
  readonly value: number;
  readonly absent: AbsentReason | null;
  readonly isRepeated: boolean;
}

const notStated: Stated = { value: Number.NaN, absent: 'unavailable', isRepeated: false };
const notANumber: Stated = { value: Number.NaN, absent: 'invalid', isRepeated: false };

/** Where a byte is, or the end. */
function endAt(bytes: Uint8Array, start: number, end: number, byte: number): number {
  const found = findByte(bytes, byte, start, end);
  return found < 0 ? end : found;
}
