import { decide, type FrameScanner, type FrameVerdict } from '../framing.ts';
import { headerBytes, isPlausibleLength, isPlausibleMainType, recordMaxBytes } from './record.ts';

/**
 * GE Datex-Ohmeda S/5 record interface (`docs/monitors/datex-dri.md`):
 *
 *   7E │ record (r_len bytes, little endian) │ sum of the record, mod 256 │ 7E
 *        └──────────── 7E inside becomes 7D 5E, 7D becomes 7D 5D ───────┘
 *
 * One byte both begins and ends: two 7E in a row are an end and a beginning. After damage it is open which of the two a 7E is, so a body
 * also counts without its 7E in front, as long as length and sum hold.
 */
const flag = 0x7e;
const escape = 0x7d;
const sumBytes = 1;
const bodyMaxBytes = recordMaxBytes + sumBytes;
/** Every byte of the body escaped, two flags, and one byte to see whether another frame follows. */
export const frameMaxBytes = 2 * bodyMaxBytes + 3;
const mainTypeEnd = 16;

/** A record to the bytes of a whole frame, as both ends send it. */
export function encodeFrame(record: Uint8Array): Uint8Array {
  const frame: number[] = [flag];
  const put = (byte: number): void => {
    if (byte === flag || byte === escape) frame.push(escape, byte & 0x5f);
    else frame.push(byte);
  };
  let sum = 0;
  for (const byte of record) {
    sum = (sum + byte) & 0xff;
    put(byte);
  }
  put(sum);
  frame.push(flag);
  return Uint8Array.from(frame);
}

/** Looks at a record whose length and sum held: false where the protocol does not allow such content. */
export type RecordCheck = (body: Uint8Array, length: number) => boolean;

export interface DatexScanner extends FrameScanner {
  /** The record of the frame that was accepted last, unescaped; overwritten by the next scan. */
  readonly body: Uint8Array;
}

/** `holds` is an argument so that a test can show what happens without the checksum. */
export function createDatexScanner(
  isAllowed: RecordCheck = () => true,
  holds: (stated: number, sum: number) => boolean = (stated, sum) => stated === sum,
): DatexScanner {
  const body = new Uint8Array(bodyMaxBytes);

  /** Why the body that ended at a flag is no frame; null where it is one. `total` is the sum of all its bytes. */
  function fault(length: number, total: number): FrameVerdict['reason'] | null {
    if (length < headerBytes + sumBytes) return 'truncated';
    const stated = (body[0] as number) | ((body[1] as number) << 8);
    if (length - sumBytes < stated) return 'truncated';
    const sum = body[length - sumBytes] as number;
    if (!holds(sum, (total - sum) & 0xff)) return 'checksum';
    if (length - sumBytes !== stated) return 'malformed';
    return isAllowed(body, stated) ? null : 'malformed';
  }

  return {
    body,
    waitMaxBytes: frameMaxBytes,
    scan(bytes, start, end, ended, verdict) {
      const isFlagged = bytes[start] === flag;
      // The rest is given up byte by byte, so that a body which begins in the middle of it is found.
      const giveUp = (): void => decide(verdict, 'discard', 1, 'noise');
      let length = 0;
      let total = 0;
      let reason: FrameVerdict['reason'] | null = null;
      let at = isFlagged ? start + 1 : start;
      for (; at < end; at++) {
        let byte = bytes[at] as number;
        if (byte === flag) break;
        if (byte === escape) {
          at += 1;
          if (at === end) break;
          byte = bytes[at] as number;
          if (byte === flag) {
            reason = 'truncated';
            break;
          }
          if (byte !== 0x5e && byte !== 0x5d) return giveUp();
          byte |= 0x7c;
        }
        if (length === bodyMaxBytes) return giveUp();
        body[length++] = byte;
        total += byte;
        if (length === 2 && !isPlausibleLength(body)) return giveUp();
        if (length === mainTypeEnd && !isPlausibleMainType(body)) return giveUp();
      }
      if (at >= end) {
        if (!ended) return decide(verdict, 'wait');
        return isFlagged ? decide(verdict, 'discard', end - start, 'truncated') : giveUp();
      }
      // 7E 7E: the first one ended something.
      if (isFlagged && at === start + 1) return giveUp();
      reason ??= fault(length, total);
      if (reason === null) return decide(verdict, 'frame', at + 1 - start);
      if (!isFlagged) return giveUp();
      if (at + 1 === end && !ended) return decide(verdict, 'wait');
      // The flag belongs to the damaged frame only where another one follows it, or nothing.
      const isEnd = at + 1 === end || bytes[at + 1] === flag;
      decide(verdict, 'discard', isEnd ? at + 1 - start : at - start, reason);
    },
  };
}
