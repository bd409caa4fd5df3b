import type { DiscardReason } from '../driver.ts';
import { countPadding, decide, decidePadding, findByte, isDigit, isPrintable, type FrameScanner, type FrameVerdict } from '../framing.ts';
import { LineReader, type MasimoLine } from './line.ts';

export interface MasimoScanner extends FrameScanner {
  /** The line of the last `frame` verdict; used again for the next. */
  line(): MasimoLine;
}

/** `MM/DD/YY HH:MM:SS` */
export const stampBytes = 17;
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
  const reader = new LineReader();

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
    if (isLine(bytes, textStart, textEnd, reader)) return decide(verdict, 'frame', found + 1 - start);
    const next = findStamp(bytes, textStart + 1, textEnd);
    if (next >= 0) return decide(verdict, 'discard', next - start, isPrintable(bytes, textStart, next) ? 'truncated' : 'noise');
    decide(verdict, 'discard', found + 1 - start, rejectReason(bytes, textStart, textEnd));
  }

  return { scan, line: () => reader };
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

/** `NN/NN/NN NN:NN:NN` */
function isStamp(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + stampBytes > end) return false;
  if (bytes[at + 2] !== 0x2f || bytes[at + 5] !== 0x2f || bytes[at + 8] !== 0x20) return false;
  if (bytes[at + 11] !== 0x3a || bytes[at + 14] !== 0x3a) return false;
  for (let pair = 0; pair < stampBytes; pair += 3) {
    if (!isDigit(bytes[at + pair] as number) || !isDigit(bytes[at + pair + 1] as number)) return false;
  }
  return true;
}

function findStamp(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at + stampBytes <= end; at++) {
    if (isStamp(bytes, at, end)) return at;
  }
  return -1;
}

/** A whole line without its line end, of the protocol's form and with fields that it allows, read by `reader`. */
function isLine(bytes: Uint8Array, start: number, end: number, reader: LineReader): boolean {
  const length = end - start;
  if (length < lineMinBytes || length > lineMaxBytes) return false;
  if (!isStamp(bytes, start, end) || bytes[start + stampBytes] !== 0x20 || !isPrintable(bytes, start, end)) return false;
  // Two lines that ran into each other.
  if (findStamp(bytes, start + 1, end) >= 0) return false;
  return reader.read(bytes, start, start + stampBytes + 1, end);
}
