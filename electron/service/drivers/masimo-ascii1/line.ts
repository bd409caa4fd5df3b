import { FieldCache } from '../field-cache.ts';
import { wholeNumberIn } from '../printed-number.ts';
import { keyOf, type CoreKey, type Key, type Module } from './keys.ts';
import { PrintedValue } from './printed-value.ts';

const space = 0x20;
const equals = 0x3d;
const percent = 0x25;
/** The width of the words of exceptions and alarms differs by model (3, 6, 7, 8 digits), so they are numbers, never texts to compare. */
const bitsDigitsMax = 8;
const rateDigits = 3;

const seenBit: Readonly<Record<CoreKey, number>> = { SPO2: 0x01, BPM: 0x02, ALARM: 0x04, EXC: 0x08 };
const bothRates = seenBit.SPO2 | seenBit.BPM;

/** `KEY=value`: where its value stands in the scanned bytes. */
export interface Field {
  key: Key;
  from: number;
  to: number;
}

/**
 * One line of Masimo ASCII-1, its known fields checked (`docs/monitors/masimo-ascii1.md`):
 * `MM/DD/YY HH:MM:SS` and KEY=value pairs, found by key, because order and presence differ by model.
 * The same object serves every line: what it says holds until the next is read.
 */
export interface MasimoLine {
  /** Where `MM/DD/YY HH:MM:SS` stands in the scanned bytes. */
  readonly stampAt: number;
  readonly spo2: number | null;
  readonly pulseRate: number | null;
  /** Bits; null where the line carries none. */
  readonly alarm: number | null;
  readonly exception: number | null;
  /** Every other field in the order sent; the first `count` are this line's. */
  readonly fields: readonly Readonly<Field>[];
  readonly count: number;
  /** The first word of a part: its exceptions, or when its determination was made. */
  find(kind: 'exception' | 'made-at', part: Module): Readonly<Field> | null;
}

/** There is no checksum, so a known field of the wrong form condemns the whole line: it was damaged. */
export class LineReader implements MasimoLine {
  stampAt = 0;
  spo2: number | null = null;
  pulseRate: number | null = null;
  alarm: number | null = null;
  exception: number | null = null;
  readonly fields: Field[] = [];
  count = 0;
  readonly #keys = new FieldCache<Key>(keyOf);
  readonly #value = new PrintedValue();
  /** Bits of `seenBit`. */
  #seen = 0;

  /** False where the fields from `start` to `end` are not those of the protocol. */
  read(bytes: Uint8Array, stampAt: number, start: number, end: number): boolean {
    this.#begin(stampAt);
    for (let at = start; at < end;) {
      let equalsAt = -1;
      let to = at;
      for (; to < end && bytes[to] !== space; to++) {
        if (equalsAt < 0 && bytes[to] === equals) equalsAt = to;
      }
      if (equalsAt > at && !this.#take(this.#keys.meaningOf(bytes, at, equalsAt), bytes, equalsAt + 1, to)) return false;
      at = to + 1;
    }
    return (this.#seen & bothRates) === bothRates;
  }

  find(kind: 'exception' | 'made-at', part: Module): Readonly<Field> | null {
    for (let index = 0; index < this.count; index++) {
      const field = this.fields[index] as Field;
      if (field.key.kind === kind && field.key.part === part) return field;
    }
    return null;
  }

  #begin(stampAt: number): void {
    this.stampAt = stampAt;
    this.count = 0;
    this.alarm = null;
    this.exception = null;
    this.#seen = 0;
  }

  #take(key: Key, bytes: Uint8Array, from: number, to: number): boolean {
    if (key.kind === 'core') return this.#takeCore(key.core, bytes, from, to);
    const place = this.fields[this.count];
    if (place === undefined) this.fields.push({ key, from, to });
    else {
      place.key = key;
      place.from = from;
      place.to = to;
    }
    this.count += 1;
    return true;
  }

  /** False for the second one of its key, and where its form is not the protocol's. */
  #takeCore(core: CoreKey, bytes: Uint8Array, from: number, to: number): boolean {
    const bit = seenBit[core];
    if ((this.#seen & bit) !== 0) return false;
    this.#seen |= bit;
    const isRate = (bit & bothRates) !== 0;
    const stated = isRate ? rateIn(bytes, from, to) : bitsIn(bytes, from, to);
    if (stated === null) {
      this.#value.read(bytes, from, to);
      if (this.#value.kind !== 'dashes') return false;
    }
    if (core === 'SPO2') this.spo2 = stated;
    else if (core === 'BPM') this.pulseRate = stated;
    else if (core === 'ALARM') this.alarm = stated;
    else this.exception = stated;
    return true;
  }
}

/** Three zero-padded digits (a digit lost on the line must not make another number); null for any other form. */
function rateIn(bytes: Uint8Array, from: number, to: number): number | null {
  const end = bytes[to - 1] === percent ? to - 1 : to;
  return end - from === rateDigits ? wholeNumberIn(bytes, from, end) : null;
}

/** Hexadecimal digits; null for any other form. */
function bitsIn(bytes: Uint8Array, from: number, to: number): number | null {
  if (from === to || to - from > bitsDigitsMax) return null;
  let bits = 0;
  for (let at = from; at < to; at++) {
    const digit = hexDigitOf(bytes[at] as number);
    if (digit < 0) return null;
    bits = bits * 16 + digit;
  }
  return bits;
}

function hexDigitOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
