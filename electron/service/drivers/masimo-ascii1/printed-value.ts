import { FieldCache } from '../field-cache.ts';
import { PrintedNumber } from '../printed-number.ts';

const printedUnits: ReadonlyMap<string, string> = new Map([
  ['%', '%'],
  ['hz', 'Hz'],
  ['mmhg', 'mm[Hg]'],
  ['kpa', 'kPa'],
  ['c', 'Cel'],
  ['f', '[degF]'],
  ['bpm', '/min'],
  ['rpm', '/min'],
  ['g/dl', 'g/dL'],
  ['ml/dl', 'mL/dL'],
]);
const unitMaxBytes = 6;
const wholeDigitsMax = 4;
const decimalsMax = 3;

/** A field that holds a number or the dashes for none, with the unit that may stand right behind it. One object serves every field. */
export class PrintedValue {
  readonly #number = new PrintedNumber();
  readonly #units = new FieldCache<string | null>((text) => printedUnits.get(text.toLowerCase()) ?? null);
  kind: PrintedNumber['kind'] = 'neither';
  /** UCUM; null: none is printed. */
  unit: string | null = null;

  /** NaN but for a number. */
  get value(): number {
    return this.#number.value;
  }

  /** Dashes are, too: of a number that is not there nobody can say that it has decimals. */
  get isWhole(): boolean {
    return this.#number.decimals === 0;
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    const number = this.#number;
    number.read(bytes, start, end);
    this.unit = null;
    this.kind = 'neither';
    if (number.kind === 'neither' || !isUnit(bytes, number.end, end)) return;
    if (number.kind === 'number') {
      if (number.wholeDigits > wholeDigitsMax || number.decimals > decimalsMax) return;
      if (number.end < end) {
        this.unit = this.#units.meaningOf(bytes, number.end, end);
        if (this.unit === null) return;
      }
    }
    this.kind = number.kind;
  }
}

function isUnit(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > unitMaxBytes) return false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    const lower = byte | 0x20;
    if ((lower < 0x61 || lower > 0x7a) && byte !== 0x25 && byte !== 0x2f) return false;
  }
  return true;
}
