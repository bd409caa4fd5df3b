import type { AbsentReason, Quality } from '../../../../shared/clinical/reading.ts';
import { wholeNumberIn } from '../printed-number.ts';
import type { ReadingContext } from '../stated-reading.ts';
import type { Module, Part } from './keys.ts';
import type { MasimoLine } from './line.ts';
import { PrintedValue } from './printed-value.ts';
import { absenceOfExceptions, namesOfExceptions, questionableExceptions } from './status-bits.ts';

/** What goes with every value of one part of a line. */
export interface PartStatus {
  /** Why none of its numbers counts; null where they do. */
  readonly absent: AbsentReason | null;
  readonly quality: Quality;
  /** Bits. */
  readonly exception: number;
  readonly alarm: number;
  readonly context: ReadingContext;
}

/** The statuses of one line's parts, each worked out once. */
export class PartStatuses {
  readonly #word = new PrintedValue();
  readonly #modules: Record<Module, PartStatus | null> = { eeg: null, capno: null, nibp: null, temp: null };
  /** Flags of the last EXC: most lines have that of the line before. */
  #exception: number | null = null;
  #flags = flagsOfException(null);
  #deviceTime: string | null = null;
  #oximeter = oximeterStatus(null, null, { flags: this.#flags, deviceTime: null });

  begin(line: MasimoLine, deviceTime: string | null): void {
    if (line.exception !== this.#exception) this.#flags = flagsOfException(line.exception);
    this.#exception = line.exception;
    this.#deviceTime = deviceTime;
    this.#oximeter = oximeterStatus(line.exception, line.alarm, { flags: this.#flags, deviceTime });
    const modules = this.#modules;
    modules.eeg = modules.capno = modules.nibp = modules.temp = null;
  }

  of(part: Part, bytes: Uint8Array, line: MasimoLine): PartStatus {
    return part === 'oximeter' ? this.#oximeter : (this.#modules[part] ??= this.#moduleStatus(part, bytes, line));
  }

  /** The bits of the other exception words are not published: a value beside one that is not zero stays, marked. */
  #moduleStatus(part: Module, bytes: Uint8Array, line: MasimoLine): PartStatus {
    const field = line.find('exception', part);
    const isClear = field !== null && (wholeNumberIn(bytes, field.from, field.to) === 0 || this.#isNone(bytes, field.from, field.to));
    const flags = isClear ? [] : [field === null ? 'no-status' : 'exception'];
    const context = { flags, deviceTime: this.#deviceTime };
    return { absent: null, quality: isClear ? 'good' : 'questionable', exception: 0, alarm: 0, context };
  }

  #isNone(bytes: Uint8Array, from: number, to: number): boolean {
    this.#word.read(bytes, from, to);
    return this.#word.kind === 'dashes';
  }
}

/** null: the line carries none. Without EXC nobody knows whether the digits are held: the numbers stay, marked. */
function oximeterStatus(exception: number | null, alarm: number | null, context: ReadingContext): PartStatus {
  const bits = exception ?? 0;
  const isDoubtful = exception === null || (bits & questionableExceptions) !== 0;
  return { absent: absenceOfExceptions(bits), quality: isDoubtful ? 'questionable' : 'good', exception: bits, alarm: alarm ?? 0, context };
}

/** The reason of an absence says it already, and "set running" is how a healthy monitor looks. */
function flagsOfException(exception: number | null): readonly string[] {
  if (exception === null) return ['no-status'];
  const absent = absenceOfExceptions(exception);
  return namesOfExceptions(exception).filter((flag) => flag !== 'set-running' && flag !== absent);
}
