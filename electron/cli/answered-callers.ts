import type { Instant } from '../../shared/values/instant.ts';
import type { Decoder, DecodeSink, Driver } from '../service/drivers/driver.ts';

/** Each caller's line is decoded by itself, as in the room, for nothing but the acknowledgements that its messages wait for. */
export class AnsweredCallers {
  readonly #driver: Driver;
  readonly #decoders = new Map<number, Decoder>();

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  /** What to write to this line now. */
  answersTo(chunk: Uint8Array, line: number, at: Instant, notKept: string | null): readonly Uint8Array[] {
    const answers: Uint8Array[] = [];
    const sink: DecodeSink = {
      frame: () => undefined,
      reading: () => undefined,
      wave: () => undefined,
      discarded: () => undefined,
      answer: (build) => void answers.push(...build(at, notKept)),
    };
    this.#decoderOf(line).push(chunk, sink);
    return answers;
  }

  /** Another sender has this line now. */
  forget(line: number): void {
    this.#decoders.delete(line);
  }

  #decoderOf(line: number): Decoder {
    const known = this.#decoders.get(line) ?? this.#driver.createDecoder();
    this.#decoders.set(line, known);
    return known;
  }
}
