import { asciiText } from './framing.ts';

/** A stream that names more different things than a monitor has is not remembered. */
const rememberedMax = 512;

interface Remembered<Meaning> {
  readonly bytes: Uint8Array;
  readonly meaning: Meaning;
}

/** What the bytes of a field mean, worked out once: a monitor names the same codes and units each second. */
export class FieldCache<Meaning> {
  readonly #byHash = new Map<number, Remembered<Meaning>[]>();
  readonly #work: (text: string) => Meaning;
  readonly #read: (bytes: Uint8Array) => string;
  #remembered = 0;

  /** `work` is given the field's text as it was sent, in the character set of `read`. */
  constructor(work: (text: string) => Meaning, read: (bytes: Uint8Array) => string = textOf) {
    this.#work = work;
    this.#read = read;
  }

  meaningOf(bytes: Uint8Array, start: number, end: number): Meaning {
    let hash = end - start;
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
    const sameHash = this.#byHash.get(hash);
    if (sameHash !== undefined) {
      for (const known of sameHash) {
        if (isEqual(known.bytes, bytes, start, end)) return known.meaning;
      }
    }
    const meaning = this.#work(this.#read(bytes.subarray(start, Math.min(end, start + textMaxBytes))));
    if (this.#remembered >= rememberedMax) return meaning;
    this.#remembered += 1;
    const kept = { bytes: bytes.slice(start, end), meaning };
    if (sameHash === undefined) this.#byHash.set(hash, [kept]);
    else sameHash.push(kept);
    return meaning;
  }

  forget(): void {
    this.#byHash.clear();
    this.#remembered = 0;
  }
}

function isEqual(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let at = 0; at < known.length; at++) {
    if (known[at] !== bytes[start + at]) return false;
  }
  return true;
}

/** The last text only: for what changes with every message, like its time. */
export class LastField<Meaning> {
  readonly #work: (text: string) => Meaning;
  #last: Remembered<Meaning> | null = null;

  constructor(work: (text: string) => Meaning) {
    this.#work = work;
  }

  meaningOf(bytes: Uint8Array, start: number, end: number): Meaning {
    if (this.#last !== null && isEqual(this.#last.bytes, bytes, start, end)) return this.#last.meaning;
    const meaning = this.#work(textOf(bytes.subarray(start, Math.min(end, start + textMaxBytes))));
    this.#last = { bytes: bytes.slice(start, end), meaning };
    return meaning;
  }
}

/** Codes, units and flags are short; of anything longer the beginning will do. */
const textMaxBytes = 256;

/** One character a byte. */
function textOf(bytes: Uint8Array): string {
  return asciiText(bytes, 0, bytes.length);
}
