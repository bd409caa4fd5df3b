import type { DiscardReason } from '../driver.ts';
import {
  asciiText,
  countPadding,
  decide,
  decidePadding,
  findByte,
  isDigit,
  isPrintable,
  type FrameScanner,
  type FrameVerdict,
} from '../framing.ts';

/**
 * One line of the printout of Nonin's handhelds and tabletops (`docs/monitors/nonin-ascii.md`):
 * `SPO2=nnn HR=nnn`, on some models after `HH:MM:SS `, with marks behind; or the header that is sent when the monitor is switched on.
 * The same object serves every line: its fields hold until the next verdict.
 */
export interface NoninLine {
  isHeader: boolean;
  /** Where `HH:MM:SS` is in the scanned bytes; −1 where the line has no time. */
  timeAt: number;
  /** null: dashes. */
  spo2: number | null;
  heartRate: number | null;
  /** Bits of `marks`. */
  marks: number;
}

export interface NoninAsciiScanner extends FrameScanner {
  /** The line of the last `frame` verdict; mutable and used again. */
  line(): Readonly<NoninLine>;
}

export const marks = { event: 1, fast: 2, breath: 4 } as const;

const lineMaxBytes = 80;
/** A line end must come within this many bytes after the padding. */
const windowBytes = 128;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const spo2Key = Uint8Array.from('SPO2=', (character) => character.charCodeAt(0));
const rateKey = Uint8Array.from('HR=', (character) => character.charCodeAt(0));
const timeBytes = 9;

/**
 * Finds lines. There is no checksum, but each number has three places whatever its size: a digit lost or added makes no other number.
 * A line cut short by the next one is found by the next one's beginning.
 */
export function createNoninAsciiScanner(): NoninAsciiScanner {
  const line: NoninLine = { isHeader: false, timeAt: -1, spo2: null, heartRate: null, marks: 0 };
  /** The lines of this monitor begin with the time. */
  let timed = false;

  function isLine(bytes: Uint8Array, start: number, end: number): boolean {
    if (!parseLine(bytes, start, end, line)) return false;
    if (!line.isHeader) timed = line.timeAt >= 0;
    return true;
  }

  function scan(bytes: Uint8Array, start: number, end: number, ended: boolean, verdict: FrameVerdict): void {
    const padding = countPadding(bytes, start, end);
    if (decidePadding(bytes, start, end, ended, padding, verdict)) return;
    const textStart = start + padding;
    const found = findByte(bytes, lineFeed, textStart, Math.min(end, textStart + windowBytes));
    if (found < 0) return scanUnfinished(bytes, start, textStart, end, ended, timed, verdict);
    const textEnd = bytes[found - 1] === carriageReturn ? found - 1 : found;
    if (isLine(bytes, textStart, textEnd)) return decide(verdict, 'frame', found + 1 - start);
    const next = findBeginning(bytes, textStart + 1, textEnd, timed);
    if (next >= 0) return decide(verdict, 'discard', next - start, isPrintable(bytes, textStart, next) ? 'truncated' : 'noise');
    decide(verdict, 'discard', found + 1 - start, rejectReason(bytes, textStart, textEnd, timed));
  }

  return { scan, line: () => line };
}

/** No line end yet: wait for it, or give up what cannot become a line and keep what still can. */
function scanUnfinished(
  bytes: Uint8Array,
  start: number,
  textStart: number,
  end: number,
  ended: boolean,
  timed: boolean,
  verdict: FrameVerdict,
): void {
  if (end - textStart < windowBytes) {
    if (!ended) return decide(verdict, 'wait');
    return decide(verdict, 'discard', end - start, isPrintable(bytes, textStart, end) ? 'truncated' : 'noise');
  }
  const windowEnd = textStart + windowBytes;
  const next = findBeginning(bytes, textStart + 1, windowEnd, timed);
  const keptFrom = next >= 0 ? next : windowEnd - timeBytes - spo2Key.length;
  decide(verdict, 'discard', keptFrom - start, isPrintable(bytes, textStart, keptFrom) ? 'too-long' : 'noise');
}

function rejectReason(bytes: Uint8Array, textStart: number, textEnd: number, timed: boolean): DiscardReason {
  if (!isPrintable(bytes, textStart, textEnd)) return 'noise';
  if (textEnd - textStart > lineMaxBytes) return 'too-long';
  return findBeginning(bytes, textStart, textEnd, timed) === textStart ? 'malformed' : 'truncated';
}

function isKey(bytes: Uint8Array, key: Uint8Array, at: number, end: number): boolean {
  if (at + key.length > end) return false;
  for (let offset = 0; offset < key.length; offset++) {
    if (bytes[at + offset] !== key[offset]) return false;
  }
  return true;
}

/** `HH:MM:SS ` */
function isTime(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + timeBytes > end || bytes[at + 2] !== 0x3a || bytes[at + 5] !== 0x3a || bytes[at + 8] !== space) return false;
  for (let pair = at; pair < at + timeBytes; pair += 3) {
    if (!isDigit(bytes[pair] as number) || !isDigit(bytes[pair + 1] as number)) return false;
  }
  return true;
}

/** Where a line begins from `from` on, with its time where it has one; −1 for nowhere. `timed`: one without a time is a damaged one. */
function findBeginning(bytes: Uint8Array, from: number, end: number, timed: boolean): number {
  for (let at = from; at + spo2Key.length <= end; at++) {
    if (!timed && isKey(bytes, spo2Key, at, end)) return at;
    if (isTime(bytes, at, end) && isKey(bytes, spo2Key, at + timeBytes, end)) return at;
  }
  return -1;
}

const notNumber = -2;
const noNumber = -1;

/** Three places: digits with zeros or spaces before them, or dashes. */
function numberAt(bytes: Uint8Array, at: number, end: number): number {
  if (at + 3 > end) return notNumber;
  const [hundreds, tens, ones] = [bytes[at] as number, bytes[at + 1] as number, bytes[at + 2] as number];
  if (hundreds === 0x2d && tens === 0x2d && ones === 0x2d) return noNumber;
  if (!isDigit(ones) || !(isDigit(tens) || tens === space) || !(isDigit(hundreds) || hundreds === space)) return notNumber;
  if (tens === space && hundreds !== space) return notNumber;
  const digit = (byte: number): number => (byte === space ? 0 : byte - 0x30);
  return digit(hundreds) * 100 + digit(tens) * 10 + digit(ones);
}

function parseLine(bytes: Uint8Array, start: number, end: number, line: NoninLine): boolean {
  if (end - start > lineMaxBytes) return false;
  const timeAt = isTime(bytes, start, end) ? start : -1;
  const spo2KeyAt = timeAt < 0 ? start : start + timeBytes;
  if (!isKey(bytes, spo2Key, spo2KeyAt, end)) return isHeader(bytes, start, end, line);
  const spo2At = spo2KeyAt + spo2Key.length;
  const spo2 = numberAt(bytes, spo2At, end);
  let at = spo2At + 3;
  while (at < end && bytes[at] === space) at++;
  if (spo2 === notNumber || at === spo2At + 3 || !isKey(bytes, rateKey, at, end)) return false;
  const heartRate = numberAt(bytes, at + rateKey.length, end);
  if (heartRate === notNumber) return false;
  const found = parseMarks(bytes, at + rateKey.length + 3, end);
  if (found < 0) return false;
  line.isHeader = false;
  line.timeAt = timeAt;
  line.spo2 = spo2 === noNumber ? null : spo2;
  line.heartRate = heartRate === noNumber ? null : heartRate;
  line.marks = found;
  return true;
}

/** `*` right behind the number or after spaces, `F` and `B` after a space, each at most once; −1 for anything else. */
function parseMarks(bytes: Uint8Array, from: number, end: number): number {
  let found = 0;
  for (let at = from; at < end; at++) {
    const byte = bytes[at];
    if (byte === space) continue;
    const mark = byte === 0x2a ? marks.event : byte === 0x46 ? marks.fast : byte === 0x42 ? marks.breath : 0;
    if (mark === 0 || (found & mark) !== 0) return -1;
    found |= mark;
  }
  return found;
}

/** Its wording differs by model and is not known: a line of text that names Nonin, or states a date or a time, and has no value in it. */
const headerForm = /nonin|\d{1,2}:\d{2}:\d{2}|\d{1,2}[/-]\d{1,2}[/-]\d{2}/i;

function isHeader(bytes: Uint8Array, start: number, end: number, line: NoninLine): boolean {
  if (end - start < 8 || !isPrintable(bytes, start, end)) return false;
  const text = asciiText(bytes, start, end);
  if (text.includes('=') || !headerForm.test(text)) return false;
  line.isHeader = true;
  return true;
}
