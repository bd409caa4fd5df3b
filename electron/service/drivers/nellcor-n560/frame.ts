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
import { stampBytes } from './stamp.ts';
import { bitOfCode } from './status-codes.ts';

/** What a line is for; of the headings only the one with the limits says something. */
export type NellcorLineKind = 'data' | 'limits' | 'trend' | 'heading' | 'trend-end';

/**
 * One line of the real-time printout (`docs/monitors/nellcor-n560.md`):
 * `DD-Mon-YY HH:MM:SS`, SpO2, BPM and PA in columns, status codes; or one of the headings between them.
 * The same object serves every line: its fields hold until the next verdict.
 */
export interface NellcorLine {
  kind: NellcorLineKind;
  /** Where the text begins in the scanned bytes. */
  textStart: number;
  textEnd: number;
  /** null: dashes. */
  spo2: number | null;
  pulseRate: number | null;
  pulseAmplitude: number | null;
  /** An asterisk beside the number: outside the monitor's limits. */
  spo2Starred: boolean;
  pulseRateStarred: boolean;
  /** Bits of `status-codes.ts`. */
  codes: number;
  /** Two-letter codes that nobody has named yet. */
  unknownCodes: readonly string[];
}

export interface NellcorScanner extends FrameScanner {
  /** The line of the last `frame` verdict; mutable and used again. */
  line(): Readonly<NellcorLine>;
}

const lineMaxBytes = 128;
/** A line end must come within this many bytes after the padding. */
const windowBytes = 160;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const star = 0x2a;
const dash = 0x2d;
const unknownCodesMax = 4;
const noCodes: readonly string[] = [];

/** Where the last digits of SpO2, BPM and PA end, from the start of the line: one number, because it is compared once per line. */
type Columns = number;

function columnsOf(spo2End: number, pulseEnd: number, amplitudeEnd: number): Columns {
  return spo2End | (pulseEnd << 8) | (amplitudeEnd << 16);
}

/** In every printout seen so far (N-560, N-595, PM10N). */
const usualColumns = columnsOf(24, 32, 40);
/** So many lines in a row with the same other columns are no damage. */
const refusalsToBelieve = 3;
/** What becomes of them where one character is lost or added before a column. */
const nearlyUsual: ReadonlySet<Columns> = new Set(
  [-1, 1].flatMap((by) => [columnsOf(24 + by, 32 + by, 40 + by), columnsOf(24, 32 + by, 40 + by), columnsOf(24, 32, 40 + by)]),
);

/**
 * Finds lines, and the numbers in them by their form. There is no checksum and the numbers are not padded with zeros, so a digit lost or
 * added would make another number. But the columns are aligned: such a line is out of line with the ones before it, and is discarded.
 * A monitor that aligns them in its own way is believed from the third such line on, because two may have been damaged alike.
 */
export function createNellcorScanner(): NellcorScanner {
  const line = emptyLine();
  let columns: Columns | null = null;
  let refused: Columns | null = null;
  let refusals = 0;

  function isAligned(found: Columns): boolean {
    const isFirst = columns === null && !nearlyUsual.has(found);
    refusals = found === refused ? refusals + 1 : 1;
    refused = found;
    if (found !== usualColumns && found !== columns && refusals < refusalsToBelieve && !isFirst) return false;
    columns = found;
    refused = null;
    return true;
  }

  function isLine(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start > lineMaxBytes) return false;
    line.textStart = start;
    line.textEnd = end;
    if (!isStamp(bytes, start, end)) return isHeading(bytes, start, end, line);
    const found = parseData(bytes, start, end, line);
    return found !== null && isAligned(found);
  }

  function scan(bytes: Uint8Array, start: number, end: number, ended: boolean, verdict: FrameVerdict): void {
    const padding = countPadding(bytes, start, end);
    if (decidePadding(bytes, start, end, ended, padding, verdict)) return;
    const textStart = start + padding;
    const found = findByte(bytes, lineFeed, textStart, Math.min(end, textStart + windowBytes));
    if (found < 0) return scanUnfinished(bytes, start, textStart, end, ended, verdict);
    const textEnd = bytes[found - 1] === carriageReturn ? found - 1 : found;
    if (isLine(bytes, textStart, textEnd)) return decide(verdict, 'frame', found + 1 - start);
    const next = findStamp(bytes, textStart + 1, textEnd);
    if (next >= 0) return decide(verdict, 'discard', next - start, isPrintable(bytes, textStart, next) ? 'truncated' : 'noise');
    decide(verdict, 'discard', found + 1 - start, rejectReason(bytes, textStart, textEnd));
  }

  return { scan, line: () => line };
}

function emptyLine(): NellcorLine {
  const numbers = { spo2: null, pulseRate: null, pulseAmplitude: null, spo2Starred: false, pulseRateStarred: false };
  return { kind: 'heading', textStart: 0, textEnd: 0, ...numbers, codes: 0, unknownCodes: noCodes };
}

/** No line end yet: wait for it, or give up what cannot become a line and keep what still can. */
function scanUnfinished(bytes: Uint8Array, start: number, textStart: number, end: number, ended: boolean, verdict: FrameVerdict): void {
  if (end - textStart < windowBytes) {
    if (!ended) return decide(verdict, 'wait');
    return decide(verdict, 'discard', end - start, isPrintable(bytes, textStart, end) ? 'truncated' : 'noise');
  }
  const windowEnd = textStart + windowBytes;
  const next = findStamp(bytes, textStart + 1, windowEnd);
  const keptFrom = next >= 0 ? next : windowEnd - stampBytes;
  decide(verdict, 'discard', keptFrom - start, isPrintable(bytes, textStart, keptFrom) ? 'too-long' : 'noise');
}

function rejectReason(bytes: Uint8Array, textStart: number, textEnd: number): DiscardReason {
  if (!isPrintable(bytes, textStart, textEnd)) return 'noise';
  if (textEnd - textStart > lineMaxBytes) return 'too-long';
  return isStamp(bytes, textStart, textEnd) ? 'malformed' : 'truncated';
}

/** `DD-Mon-YY HH:MM:SS`, the month in letters of either case. */
function isStamp(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + stampBytes > end) return false;
  if (bytes[at + 2] !== dash || bytes[at + 6] !== dash || bytes[at + 9] !== space) return false;
  if (bytes[at + 12] !== 0x3a || bytes[at + 15] !== 0x3a) return false;
  for (let letter = at + 3; letter < at + 6; letter++) {
    const lower = (bytes[letter] as number) | 0x20;
    if (lower < 0x61 || lower > 0x7a) return false;
  }
  const isPair = (pair: number): boolean => isDigit(bytes[pair] as number) && isDigit(bytes[pair + 1] as number);
  return isPair(at) && isPair(at + 7) && isPair(at + 10) && isPair(at + 13) && isPair(at + 16);
}

function findStamp(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at + stampBytes <= end; at++) {
    if (isStamp(bytes, at, end)) return at;
  }
  return -1;
}

/** Columns that could not be read. */
const notNumber = -2;
const noNumber = -1;

/** Digits (three at most) or three dashes at `at`; its length follows from the value's place. */
function numberAt(bytes: Uint8Array, at: number, end: number): number {
  if (at + 3 <= end && bytes[at] === dash && bytes[at + 1] === dash && bytes[at + 2] === dash) return noNumber;
  let value = 0;
  let digits = 0;
  while (at + digits < end && isDigit(bytes[at + digits] as number)) {
    value = value * 10 + (bytes[at + digits] as number) - 0x30;
    digits += 1;
    if (digits > 3) return notNumber;
  }
  return digits === 0 ? notNumber : value;
}

function skip(bytes: Uint8Array, value: number, at: number, end: number): number {
  let next = at;
  while (next < end && bytes[next] === value) next++;
  return next;
}

function skipNumber(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] === dash) return at + 3;
  let next = at;
  while (next < end && isDigit(bytes[next] as number)) next++;
  return next;
}

/** The numbers and codes of a data line, put into `line`; null where the form is not that of the protocol. */
function parseData(bytes: Uint8Array, start: number, end: number, line: NellcorLine): Columns | null {
  const spo2At = skip(bytes, space, start + stampBytes, end);
  const spo2 = numberAt(bytes, spo2At, end);
  if (spo2 === notNumber || spo2At === start + stampBytes) return null;
  const spo2End = skipNumber(bytes, spo2At, end);
  const spo2Starred = bytes[spo2End] === star;
  const afterSpo2 = spo2Starred ? spo2End + 1 : spo2End;
  const pulseAt = skip(bytes, space, afterSpo2, end);
  const pulse = numberAt(bytes, pulseAt, end);
  if (pulse === notNumber || pulseAt === afterSpo2) return null;
  const pulseEnd = skipNumber(bytes, pulseAt, end);
  const pulseStarred = bytes[pulseEnd] === star;
  const afterPulse = pulseStarred ? pulseEnd + 1 : pulseEnd;
  const amplitudeAt = skip(bytes, space, afterPulse, end);
  const amplitude = numberAt(bytes, amplitudeAt, end);
  if (amplitude === notNumber || amplitudeAt === afterPulse) return null;
  const amplitudeEnd = skipNumber(bytes, amplitudeAt, end);
  const afterAmplitude = bytes[amplitudeEnd] === star ? amplitudeEnd + 1 : amplitudeEnd;
  if (!parseCodes(bytes, afterAmplitude, end, line)) return null;
  line.kind = 'data';
  line.spo2 = spo2 === noNumber ? null : spo2;
  line.pulseRate = pulse === noNumber ? null : pulse;
  line.pulseAmplitude = amplitude === noNumber ? null : amplitude;
  line.spo2Starred = spo2Starred;
  line.pulseRateStarred = pulseStarred;
  return columnsOf(spo2End - start, pulseEnd - start, amplitudeEnd - start);
}

function isCapital(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x41 && byte <= 0x5a;
}

/** Zero or more codes of two capitals, with spaces before each and after the last. */
function parseCodes(bytes: Uint8Array, from: number, end: number, line: NellcorLine): boolean {
  line.codes = 0;
  line.unknownCodes = noCodes;
  for (let at = from; at < end;) {
    const codeAt = skip(bytes, space, at, end);
    if (codeAt === end) return true;
    if (codeAt === at || codeAt + 2 > end || !isCapital(bytes[codeAt]) || !isCapital(bytes[codeAt + 1])) return false;
    const bit = bitOfCode(bytes[codeAt] as number, bytes[codeAt + 1] as number);
    if (bit !== 0) line.codes |= bit;
    else if (line.unknownCodes.length === unknownCodesMax) return false;
    else line.unknownCodes = [...line.unknownCodes, asciiText(bytes, codeAt, codeAt + 2)];
    at = codeAt + 2;
  }
  return true;
}

const modelForm = /^\S+ +VERSION \S+ +/i;
const trendForm = / TREND /i;
/** The monitor's settings, for example `ADULT  0SAT-S` and how fast it answers. */
const settingsForm = /^ +\w+ +\d+SAT-S *(?:SPO2 RESP MODE: *\w+ *)?$/i;
const titlesForm = /^ *TIME +%SPO2 +BPM +PA(?: +STATUS)? *$/i;
const trendEndForm = /^ *OUTPUT COMPLETE *$/i;

function isHeading(bytes: Uint8Array, start: number, end: number, line: NellcorLine): boolean {
  if (end - start < 10 || !isPrintable(bytes, start, end)) return false;
  const text = asciiText(bytes, start, end);
  if (modelForm.test(text)) line.kind = trendForm.test(text) ? 'trend' : 'limits';
  else if (settingsForm.test(text) || titlesForm.test(text)) line.kind = 'heading';
  else if (trendEndForm.test(text)) line.kind = 'trend-end';
  else return false;
  return true;
}
