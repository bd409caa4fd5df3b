import type { DiscardReason } from '../driver.ts';
import { decide, type FrameScanner, type FrameVerdict } from '../framing.ts';

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
const lengthMax = 0xff;
/** Length, what it counts, and the checksum. */
const bodyMaxBytes = 1 + lengthMax + 1;

export const deviceCode = { wave: 0, numerics: 1, deviceId: 4 } as const;

/** Of the numerics that are known; newer software sends more. */
export const numericsMinBytes = 27;
const waveMinBytes = 4;

/** Where the payload lies in the scanner's body. */
export const payloadAt = 2;

export interface CapnostreamScanner extends FrameScanner {
  /** The message of the last `frame` verdict, unescaped: length, code, payload, checksum. Overwritten by the next scan. */
  readonly body: Uint8Array;
}

/** Looks at a message whose checksum and length held: false where the protocol does not allow such content. */
export type MessageCheck = (body: Uint8Array) => boolean;
export type ChecksumCheck = (residue: number) => boolean;

/** `holds` is an argument so that a test can show what happens without the checksum. */
export function createCapnostreamScanner(
  isAllowed: MessageCheck = () => true,
  holds: ChecksumCheck = (residue) => residue === 0,
): CapnostreamScanner {
  const body = new Uint8Array(bodyMaxBytes);
  /** The last message was cut by a bare 85, which may itself be a damaged byte: what fails now is the rest of it, and not told apart. */
  let isAfterCut = false;

  function reject(bytes: number, reason: DiscardReason, verdict: FrameVerdict): void {
    decide(verdict, 'discard', bytes, isAfterCut ? 'noise' : reason);
  }

  function cut(bytes: number, verdict: FrameVerdict): void {
    reject(bytes, bytes === 1 ? 'noise' : 'truncated', verdict);
    isAfterCut ||= bytes > 1;
  }

  function judge(residue: number, frameBytes: number, verdict: FrameVerdict): void {
    if (!holds(residue)) return reject(frameBytes, 'checksum', verdict);
    if (!hasForm(body) || !isAllowed(body)) return reject(frameBytes, 'malformed', verdict);
    isAfterCut = false;
    decide(verdict, 'frame', frameBytes);
  }

  return {
    body,
    scan(bytes, start, end, ended, verdict) {
      if (bytes[start] !== startOfMessage) return decide(verdict, 'discard', 1, 'noise');
      const plainBytes = plainMessage(bytes, start, end, body);
      if (plainBytes > 0) return judge(xorOf(body, plainBytes - 1), plainBytes, verdict);
      let length = 0;
      let residue = 0;
      let wanted = bodyMaxBytes;
      for (let at = start + 1; at < end; at++) {
        let byte = bytes[at] as number;
        if (byte === startOfMessage) return cut(at - start, verdict);
        if (byte === escape) {
          at += 1;
          if (at === end) break;
          const added = bytes[at] as number;
          if (added === startOfMessage) return cut(at - start, verdict);
          if (added !== 0 && added !== startOffset) return reject(at + 1 - start, 'malformed', verdict);
          byte = escape + added;
        }
        if (length === 0) {
          if (byte === 0) return reject(at + 1 - start, 'malformed', verdict);
          wanted = byte + 2;
        }
        body[length++] = byte;
        residue ^= byte;
        if (length === wanted) return judge(residue, at + 1 - start, verdict);
      }
      if (ended) decide(verdict, 'discard', end - start, 'truncated');
      else decide(verdict, 'wait');
    },
  };
}

/**
 * The length of the message at the head where it is all there and nothing in it is escaped, as most are: copied in one go. 0 where the
 * bytes must be looked at one by one.
 */
function plainMessage(bytes: Uint8Array, start: number, end: number, body: Uint8Array): number {
  const stated = start + 1 < end ? (bytes[start + 1] as number) : 0;
  const messageBytes = stated + 3;
  if (stated === 0 || messageBytes > end - start) return 0;
  for (let at = 1; at < messageBytes; at++) {
    const byte = bytes[start + at] as number;
    if (byte === escape || byte === startOfMessage) return 0;
    body[at - 1] = byte;
  }
  return messageBytes;
}

function xorOf(body: Uint8Array, bytes: number): number {
  let residue = 0;
  for (let at = 0; at < bytes; at++) residue ^= body[at] as number;
  return residue;
}

/** An XOR over a few bytes holds by accident once in 256 times, so a message must also be one that the protocol has. */
function hasForm(body: Uint8Array): boolean {
  const payloadBytes = (body[0] as number) - 1;
  // Without any payload it may be a host's, whose codes are others.
  if (payloadBytes === 0) return true;
  switch (body[1]) {
    case deviceCode.wave:
      return payloadBytes >= waveMinBytes;
    case deviceCode.numerics:
      return payloadBytes >= numericsMinBytes;
    default:
      return true;
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
