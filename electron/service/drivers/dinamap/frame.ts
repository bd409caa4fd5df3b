import type { DiscardReason } from '../driver.ts';
import { countPadding, decide, decidePadding, findByte, isPrintable, type FrameScanner, type FrameVerdict } from '../framing.ts';
import { code, codes, echo } from './reply.ts';

/**
 * GE DINAMAP host protocol: space, parameter letter, command letter, data, two checksum characters, CR (`docs/monitors/dinamap.md`).
 * A line feed after CR is allowed and belongs to the next message.
 */
const carriageReturn = 0x0d;
const space = 0x20;
/** Longer messages are not the protocol's. */
const messageMaxBytes = 96;
/** Space, echo, a status that says that there is no value, checksum. */
const statusReplyBytes = 6;

interface ReplyForm {
  /** With a value. */
  readonly bytesMin: number;
  /** With this status a reply has its value. */
  readonly valid: number;
}

/** Replies that Vigil understands; anything else, a refusal (its form is not known) or an echo of a request, is no answer. */
const replyForms: ReadonlyMap<number, ReplyForm> = new Map([
  // Space, echo, status, two characters, age, three pressures, checksum.
  [echo.pressures, { bytesMin: 21, valid: code('1') }],
  // Space, echo, status, a three-digit value, checksum.
  [echo.saturation, { bytesMin: 9, valid: code('1') }],
  [echo.rate, { bytesMin: 9, valid: code('1') }],
  // Space, echo, status, mode, counter, age of five digits, four digits, unit, checksum.
  [echo.temperature, { bytesMin: 18, valid: code('0') }],
]);

/**
 * The checksum over a message that starts with its space: the sum of (code − 0x20 + 1), folded at 0xFFF. It is sent as two characters of
 * six bits.
 */
function sumOf(bytes: Uint8Array, start: number, end: number): number {
  let sum = 0;
  for (let at = start; at < end; at++) {
    sum += (bytes[at] as number) - 0x20 + 1;
    if (sum > 0xfff) sum -= 0xfff;
  }
  return sum;
}

function firstCharacterOf(sum: number): number {
  return 0x20 + (sum >> 6);
}

function secondCharacterOf(sum: number): number {
  return 0x20 + (sum & 0x3f);
}

export type MessageCheck = (bytes: Uint8Array, start: number, end: number) => boolean;

/** From the leading space up to CR (exclusive). */
export const checksumHolds: MessageCheck = (bytes, start, end) => {
  const sum = sumOf(bytes, start, end - 2);
  return bytes[end - 2] === firstCharacterOf(sum) && bytes[end - 1] === secondCharacterOf(sum);
};

/** Text such as ` NA` to the bytes of a whole message with checksum and CR. */
export function encodeMessage(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length + 3);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  const sum = sumOf(bytes, 0, text.length);
  bytes.set([firstCharacterOf(sum), secondCharacterOf(sum), carriageReturn], text.length);
  return bytes;
}

type Judgement = 'reply' | 'not-a-reply' | 'checksum' | 'noise';

/** A message cut short by the next one is found out by its checksum; the next one is looked for at every space. */
export function createDinamapScanner(holds: MessageCheck = checksumHolds): FrameScanner {
  function judge(bytes: Uint8Array, start: number, end: number): Judgement {
    if (end - start < 5 || bytes[start] !== space || !isPrintable(bytes, start, end)) return 'noise';
    if (!holds(bytes, start, end)) return 'checksum';
    const form = replyForms.get(codes(bytes[start + 1] as number, bytes[start + 2] as number));
    if (form === undefined) return 'not-a-reply';
    const neededBytes = bytes[start + 3] === form.valid ? form.bytesMin : statusReplyBytes;
    return end - start >= neededBytes ? 'reply' : 'not-a-reply';
  }

  /** Where in the text a whole message begins later than at its start, or −1. */
  function findLaterMessage(bytes: Uint8Array, start: number, end: number): number {
    for (let at = findByte(bytes, space, start + 1, end); at >= 0; at = findByte(bytes, space, at + 1, end)) {
      const judgement = judge(bytes, at, end);
      if (judgement === 'reply' || judgement === 'not-a-reply') return at;
    }
    return -1;
  }

  return {
    scan(bytes, start, end, ended, verdict) {
      const padding = countPadding(bytes, start, end);
      if (decidePadding(bytes, start, end, ended, padding, verdict)) return;
      const textStart = start + padding;
      const windowEnd = Math.min(end, textStart + messageMaxBytes);
      const textEnd = findByte(bytes, carriageReturn, textStart, windowEnd);
      if (textEnd < 0) return scanUnfinished(bytes, start, textStart, end, ended, verdict);
      const whole = textEnd + 1 - start;
      const judgement = judge(bytes, textStart, textEnd);
      if (judgement === 'reply') return decide(verdict, 'frame', whole);
      if (judgement === 'not-a-reply') return decide(verdict, 'discard', whole, 'malformed');
      const later = findLaterMessage(bytes, textStart, textEnd);
      if (later >= 0) return decide(verdict, 'discard', later - start, cutReason(bytes, textStart, later));
      decide(verdict, 'discard', whole, judgement);
    },
  };
}

/** No CR yet: wait for it, or give up what cannot become a message any more, up to the next space. */
function scanUnfinished(bytes: Uint8Array, start: number, textStart: number, end: number, ended: boolean, verdict: FrameVerdict): void {
  if (end - textStart < messageMaxBytes) {
    if (!ended) return decide(verdict, 'wait');
    return decide(verdict, 'discard', end - start, cutReason(bytes, textStart, end));
  }
  const windowEnd = textStart + messageMaxBytes;
  const next = findByte(bytes, space, textStart + 1, windowEnd);
  const keptFrom = next >= 0 ? next : windowEnd;
  decide(verdict, 'discard', keptFrom - start, isPrintable(bytes, textStart, windowEnd) ? 'too-long' : 'noise');
}

function cutReason(bytes: Uint8Array, start: number, end: number): DiscardReason {
  return bytes[start] === space && isPrintable(bytes, start, end) ? 'truncated' : 'noise';
}
