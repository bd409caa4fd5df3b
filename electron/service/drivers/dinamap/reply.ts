import { wholeNumberIn } from '../printed-number.ts';
import type { ReadingContext } from '../stated-reading.ts';

/** A character of the protocol, as its code. */
export function code(character: string): number {
  return character.charCodeAt(0);
}

/** Two characters as one number. */
export function codes(first: number, second: number): number {
  return (first << 8) | second;
}

function codesOf(text: string): number {
  return codes(text.charCodeAt(0), text.charCodeAt(1));
}

/** What a reply answers: it begins with the request's own letters. */
export const echo = { pressures: codesOf('NA'), saturation: codesOf('OA'), rate: codesOf('RA'), temperature: codesOf('TC') } as const;

/**
 * One reply of the monitor with its checksum and without CR. Everything in it has its place, counted from the leading space: the echo of the
 * request at 1 and 2, a status at 3. The same object serves every reply.
 */
export class Reply {
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;

  /** `end`: exclusive. Valid as long as the bytes are. */
  take(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
  }

  get echo(): number {
    return codes(this.at(1), this.at(2));
  }

  /** The character at an offset, as its code; NaN behind the end. */
  at(offset: number): number {
    const place = this.#start + offset;
    return place < this.#end ? (this.#bytes[place] as number) : Number.NaN;
  }

  /** The digits from one offset to another (exclusive), as far as the reply goes; null where anything else stands there. */
  numberIn(from: number, to: number): number | null {
    return wholeNumberIn(this.#bytes, this.#start + from, Math.min(this.#start + to, this.#end));
  }
}

/** The words for a status that gives no value, else its own character. */
export function statusContext(status: number, words: Readonly<Record<string, string>>): ReadingContext {
  const character = String.fromCharCode(status);
  const own = /^[0-9A-Za-z]$/.test(character) ? `status-${character}` : 'status-unknown';
  return { flags: [words[character] ?? own], deviceTime: null };
}
