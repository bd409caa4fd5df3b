import { decide, type FrameScanner, type FrameVerdict } from '../framing.ts';

/**
 * Philips IntelliVue data export on the MIB/RS-232 port with fixed baud rate (`docs/monitors/intellivue.md`):
 *
 *   C0 │ 11 01 │ length of user data, u16 big endian │ user data │ FCS, u16 little endian │ C1
 *        └───────────────── body: C0, C1 and 7D inside it become 7D, byte xor 20 ─────────┘
 *
 * The FCS is CRC-16/X.25 over the body before escaping. A C0 always begins a new frame; 7D C1 gives one up.
 */
const beginOfFrame = 0xc0;
const endOfFrame = 0xc1;
const escape = 0x7d;
const escapeMask = 0x20;
const protocolId = 0x11;
const messageType = 0x01;
export const headerBytes = 4;
const fcsBytes = 2;
/** The guide's largest message has about 1.5 KB of user data. */
const bodyMaxBytes = 2048;
/** Every byte of the body escaped. */
export const frameMaxBytes = 2 * bodyMaxBytes;

const fcsTable = Uint16Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 0 ? value >> 1 : (value >> 1) ^ 0x8408;
  return value;
});
/** What the running sum is after a body and its own FCS. */
const fcsResidue = 0xf0b8;

function fcsOf(bytes: Uint8Array): number {
  let sum = 0xffff;
  for (const byte of bytes) sum = (sum >> 8) ^ (fcsTable[(sum ^ byte) & 0xff] as number);
  return ~sum & 0xffff;
}

/** User data to the bytes of a whole frame, as both ends send it. */
export function encodeFrame(userData: Uint8Array): Uint8Array {
  const body = new Uint8Array(headerBytes + userData.length + fcsBytes);
  body.set([protocolId, messageType, userData.length >> 8, userData.length & 0xff]);
  body.set(userData, headerBytes);
  const sum = fcsOf(body.subarray(0, body.length - fcsBytes));
  body.set([sum & 0xff, sum >> 8], body.length - fcsBytes);
  const frame: number[] = [beginOfFrame];
  for (const byte of body) {
    if (byte === beginOfFrame || byte === endOfFrame || byte === escape) frame.push(escape, byte ^ escapeMask);
    else frame.push(byte);
  }
  frame.push(endOfFrame);
  return Uint8Array.from(frame);
}

/** Looks at the user data of a frame whose FCS held: false where the protocol does not allow such content. */
export type UserDataCheck = (body: Uint8Array, start: number, end: number) => boolean;

export interface IntellivueScanner extends FrameScanner {
  /** The body of the frame that was accepted last, unescaped; overwritten by the next scan. */
  readonly body: Uint8Array;
}

/** `holds` is an argument so that a test can show what happens without the checksum. */
export function createIntellivueScanner(
  isAllowed: UserDataCheck = () => true,
  holds: (sum: number) => boolean = (sum) => sum === fcsResidue,
): IntellivueScanner {
  const body = new Uint8Array(bodyMaxBytes);

  function judge(length: number, sum: number, frameBytes: number, verdict: FrameVerdict): void {
    if (length === 0) return decide(verdict, 'discard', frameBytes, 'noise');
    if (!holds(sum)) return decide(verdict, 'discard', frameBytes, 'checksum');
    const userBytes = length - headerBytes - fcsBytes;
    const isHeader = userBytes > 0 && body[0] === protocolId && body[1] === messageType;
    if (!isHeader || (((body[2] as number) << 8) | (body[3] as number)) !== userBytes) {
      return decide(verdict, 'discard', frameBytes, 'malformed');
    }
    if (!isAllowed(body, headerBytes, headerBytes + userBytes)) return decide(verdict, 'discard', frameBytes, 'malformed');
    decide(verdict, 'frame', frameBytes);
  }

  return {
    body,
    waitMaxBytes: frameMaxBytes,
    scan(bytes, start, end, ended, verdict) {
      if (bytes[start] !== beginOfFrame) return decide(verdict, 'discard', 1, 'noise');
      let length = 0;
      let sum = 0xffff;
      for (let at = start + 1; at < end; at++) {
        let byte = bytes[at] as number;
        if (byte === endOfFrame) return judge(length, sum, at + 1 - start, verdict);
        if (byte === beginOfFrame) return decide(verdict, 'discard', at - start, length === 0 ? 'noise' : 'truncated');
        if (byte === escape) {
          at += 1;
          if (at === end) break;
          byte = bytes[at] as number;
          if (byte === endOfFrame) return decide(verdict, 'discard', at + 1 - start, 'truncated');
          if (byte === beginOfFrame) return decide(verdict, 'discard', at - start, 'truncated');
          byte ^= escapeMask;
        }
        if (length === bodyMaxBytes) return decide(verdict, 'discard', at - start, 'too-long');
        body[length++] = byte;
        sum = (sum >> 8) ^ (fcsTable[(sum ^ byte) & 0xff] as number);
      }
      if (ended) decide(verdict, 'discard', end - start, 'truncated');
      else decide(verdict, 'wait');
    },
  };
}
