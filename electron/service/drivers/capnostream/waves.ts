import type { DecodeSink } from '../driver.ts';
import { payloadAt, type Message } from './message.ts';
import { mmHgPerKPa, type Co2Unit } from './numerics.ts';
import { fast, fastFlags } from './status-bits.ts';

const periodMs = 50;
/** A quarter of a second: short enough for a live strip. */
const pieceSamples = 5;
/** What the samples of one piece have in common: not the end of a breath, and validity is told sample by sample. */
const pieceStatus = 0xff & ~(fast.invalid | 0x08);
const unknownUnitFlags = ['unit-unknown'];

/** The curve of carbon dioxide, 20 samples a second, in pieces without a hole. */
export class Waves {
  /** NaN where a sample is not valid; the first `#count` count. */
  readonly #values = new Float64Array(pieceSamples);
  #count = 0;
  #firstSample = 0;
  #status = 0;
  #unit: Co2Unit | null = null;
  /** The place of the last sample on the monitor's count, carried over its 8 bits; null: nothing heard yet. */
  #last: number | null = null;

  /** A monitor that introduces itself counts from anew. */
  begin(sink: DecodeSink): void {
    this.flush(sink);
    this.#last = null;
  }

  /** One sample. Returns its status byte. */
  take(message: Message, unit: Co2Unit | null, sink: DecodeSink): number {
    const status = message.at(payloadAt + 3);
    const counter = message.at(payloadAt);
    const last = this.#last;
    const step = last === null ? 1 : (counter - last) & 0xff;
    // The same message twice.
    if (step === 0) {
      sink.unread?.('repeated');
      return status;
    }
    const place = last === null ? counter : last + step;
    if (step !== 1 || unit !== this.#unit || (status & pieceStatus) !== this.#status) this.flush(sink);
    if (this.#count === 0) {
      this.#firstSample = place;
      this.#status = status & pieceStatus;
      this.#unit = unit;
    }
    this.#last = place;
    const raw = (message.at(payloadAt + 1) << 8) | message.at(payloadAt + 2);
    this.#values[this.#count++] = (status & fast.invalid) === 0 ? valueOf(raw, unit) : Number.NaN;
    if (this.#count === pieceSamples) this.flush(sink);
    return status;
  }

  flush(sink: DecodeSink): void {
    const count = this.#count;
    if (count === 0) return;
    this.#count = 0;
    const samples = this.#list(count);
    const firstSample = this.#firstSample;
    const ofStatus = fastFlags[this.#status] ?? [];
    const flags = this.#unit === null ? [...ofStatus, ...unknownUnitFlags] : ofStatus;
    const unit = this.#unit === null ? '1' : this.#unit === 'volume-percent' ? '%' : 'mm[Hg]';
    const wave = { metric: 'co2' as const, unit, periodMs, samples, firstSample };
    sink.wave(flags.length === 0 ? wave : { ...wave, flags });
  }

  #list(count: number): (number | null)[] {
    const values = this.#values;
    let isValid = true;
    for (let index = 0; index < count; index++) isValid &&= !Number.isNaN(values[index]);
    // Written out, because a list that begins as one of plain numbers costs half as much, 20 times a second for hours.
    if (isValid && count === pieceSamples) return [values[0] ?? 0, values[1] ?? 0, values[2] ?? 0, values[3] ?? 0, values[4] ?? 0];
    return Array.from(values.subarray(0, count), (value) => (Number.isNaN(value) ? null : value));
  }
}

/** In 256ths; in kPa and vol% of ten times the value. */
function valueOf(raw: number, unit: Co2Unit | null): number {
  if (unit === 'kPa') return Math.round((raw / 2560) * mmHgPerKPa * 10_000) / 10_000;
  return unit === 'volume-percent' ? raw / 2560 : raw / 256;
}
