import { decide, type FrameScanner, type FrameVerdict } from '../framing.ts';

/**
 * The minimal lower layer protocol (docs/monitors/hl7-oru.md): 0B, the message, 1C 0D. A message begins with MSH, or with the header of a file
 * or a batch (FHS, BHS), each also behind a byte order mark; what begins otherwise after an 0B is noise. A 0B inside a message begins the
 * next one: the first was cut.
 *
 * The end is 1C behind a whole segment, so that a sender which leaves the last 0D out is answered at once and not with its next message.
 * Behind anything else a 1C is the end only with the 0D (or the next 0B) that follows it: a damaged byte inside a number is no end.
 */
export const startOfBlock = 0x0b;
export const endOfBlock = 0x1c;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const firstPrintable = 0x20;
const lineEndsAfterMax = 2;
/** A minute of several waves stays below it; what is longer is no message of a monitor. */
export const blockMaxBytes = 262_144;
const byteOrderMark = [0xef, 0xbb, 0xbf] as const;
const beginnings = ['MSH', 'FHS', 'BHS'] as const;

/** What to make of a block; `from` and `to` are its text without marks. Valid during the call only. */
export interface BlockJudge {
  /** False where a whole block is no message. */
  isMessage(bytes: Uint8Array, from: number, to: number): boolean;
  /** The beginning of a block that has no end within what any message has. */
  tooLong?(bytes: Uint8Array, from: number, to: number): void;
}

/** The text of a whole block: behind its 0B and a byte order mark, up to its 1C. */
export function textOf(bytes: Uint8Array, start: number, end: number): readonly [from: number, to: number] {
  const to = bytes[end - 1] === endOfBlock ? end - 1 : end - 2;
  return [textStartOf(bytes, start), to];
}

function textStartOf(bytes: Uint8Array, start: number): number {
  const at = start + 1;
  return byteOrderMark.every((byte, index) => bytes[at + index] === byte) ? at + byteOrderMark.length : at;
}

/** Behind an 0B: a message, none, or too few bytes to say. */
function beginningOf(bytes: Uint8Array, from: number, end: number): 'message' | 'none' | 'wait' {
  let at = from;
  if (at < end && bytes[at] === byteOrderMark[0]) {
    for (let index = 0; index < byteOrderMark.length; index++, at++) {
      if (at === end) return 'wait';
      if (bytes[at] !== byteOrderMark[index]) return 'none';
    }
  }
  let possible: readonly string[] = beginnings;
  for (let index = 0; index < 3; index++) {
    if (at + index >= end) return 'wait';
    possible = possible.filter((name) => name.charCodeAt(index) === bytes[at + index]);
    if (possible.length === 0) return 'none';
  }
  return 'message';
}

export function createMllpScanner(judge: BlockJudge = { isMessage: () => true }): FrameScanner {
  /** How much of the block at the head has been searched for its end, so that a message in single bytes is not searched from anew. */
  let searched = 0;

  /** A sender may put line ends behind its block; they are the rest of it. */
  let lineEndsLeft = 0;

  /** One past the end of the block, 0 where it has none yet, or minus the place where the next block begins. */
  function endOfBlockIn(bytes: Uint8Array, blockStart: number, from: number, last: number, ended: boolean): number {
    for (let at = from; at < last; at++) {
      const byte = bytes[at] as number;
      if (byte >= firstPrintable) continue;
      if (byte === startOfBlock) return -at;
      if (byte !== endOfBlock) continue;
      const before = bytes[at - 1];
      if (isLineEnd(before)) return at + 1;
      if (at + 1 === last) {
        if (ended) return last;
        searched = at - blockStart;
        return 0;
      }
      if (bytes[at + 1] === carriageReturn) return at + 2;
      if (bytes[at + 1] === startOfBlock) return at + 1;
    }
    searched = last - blockStart;
    return 0;
  }

  function scanBlock(bytes: Uint8Array, start: number, end: number, ended: boolean, verdict: FrameVerdict): void {
    const from = start + Math.max(1, searched);
    searched = 0;
    const last = Math.min(end, start + blockMaxBytes);
    const found = endOfBlockIn(bytes, start, from, last, ended);
    if (found < 0) return decide(verdict, 'discard', -found - start, 'truncated');
    if (found > 0) {
      const [textFrom, textTo] = textOf(bytes, start, found);
      lineEndsLeft = lineEndsAfterMax;
      return decide(verdict, judge.isMessage(bytes, textFrom, textTo) ? 'frame' : 'discard', found - start, 'malformed');
    }
    const isTooLong = end - start >= blockMaxBytes;
    if (!isTooLong && !ended) return decide(verdict, 'wait');
    searched = 0;
    if (isTooLong) judge.tooLong?.(bytes, textStartOf(bytes, start), last);
    decide(verdict, 'discard', last - start, isTooLong ? 'too-long' : 'truncated');
  }

  return {
    waitMaxBytes: blockMaxBytes,
    scan(bytes, start, end, ended, verdict) {
      const isBehindBlock = lineEndsLeft > 0 && isLineEnd(bytes[start]);
      lineEndsLeft = isBehindBlock ? lineEndsLeft - 1 : 0;
      if (isBehindBlock) return decide(verdict, 'padding', 1);
      const beginning = bytes[start] === startOfBlock ? beginningOf(bytes, start + 1, end) : 'none';
      if (beginning === 'message') return scanBlock(bytes, start, end, ended, verdict);
      if (beginning === 'wait' && !ended) return decide(verdict, 'wait');
      decide(verdict, 'discard', 1, 'noise');
    },
  };
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === carriageReturn || byte === lineFeed;
}
