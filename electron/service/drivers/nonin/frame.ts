import type { DiscardReason } from '../driver.ts';
import { decide, type FrameScanner, type Verdict } from '../framing.ts';

/** Data formats 2 (8-bit pleth, first byte 01) and 7 (16-bit pleth): 75 frames of 5 bytes a second (handbook, `monitors.md` §3.3). */
export type NoninFormat = 2 | 7;

export const noninFrameBytes = 5;

export type FrameCheck = (bytes: Uint8Array, at: number) => boolean;

function sumHolds(bytes: Uint8Array, at: number): boolean {
  const sum = (bytes[at] as number) + (bytes[at + 1] as number) + (bytes[at + 2] as number) + (bytes[at + 3] as number);
  return (sum & 0xff) === bytes[at + 4];
}

function isFrame2(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x01 && (bytes[at + 1] as number) >= 0x80 && sumHolds(bytes, at);
}

function isFrame7(bytes: Uint8Array, at: number): boolean {
  return (bytes[at] as number) >= 0x80 && sumHolds(bytes, at);
}

export function frameCheckOf(format: NoninFormat): FrameCheck {
  return format === 2 ? isFrame2 : isFrame7;
}

/** Boundaries are looked for in this many bytes at a time. */
const searchBytes = 64;
/** Up to this many bytes between two frames are damaged frames; more is noise. */
const damagedMaxBytes = 4 * noninFrameBytes;

/**
 * In step, each frame must hold. Out of step (at the start, after damage) a boundary counts where two frames in a row hold, and the search
 * moves on by one byte, not by one frame: whoever skips whole frames never finds the boundary again after a lost byte.
 */
export function createNoninScanner(isFrame: FrameCheck): FrameScanner {
  let inStep = false;
  /** The search began at a frame that failed (not at the start of the stream, nor in a run of noise). */
  let afterFrame = false;

  function search(bytes: Uint8Array, start: number, end: number): number {
    const last = Math.min(end, start + searchBytes) - 2 * noninFrameBytes;
    for (let at = start; at <= last; at++) {
      if (isFrame(bytes, at) && isFrame(bytes, at + noninFrameBytes)) return at - start;
    }
    return -1;
  }

  function runReason(bytes: number): DiscardReason {
    if (!afterFrame || bytes > damagedMaxBytes) return 'noise';
    return bytes < noninFrameBytes ? 'truncated' : 'checksum';
  }

  function scanOutOfStep(bytes: Uint8Array, start: number, end: number, ended: boolean, verdict: Verdict): void {
    const found = search(bytes, start, end);
    if (found >= 0) {
      inStep = true;
      if (found === 0) return decide(verdict, 'frame', noninFrameBytes);
      return decide(verdict, 'discard', found, runReason(found));
    }
    const available = end - start;
    if (available >= searchBytes) {
      decide(verdict, 'discard', searchBytes - 2 * noninFrameBytes + 1, 'noise');
      afterFrame = false;
      return;
    }
    if (!ended) return decide(verdict, 'wait');
    // The very last frame of a stream has no second one to agree with; ending exactly where the stream does stands in for it.
    const tail = available - noninFrameBytes;
    if (afterFrame && tail > 0 && isFrame(bytes, end - noninFrameBytes)) {
      inStep = true;
      return decide(verdict, 'discard', tail, runReason(tail));
    }
    decide(verdict, 'discard', available, runReason(available));
  }

  return {
    scan(bytes, start, end, ended, verdict) {
      if (!inStep) return scanOutOfStep(bytes, start, end, ended, verdict);
      if (end - start < noninFrameBytes) {
        if (ended) decide(verdict, 'discard', end - start, 'truncated');
        else decide(verdict, 'wait');
      } else if (isFrame(bytes, start)) {
        decide(verdict, 'frame', noninFrameBytes);
      } else {
        inStep = false;
        afterFrame = true;
        scanOutOfStep(bytes, start, end, ended, verdict);
      }
    },
  };
}
