import type { AbsentReason } from '../../../../shared/clinical/reading.ts';
import { findByte } from '../framing.ts';
import { decimalOf } from './observation.ts';
import type { SegmentFields } from './segment-fields.ts';
import type { Separators } from './separators.ts';

/** What an OBX states as a number, or why it is none. */
export interface StatedNumber {
  readonly value: number;
  readonly absent: AbsentReason | null;
  /** The field holds more than one value; the first is taken. */
  readonly isRepeated: boolean;
}

/** OBX-2: NM, SN, ST. */
const numeric = 0x4e4d;
const structuredNumeric = 0x534e;
const text = 0x5354;
const space = 0x20;
const quote = 0x22;
const equals = 0x3d;
const notStated: StatedNumber = { value: Number.NaN, absent: 'unavailable', isRepeated: false };
const notANumber: StatedNumber = { value: Number.NaN, absent: 'invalid', isRepeated: false };

/** The number of OBX-5 by the type in OBX-2; null where it is no measurement (text, a drawing, a list). */
export function numberOf(bytes: Uint8Array, fields: SegmentFields, separators: Separators): StatedNumber | null {
  const typeAt = fields.from(2);
  const type = fields.to(2) - typeAt === 2 ? ((bytes[typeAt] as number) << 8) | (bytes[typeAt + 1] as number) : 0;
  if (type !== numeric && type !== structuredNumeric && type !== text) return null;
  let start = fields.from(5);
  let end = fields.to(5);
  while (start < end && bytes[start] === space) start += 1;
  while (end > start && bytes[end - 1] === space) end -= 1;
  const isNone = start === end || (end - start === 2 && bytes[start] === quote && bytes[start + 1] === quote);
  if (isNone) return type === text ? null : notStated;
  const firstEnd = endAt(bytes, start, end, separators.repetition.charCodeAt(0));
  const isRepeated = firstEnd < end;
  if (type === structuredNumeric) {
    const component = separators.component.charCodeAt(0);
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

/** Where a byte is, or the end. */
function endAt(bytes: Uint8Array, start: number, end: number, byte: number): number {
  const found = findByte(bytes, byte, start, end);
  return found < 0 ? end : found;
}
