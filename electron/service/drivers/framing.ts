import type { DiscardReason } from './driver.ts';

/**
 *   chunks ──► buffer (bounded) ──► scanner: what is at the head? ──► frame | discard | padding | wait
 *                                                    └─ adjacent discards of one reason are reported as one
 *
 * A scanner's verdict may depend on the bytes at the head only, never on how many happen to be buffered:
 * with too few it waits. So the same bytes give the same calls, whatever the chunking.
 */
export interface FrameVerdict {
  kind: 'frame' | 'discard' | 'padding' | 'wait';
  bytes: number;
  /** So many frames of `bytes` each lie at the head, one behind the other: a scanner that knows them all need not be asked for each. */
  frames: number;
  reason: DiscardReason;
}

export interface FrameScanner {
  /**
   * Says in `verdict` what the bytes from `start` (inclusive) to `end` (exclusive) begin with.
   * `ended`: no more bytes will come, so `wait` is not an answer. Otherwise it waits with fewer than `waitMaxBytes` only.
   */
  scan(bytes: Uint8Array, start: number, end: number, ended: boolean, verdict: FrameVerdict): void;
  /** A scanner always decides when this many bytes are there; `waitMaxBytes` below where it is left out. */
  readonly waitMaxBytes?: number;
}

export const waitMaxBytes = 1024;
/** Room for several frames, but not sixteen times a frame that may be a quarter of a megabyte. */
const bufferUsualBytes = 65_536;
/** A run of useless bytes is reported at the latest after this many, so that noise shows while it lasts. */
const discardRunMaxBytes = 512;

export interface FrameHandler {
  /** Valid during the call only: the buffer is used again. */
  frame(bytes: Uint8Array, start: number, length: number): void;
  discarded(bytes: number, reason: DiscardReason): void;
  padding(bytes: number): void;
}

export interface Framer {
  push(chunk: Uint8Array, handler: FrameHandler): void;
  end(handler: FrameHandler): void;
}

/** Runs a scanner over chunks of any size in a buffer of fixed size. Never throws, never grows. */
export function createFramer(scanner: FrameScanner): Framer {
  return new BufferedFramer(scanner);
}

class BufferedFramer implements Framer {
  readonly #scanner: FrameScanner;
  readonly #buffer: Uint8Array;
  readonly #verdict: FrameVerdict = { kind: 'wait', bytes: 0, frames: 0, reason: 'noise' };
  #filled = 0;
  #runBytes = 0;
  #runReason: DiscardReason = 'noise';

  constructor(scanner: FrameScanner) {
    const longest = scanner.waitMaxBytes ?? waitMaxBytes;
    this.#scanner = scanner;
    this.#buffer = new Uint8Array(Math.max(2 * longest, Math.min(16 * longest, bufferUsualBytes)));
  }

  push(chunk: Uint8Array, handler: FrameHandler): void {
    let taken = 0;
    while (taken < chunk.length) {
      const count = Math.min(chunk.length - taken, this.#buffer.length - this.#filled);
      this.#buffer.set(count === chunk.length ? chunk : chunk.subarray(taken, taken + count), this.#filled);
      this.#filled += count;
      taken += count;
      this.#drain(false, handler);
    }
  }

  end(handler: FrameHandler): void {
    this.#drain(true, handler);
    this.#reportRun(handler);
  }

  #drain(ended: boolean, handler: FrameHandler): void {
    const buffer = this.#buffer;
    const verdict = this.#verdict;
    const filled = this.#filled;
    let start = 0;
    while (start < filled) {
      this.#scanner.scan(buffer, start, filled, ended, verdict);
      if (verdict.kind === 'wait') break;
      const bytes = Math.min(verdict.bytes, filled - start);
      if (verdict.kind === 'frame') {
        if (this.#runBytes > 0) this.#reportRun(handler);
        for (let frame = 0; frame < verdict.frames; frame++) handler.frame(buffer, start + frame * bytes, bytes);
      } else if (verdict.kind === 'discard') {
        this.#discard(bytes, verdict.reason, handler);
      } else {
        this.#reportRun(handler);
        handler.padding(bytes);
      }
      start += verdict.frames * bytes;
    }
    if (start > 0) {
      buffer.copyWithin(0, start, filled);
      this.#filled = filled - start;
    }
  }

  #discard(bytes: number, reason: DiscardReason, handler: FrameHandler): void {
    if (this.#runBytes > 0 && this.#runReason !== reason) this.#reportRun(handler);
    this.#runReason = reason;
    this.#runBytes += bytes;
    if (this.#runBytes >= discardRunMaxBytes) this.#reportRun(handler);
  }

  #reportRun(handler: FrameHandler): void {
    if (this.#runBytes === 0) return;
    const bytes = this.#runBytes;
    this.#runBytes = 0;
    handler.discarded(bytes, this.#runReason);
  }
}

/** Sets a verdict without allocating one: scanners run once per frame. */
export function decide(verdict: FrameVerdict, kind: FrameVerdict['kind'], bytes = 0, reason: DiscardReason = 'noise'): void {
  verdict.kind = kind;
  verdict.bytes = bytes;
  verdict.frames = 1;
  verdict.reason = reason;
}

/** So many frames of one length, all of them whole. */
export function decideFrames(verdict: FrameVerdict, frames: number, bytes: number): void {
  decide(verdict, 'frame', bytes);
  verdict.frames = frames;
}

/** Where a byte is, or −1. Looks no further than `end`: a search of the whole buffer for each damaged byte would take seconds. */
export function findByte(bytes: Uint8Array, value: number, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    if (bytes[at] === value) return at;
  }
  return -1;
}

export function isPrintable(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte < 0x20 || byte > 0x7e) return false;
  }
  return true;
}

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** ASCII text of a short piece (at most a few hundred bytes). */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode.apply(null, bytes.subarray(start, end) as unknown as number[]);
}

/**
 * Leading bytes a line-oriented monitor puts between lines and that mean nothing: empty lines, and the NULs that some send at power-on.
 * They belong to the frame that follows them.
 */
export const paddingMaxBytes = 64;

/** How many padding bytes (NUL, CR, LF) lie at the head. */
export function countPadding(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const byte = bytes[at];
    if (byte !== 0x00 && byte !== 0x0a && byte !== 0x0d) break;
    at++;
  }
  return at - start;
}

/** The verdict where only padding is left or too much of it: true when it has been given. */
export function decidePadding(
  bytes: Uint8Array,
  start: number,
  end: number,
  ended: boolean,
  padding: number,
  verdict: FrameVerdict,
): boolean {
  if (padding > paddingMaxBytes) {
    decide(verdict, 'discard', paddingMaxBytes, 'noise');
    return true;
  }
  if (padding < end - start) return false;
  if (!ended) decide(verdict, 'wait');
  else if (bytes.subarray(start, end).includes(0)) decide(verdict, 'discard', padding, 'noise');
  else decide(verdict, 'padding', padding);
  return true;
}
