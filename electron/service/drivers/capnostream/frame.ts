import type { DiscardReason } from '../driver.ts';
import { decide, type FrameScanner, type FrameVerdict } from '../framing.ts';
import { Message } from './message.ts';

/**
 * Capnostream data transfer (`docs/monitors/capnostream.md`), the same in both directions:
 *
 *   85 │ length │ code │ payload │ checksum
 *      │   └─ of code and payload     └─ XOR of length, code and payload
 *      └─ everything after the first byte: 80 becomes 80 00, 85 becomes 80 05
 *
 * So a bare 85 always begins a message, and what it cuts short costs only itself.
 */
const startOfMessage = 0x85;
const escape = 0x80;
const startOffset = startOfMessage - escape;

export const deviceCode = { wave: 0, numerics: 1, deviceId: 4 } as const;

/** Of the numerics that are known; newer software sends more. */
export const numericsMinBytes = 27;
const waveMinBytes = 4;

export interface CapnostreamScanner extends FrameScanner {
  /** That of the last `frame` verdict; used again by the next scan. */
  readonly message: Message;
}

/** Looks at numerics whose checksum and length held: false where the protocol does not allow such content. */
export type MessageCheck = (message: Message) => boolean;
export type ChecksumCheck = (residue: number) => boolean;

/** `holds` is an argument so that a test can show what happens without the checksum. */
export function createCapnostreamScanner(
  isAllowed: MessageCheck = () => true,
  holds: ChecksumCheck = (residue) => residue === 0,
): CapnostreamScanner {
  return new MessageScanner(isAllowed, holds);
}

class MessageScanner implements CapnostreamScanner {
  readonly message = new Message();
  readonly #isAllowed: MessageCheck;
  readonly #holds: ChecksumCheck;
  /** The last message was cut by a bare 85, which may itself be a damaged byte: what fails now is the rest of it, and not told apart. */
  #isAfterCut = false;

  constructor(isAllowed: MessageCheck, holds: ChecksumCheck) {
    this.#isAllowed = isAllowed;
    this.#holds = holds;
  }

  scan(bytes: Uint8Array, start: number, end: number, ended: boolean, verdict: FrameVerdict): void {
    if (bytes[start] !== startOfMessage) decide(verdict, 'discard', 1, 'noise');
    else if (!this.#scanPlain(bytes, start, end, verdict)) this.#scanEscaped(bytes, start, end, ended, verdict);
  }

  /** The verdict where the message at the head is all there and nothing in it is escaped, as in most: true when it has been given. */
  #scanPlain(bytes: Uint8Array, start: number, end: number, verdict: FrameVerdict): boolean {
    const stated = start + 1 < end ? (bytes[start + 1] as number) : 0;
    const messageEnd = start + stated + 3;
    if (stated === 0 || messageEnd > end) return false;
    let residue = 0;
    for (let at = start + 1; at < messageEnd; at++) {
      const byte = bytes[at] as number;
      if (byte === escape || byte === startOfMessage) return false;
      residue ^= byte;
    }
    this.message.stand(bytes, start + 1);
    this.#judge(residue, messageEnd - start, verdict);
    return true;
  }

  /** Byte by byte, its escapes undone. */
  #scanEscaped(bytes: Uint8Array, start: number, end: number, ended: boolean, verdict: FrameVerdict): void {
    this.message.begin();
    let length = 0;
    let residue = 0;
    let wanted = 0;
    for (let at = start + 1; at < end; at++) {
      let byte = bytes[at] as number;
      if (byte === startOfMessage) return this.#cut(at - start, verdict);
      if (byte === escape) {
        at += 1;
        if (at === end) break;
        const added = bytes[at] as number;
        if (added === startOfMessage) return this.#cut(at - start, verdict);
        if (added !== 0 && added !== startOffset) return this.#reject(at + 1 - start, 'malformed', verdict);
        byte = escape + added;
      }
      if (length === 0) {
        if (byte === 0) return this.#reject(at + 1 - start, 'malformed', verdict);
        wanted = byte + 2;
      }
      this.message.put(length++, byte);
      residue ^= byte;
      if (length === wanted) return this.#judge(residue, at + 1 - start, verdict);
    }
    if (ended) decide(verdict, 'discard', end - start, 'truncated');
    else decide(verdict, 'wait');
  }

  #judge(residue: number, frameBytes: number, verdict: FrameVerdict): void {
    if (!this.#holds(residue)) return this.#reject(frameBytes, 'checksum', verdict);
    if (!this.#hasForm()) return this.#reject(frameBytes, 'malformed', verdict);
    this.#isAfterCut = false;
    decide(verdict, 'frame', frameBytes);
  }

  /** An XOR over a few bytes holds by accident once in 256 times, so a message must also be one that the protocol has. */
  #hasForm(): boolean {
    const { code, payloadBytes } = this.message;
    // Without any payload it may be a host's, whose codes are others.
    if (payloadBytes === 0) return true;
    if (code === deviceCode.wave) return payloadBytes >= waveMinBytes;
    return code !== deviceCode.numerics || (payloadBytes >= numericsMinBytes && this.#isAllowed(this.message));
  }

  #reject(bytes: number, reason: DiscardReason, verdict: FrameVerdict): void {
    decide(verdict, 'discard', bytes, this.#isAfterCut ? 'noise' : reason);
  }

  #cut(bytes: number, verdict: FrameVerdict): void {
    this.#reject(bytes, bytes === 1 ? 'noise' : 'truncated', verdict);
    this.#isAfterCut ||= bytes > 1;
  }
}

/** A code and its payload to the bytes of a whole message, as both ends send it. */
export function encodeMessage(code: number, payload: Uint8Array = new Uint8Array(0)): Uint8Array {
  const message: number[] = [startOfMessage];
  const put = (byte: number): void => {
    if (byte === escape || byte === startOfMessage) message.push(escape, byte - escape);
    else message.push(byte);
  };
  const length = payload.length + 1;
  let checksum = length ^ code;
  put(length);
  put(code);
  for (const byte of payload) {
    put(byte);
    checksum ^= byte;
  }
  put(checksum);
  return Uint8Array.from(message);
}
