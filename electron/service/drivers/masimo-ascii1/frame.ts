import type { DiscardReason } from '../driver.ts';
import { asciiText, countPadding, decide, decidePadding, findByte, isPrintable, type FrameScanner, type FrameVerdict } from '../framing.ts';

/**
 * One line of Masimo ASCII-1, its known fields checked (`docs/monitors/masimo-ascii1.md`):
 * `MM/DD/YY HH:MM:SS` and KEY=value pairs, found by key, because order and presence differ by model.
 * There is no checksum, so a known field of the wrong form condemns the whole line: it was damaged.
 */
export interface MasimoLine {
  /** `MM/DD/YY HH:MM:SS` */
  readonly stamp: string;
  readonly spo2: number | null;
  readonly pulseRate: number | null;
  /** Bits; null where the line carries none. */
  readonly alarm: number | null;
  readonly exception: number | null;
  /** Every other field that holds a number or says that there is none, as sent: key, value. */
  readonly others: readonly (readonly [key: string, value: string])[];
}

export interface MasimoScanner extends FrameScanner {
  /** The line of the last `frame` verdict. */
  line(): MasimoLine | null;
}

const stampBytes = 17;
const lineMinBytes = 60;
/** An oximeter's line has up to 170 bytes; that of a docking station, with all its modules, has been seen with 352. */
const lineMaxBytes = 640;
/** A line end must come within this many bytes after the padding. */
const windowBytes = 704;
/** Noise is given up after this many, so that it shows while it lasts. */
const noiseBytes = 256;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Finds lines; a line cut short by the next one is found by the next one's date and time. */
export function createMasimoScanner(): MasimoScanner {
  let line: MasimoLine | null = null;

  function scan(bytes: Uint8Array, start: number, end: number, ended: boolean, verdict: FrameVerdict): void {
    const padding = countPadding(bytes, start, end);
    if (decidePadding(bytes, start, end, ended, padding, verdict)) return;
    const textStart = start + padding;
    let found = findByte(bytes, lineFeed, textStart, Math.min(end, textStart + noiseBytes));
    if (found < 0) {
      const isNoise = end - textStart >= noiseBytes && !isPrintable(bytes, textStart, textStart + noiseBytes);
      const longest = isNoise ? noiseBytes : windowBytes;
      if (!isNoise) found = findByte(bytes, lineFeed, textStart, Math.min(end, textStart + windowBytes));
      if (found < 0) return scanUnfinished(bytes, start, textStart, end, longest, ended, verdict);
    }
    const textEnd = bytes[found - 1] === carriageReturn ? found - 1 : found;
    line = parseLine(bytes, textStart, textEnd);
    if (line !== null) return decide(verdict, 'frame', found + 1 - start);
    const next = findStamp(bytes, textStart + 1, textEnd);
    if (next >= 0) return decide(verdict, 'discard', next - start, isPrintable(bytes, textStart, next) ? 'truncated' : 'noise');
    decide(verdict, 'discard', found + 1 - start, rejectReason(bytes, textStart, textEnd));
  }

  return { scan, line: () => line };
}

/** No line end yet within the `longest` that is waited for: wait, or give up what cannot become a line and keep what still can. */
function scanUnfinished(
  bytes: Uint8Array,
  start: number,
  textStart: number,
  end: number,
  longest: number,
  ended: boolean,
  verdict: FrameVerdict,
): void {
  if (end - textStart < longest) {
    if (!ended) return decide(verdict, 'wait');
    return decide(verdict, 'discard', end - start, isPrintable(bytes, textStart, end) ? 'truncated' : 'noise');
  }
  const windowEnd = textStart + longest;
  const next = findStamp(bytes, textStart + 1, windowEnd);
  const keptFrom = next >= 0 ? next : windowEnd - stampBytes;
  decide(verdict, 'discard', keptFrom - start, isPrintable(bytes, textStart, keptFrom) ? 'too-long' : 'noise');
}

function rejectReason(bytes: Uint8Array, textStart: number, textEnd: number): DiscardReason {
  if (!isPrintable(bytes, textStart, textEnd)) return 'noise';
  if (textEnd - textStart > lineMaxBytes) return 'too-long';
  return isStamp(bytes, textStart, textEnd) ? 'malformed' : 'truncated';
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** `NN/NN/NN NN:NN:NN` */
function isStamp(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + stampBytes > end) return false;
  if (bytes[at + 2] !== 0x2f || bytes[at + 5] !== 0x2f || bytes[at + 8] !== 0x20) return false;
  if (bytes[at + 11] !== 0x3a || bytes[at + 14] !== 0x3a) return false;
  for (let pair = 0; pair < stampBytes; pair += 3) {
    if (!isDigit(bytes[at + pair]) || !isDigit(bytes[at + pair + 1])) return false;
  }
  return true;
}

function findStamp(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at + stampBytes <= end; at++) {
    if (isStamp(bytes, at, end)) return at;
  }
  return -1;
}

/** The fields of a whole line without its line end, or null where the form is not that of the protocol. */
export function parseLine(bytes: Uint8Array, start: number, end: number): MasimoLine | null {
  const length = end - start;
  if (length < lineMinBytes || length > lineMaxBytes) return null;
  if (!isStamp(bytes, start, end) || bytes[start + stampBytes] !== 0x20 || !isPrintable(bytes, start, end)) return null;
  // Two lines that ran into each other.
  if (findStamp(bytes, start + 1, end) >= 0) return null;
  const fields: Record<KnownKey, string | null> = { SPO2: null, BPM: null, ALARM: null, EXC: null };
  const others: (readonly [string, string])[] = [];
  for (const token of asciiText(bytes, start + stampBytes + 1, end).split(' ')) {
    const equals = token.indexOf('=');
    if (equals <= 0) continue;
    const key = token.slice(0, equals);
    const value = token.slice(equals + 1);
    if (!isKnownKey(key)) others.push([key, value]);
    else if (fields[key] === null) fields[key] = value;
    else return null;
  }
  const spo2 = parseRate(fields.SPO2);
  const pulseRate = parseRate(fields.BPM);
  const alarm = parseBits(fields.ALARM);
  const exception = parseBits(fields.EXC);
  if (spo2 === undefined || pulseRate === undefined || alarm === undefined || exception === undefined) return null;
  return { stamp: asciiText(bytes, start, start + stampBytes), spo2, pulseRate, alarm, exception, others };
}

type KnownKey = 'SPO2' | 'BPM' | 'ALARM' | 'EXC';

function isKnownKey(key: string): key is KnownKey {
  return key === 'SPO2' || key === 'BPM' || key === 'ALARM' || key === 'EXC';
}

const threeDigits = /^\d{3}%?$/;
const dashes = /^[+-]?[-.]*-[-.]*[A-Za-z/%]{0,6}$/;
const hexDigits = /^[0-9A-Fa-f]{1,8}$/;

/** True for the forms that say "no number": `---`, `--.--`, `+--`. */
export function isNotAvailable(value: string): boolean {
  return dashes.test(value);
}

/** Three zero-padded digits (a digit lost on the line must not make another number); null: none; undefined: not the protocol's form. */
function parseRate(value: string | null): number | null | undefined {
  if (value === null) return undefined;
  if (threeDigits.test(value)) return Number(value.slice(0, 3));
  return isNotAvailable(value) ? null : undefined;
}

/** The width differs by model (3, 6, 7 digits), so it is a number, never a string to compare. */
function parseBits(value: string | null): number | null | undefined {
  if (value === null || isNotAvailable(value)) return null;
  return hexDigits.test(value) ? Number.parseInt(value, 16) : undefined;
}
