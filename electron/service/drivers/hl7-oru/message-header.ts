import { componentsOf, type Separators } from './separators.ts';
import { charsetOf, textIn, type Charset } from './charset.ts';

/** What MSH says of its message, and of the answer that its sender wants. */
export interface MessageHeader {
  readonly separators: Separators;
  readonly charset: Charset;
  /** `ORU`, `R01`. */
  readonly type: string;
  readonly trigger: string;
  /** Sent for training or tests. */
  readonly isTest: boolean;
  /** The bytes of field `MSH-n`, as they were sent; what is not there is empty. */
  field(number: number): Uint8Array;
}

/** Names of senders and control ids are shorter; of anything longer the beginning is echoed. */
const fieldBytesMax = 200;
const none = new Uint8Array(0);

/** The header in `start` (its `M`) to `end` (one past the segment). */
export function readHeader(bytes: Uint8Array, start: number, end: number): MessageHeader {
  const separator = bytes[start + 3] as number;
  const places: number[] = [start + 3];
  for (let at = start + 4; at < end && places.length <= 25; at++) if (bytes[at] === separator) places.push(at);
  /** MSH-1 is the separator itself, so that MSH-2 is the first field behind it. */
  function field(number: number): Uint8Array {
    const from = places[number - 2];
    if (from === undefined) return none;
    return bytes.slice(from + 1, Math.min(places[number - 1] ?? end, from + 1 + fieldBytesMax));
  }
  const charset = charsetOf(textIn('latin1', field(18)));
  const text = (number: number): string => textIn(charset, field(number));
  const encoding = text(2);
  const separators: Separators = {
    field: String.fromCharCode(separator),
    component: encoding.charAt(0),
    repetition: encoding.charAt(1),
    escape: encoding.charAt(2),
    subcomponent: encoding.charAt(3),
  };
  const [type = '', trigger = ''] = componentsOf(text(9), separators);
  const processing = componentsOf(text(11), separators)[0] ?? '';
  return { separators, charset, type, trigger, isTest: processing === 'T' || processing === 'D', field };
}

/** An ORU of values; not one of alarms only (R40) and the like. */
export function isResults({ type, trigger }: MessageHeader): boolean {
  return type === 'ORU' && (trigger === 'R01' || trigger === '');
}
