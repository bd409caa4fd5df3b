import type { DiscardReason } from '../driver.ts';
import { decide, decideFrames, type FrameScanner, type FrameVerdict } from '../framing.ts';

/** Data formats 2 (8-bit pleth, first byte 01) and 7 (16-bit pleth): 75 frames of 5 bytes a second (`docs/monitors/nonin.md`). */
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

/** All of the status byte but the perfusion colours and SYNC, which change from frame to frame. */
const sensorStateBits = 0xf8;
/** Boundaries are looked for in this many bytes at a time. */
const searchBytes = 64;
/** Up to this many bytes between two frames are damaged frames; more is noise. */
const damagedMaxBytes = 4 * noninFrameBytes;

/** How many frames lie behind the one at `start`, each right after the other. */
function framesBehind(bytes: Uint8Array, start: number, end: number, isFrame: FrameCheck): number {
  let next = start + noninFrameBytes;
  while (next + noninFrameBytes <= end && isFrame(bytes, next)) next += noninFrameBytes;
  return (next - start) / noninFrameBytes - 1;
}

function sensorStateAt(format: NoninFormat, bytes: Uint8Array, at: number): number {
  return (bytes[format === 2 ? at + 1 : at] as number) & sensorStateBits;
}

/**
 * In step, each frame must hold. Out of step (at the start, after damage) a boundary counts where two frames in a row hold, and the search
 * moves on by one byte, not by one frame: whoever skips whole frames never finds the boundary again after a lost byte.
 */
export function createNoninScanner(format: NoninFormat, isFrame: FrameCheck = frameCheckOf(format)): FrameScanner {
  let inStep = false;
  /** The search began at a frame that failed (not at the start of the stream, nor in a run of noise). */
  let afterFrame = false;
  /** The frame at the head has been checked already, as the successor of the last one. */
  let isNextKnown = false;

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

  function scanOutOfStep(bytes: Uint8Array, start: number, end: number, ended: boolean, verdict: FrameVerdict): void {
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

  /**
   * Frames in step that are followed by another stand, all of them in one go. One that is not may be a fluke of its checksum (1 in 256) over the rest of a cut
   * frame and the start of the next: then two frames in a row hold a few bytes later. They win if they tell of the same sensor state,
   * because the first of the two may be the fluke instead, and a fluke has any byte for its status.
   */
  function scanInStep(bytes: Uint8Array, start: number, end: number, ended: boolean, verdict: FrameVerdict): void {
    const available = end - start;
    const followed = framesBehind(bytes, start, end, isFrame);
    if (followed > 0) {
      isNextKnown = true;
      return decideFrames(verdict, followed, noninFrameBytes);
    }
    if (available < 3 * noninFrameBytes && !ended) return decide(verdict, 'wait');
    for (let shift = 1; shift < noninFrameBytes && shift + 2 * noninFrameBytes <= available; shift++) {
      const at = start + shift;
      if (sensorStateAt(format, bytes, at) !== sensorStateAt(format, bytes, start)) continue;
      if (isFrame(bytes, at) && isFrame(bytes, at + noninFrameBytes)) return decide(verdict, 'discard', shift, 'truncated');
    }
    decide(verdict, 'frame', noninFrameBytes);
  }

  return {
    scan(bytes, start, end, ended, verdict) {
      if (!inStep) return scanOutOfStep(bytes, start, end, ended, verdict);
      if (end - start < noninFrameBytes) {
        if (ended) decide(verdict, 'discard', end - start, 'truncated');
        else decide(verdict, 'wait');
        return;
      }
      const holds = isNextKnown || isFrame(bytes, start);
      isNextKnown = false;
      if (holds) return scanInStep(bytes, start, end, ended, verdict);
      inStep = false;
      afterFrame = true;
      scanOutOfStep(bytes, start, end, ended, verdict);
    },
  };
}
