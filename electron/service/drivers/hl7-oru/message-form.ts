import { findByte } from '../framing.ts';

const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const idBytes = 3;

/** What is wrong with the form of a message: for the sender, and for whoever looks for the fault. Never holds text of the message. */
export interface FormFault {
  /** Counted from 1. */
  readonly segment: number;
  /** Within the message, counted from 1. */
  readonly byte: number;
  readonly words: string;
}

/**
 * What ends a segment of this message: CR, or LF in a message without any CR. In one with CR a line feed behind it is passed over, and one
 * anywhere else belongs to the text it stands in.
 */
export function segmentEndByte(bytes: Uint8Array, start: number, end: number): number {
  return findByte(bytes, carriageReturn, start, end) >= 0 ? carriageReturn : lineFeed;
}

/** Where the segment that begins at `start` ends: at its end byte, or at the end of the message. */
export function endOfSegment(bytes: Uint8Array, start: number, end: number, endByte: number): number {
  const found = findByte(bytes, endByte, start, end);
  return found < 0 ? end : found;
}

/** Where the next segment begins: empty ones and line feeds behind CR are passed over. */
export function startOfSegment(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] === carriageReturn || bytes[at] === lineFeed)) at++;
  return at;
}

export function isSegment(bytes: Uint8Array, at: number, id: string): boolean {
  return bytes[at] === id.charCodeAt(0) && bytes[at + 1] === id.charCodeAt(1) && bytes[at + 2] === id.charCodeAt(2);
}

/** Null where the message is divided into segments as HL7 has it. What stands in its fields is judged where a field is read. */
export function formFaultOf(bytes: Uint8Array, start: number, end: number): FormFault | null {
  const separator = bytes[start + idBytes] as number;
  if (end - start < 8 || !isSeparator(separator)) {
    return { segment: 1, byte: idBytes + 1, words: 'no field separator' };
  }
  const endByte = segmentEndByte(bytes, start, end);
  let segment = 0;
  let hasHeader = false;
  for (let at = startOfSegment(bytes, start, end); at < end;) {
    const segmentEnd = endOfSegment(bytes, at, end, endByte);
    segment += 1;
    for (let letter = at; letter < at + idBytes; letter++) {
      if (letter >= segmentEnd || !isNameByte(bytes[letter] as number, letter > at)) {
        return { segment, byte: letter - start + 1, words: 'no name of a segment' };
      }
    }
    if (segmentEnd > at + idBytes && bytes[at + idBytes] !== separator) {
      return { segment, byte: at + idBytes - start + 1, words: 'no field separator behind the name of the segment' };
    }
    hasHeader ||= isSegment(bytes, at, 'MSH');
    at = startOfSegment(bytes, segmentEnd, end);
  }
  return hasHeader ? null : { segment: 1, byte: 1, words: 'no MSH segment' };
}

function isNameByte(byte: number, mayBeDigit: boolean): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (mayBeDigit && byte >= 0x30 && byte <= 0x39);
}

function isSeparator(byte: number): boolean {
  const isDigit = byte >= 0x30 && byte <= 0x39;
  const isLetter = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
  return byte > 0x20 && byte < 0x7f && !isDigit && !isLetter;
}
