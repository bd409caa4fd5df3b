import { decide, type FrameScanner } from '../framing.ts';

/**
 * The minimal lower layer protocol (handbook, `monitors.md` §3.8): 0B, the message, 1C 0D. A message begins with MSH; what begins otherwise
 * after an 0B is noise. A 0B inside a message begins the next one: the first was cut.
 */
const startOfBlock = 0x0b;
const endOfBlock = 0x1c;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const tab = 0x09;
const firstPrintable = 0x20;
/** An hour of one patient's values would not be longer; what is, is no message of a monitor. */
export const blockMaxBytes = 16_384;
const header = [0x4d, 0x53, 0x48] as const;
const blockStartBytes = 1 + header.length;

/** Looks at a whole message without its block marks: false where it is none. */
export type MessageCheck = (bytes: Uint8Array, start: number, end: number) => boolean;

export function createMllpScanner(isAllowed: MessageCheck = () => true): FrameScanner {
  /** How much of the block at the head has been searched for its end, so that a message in single bytes is not searched from anew. */
  let searched = 0;
  let isBroken = false;

  return {
    waitMaxBytes: blockMaxBytes,
    scan(bytes, start, end, ended, verdict) {
      const [from, wasBroken] = [searched, isBroken];
      searched = 0;
      isBroken = false;
      if (bytes[start] !== startOfBlock) return decide(verdict, 'discard', 1, 'noise');
      const headerEnd = Math.min(end, start + blockStartBytes);
      for (let at = start + 1; at < headerEnd; at++) {
        if (bytes[at] !== header[at - start - 1]) return decide(verdict, 'discard', 1, 'noise');
      }
      const last = Math.min(end, start + blockMaxBytes);
      let broken = wasBroken;
      let at = Math.max(headerEnd, start + from);
      for (; at < last; at++) {
        const byte = bytes[at] as number;
        if (byte >= firstPrintable) continue;
        if (byte === startOfBlock) return decide(verdict, 'discard', at - start, 'truncated');
        if (byte !== endOfBlock) {
          broken ||= byte !== carriageReturn && byte !== lineFeed && byte !== tab;
          continue;
        }
        if (at + 1 === last) break;
        if (bytes[at + 1] !== carriageReturn) {
          broken = true;
          continue;
        }
        const isMessage = !broken && isAllowed(bytes, start + 1, at);
        return decide(verdict, isMessage ? 'frame' : 'discard', at + 2 - start, 'malformed');
      }
      if (end - start >= blockMaxBytes) return decide(verdict, 'discard', blockMaxBytes, 'too-long');
      if (ended) return decide(verdict, 'discard', end - start, 'truncated');
      searched = at - start;
      isBroken = broken;
      decide(verdict, 'wait');
    },
  };
}
