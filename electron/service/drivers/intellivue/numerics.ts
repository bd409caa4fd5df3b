import type { MetricId, VendorMetricId } from '../../../../shared/clinical/metric.ts';
import type { AbsentReason, Quality, Reading } from '../../../../shared/clinical/reading.ts';
import { absentReading, statedReading, vendorReading, type ReadingContext } from '../stated-reading.ts';
import { createCuff, type CuffPressure, type DeterminationTime } from './cuff.ts';
import { isoOfCalendarMs } from '../device-calendar.ts';
import { calendarMsOf } from './device-time.ts';
import { absenceOfFloat, absenceOfState, flagsOfState, floatOf, isGoodState, state } from './measurement.ts';
import { attribute, numericBytes, u16, u32, type Message } from './message.ts';
import { airwayRespRate, impedanceRespRate, inMetricUnit, isCuffPressure, quantityOf, unitOf, type Quantity } from './nomenclature.ts';

const ticksPerMs = 8;
/** A respiration rate this old no longer keeps the other source of it back. */
const respirationMs = 5000;
/** Codes and states have 16 bits; a stream that names more of them than a monitor has is not remembered. */
const rememberedMax = 512;

/** The readings of poll results. Remembers what is told once (the cuff) and what two sources say (respiration). */
export class Numerics {
  readonly #quantities = new Map<number, Quantity>();
  /** By state, of the present second. */
  readonly #contexts = new Map<number, ReadingContext>();
  readonly #cuff = createCuff();
  #deviceSecond = Number.NaN;
  #deviceTime: string | null = null;
  #demoBits = 0;
  /** Relative times, in 1/8 ms. */
  #airwayMeasured: number | null = null;
  #impedanceMeasured: number | null = null;

  /** The monitor said that it is in demonstration mode, or (with a new association) that it is not. */
  setDemo(demo: boolean): void {
    this.#demoBits = demo ? state.demo : 0;
  }

  /** A poll result of numerics; `calendarMs` is the monitor's own date, where it has said one. */
  publish(message: Message, body: Uint8Array, calendarMs: number | null, tell: (reading: Reading) => void): void {
    this.#setTime(calendarMs);
    let time = unknownTime;
    for (let index = 0; index < message.attributes; index++) {
      const at = message.places[index] as number;
      if (message.ids[index] === attribute.numeric) {
        this.#publishOne(body, at, message.relativeTime, tell);
      } else if (message.ids[index] === attribute.compoundNumeric) {
        const end = at + 4 + u16(body, at) * numericBytes;
        for (let item = at + 4; item < end; item += numericBytes) this.#publishOne(body, item, message.relativeTime, tell);
        if (end > at + 4 && isCuffPressure(u16(body, at + 4))) time = determinationTime(message, index, body, calendarMs);
      }
    }
    this.#cuff.finish(time, tell);
  }

  #publishOne(body: Uint8Array, at: number, now: number, tell: (reading: Reading) => void): void {
    const code = u16(body, at);
    const bits = u16(body, at + 2) | this.#demoBits;
    const raw = u32(body, at + 6) | 0;
    const unitCode = u16(body, at + 4);
    const absent = absenceOfState(bits) ?? absenceOfFloat(raw);
    const { metric, vendor } = this.#quantity(code);
    const context = this.#contextOf(bits);
    if (isCuffPressure(code)) {
      this.#cuff.take(code, cuffPressureOf({ raw, bits, unitCode, absent, metric, vendor, context }));
      return;
    }
    const own = metric !== null && !this.#isKeptBack(code, absent === null, now) ? metric : null;
    tell(readingOf({ raw, bits, unitCode, absent, metric: own, vendor, context }));
  }

  /** Two sources of one metric must not take turns: while the other one measures, this one goes under its own code. */
  #isKeptBack(code: number, isMeasured: boolean, now: number): boolean {
    if (code === airwayRespRate) {
      if (isMeasured) this.#airwayMeasured = now;
      return !isMeasured && isRecent(this.#impedanceMeasured, now);
    }
    if (code !== impedanceRespRate) return false;
    if (isMeasured) this.#impedanceMeasured = now;
    return isRecent(this.#airwayMeasured, now);
  }

  #quantity(code: number): Quantity {
    const known = this.#quantities.get(code);
    if (known !== undefined) return known;
    const made = quantityOf(code);
    if (this.#quantities.size < rememberedMax) this.#quantities.set(code, made);
    return made;
  }

  #contextOf(bits: number): ReadingContext {
    const known = this.#contexts.get(bits);
    if (known !== undefined) return known;
    const made = { flags: flagsOfState(bits), deviceTime: this.#deviceTime };
    if (this.#contexts.size < rememberedMax) this.#contexts.set(bits, made);
    return made;
  }

  #setTime(calendarMs: number | null): void {
    const second = calendarMs === null ? Number.NaN : Math.floor(calendarMs / 1000);
    if (Object.is(second, this.#deviceSecond)) return;
    this.#deviceSecond = second;
    this.#deviceTime = calendarMs === null ? null : isoOfCalendarMs(calendarMs);
    this.#contexts.clear();
  }
}

const unknownTime: DeterminationTime = { stamp: null, ageMs: null };

interface Measurement {
  readonly raw: number;
  readonly bits: number;
  readonly unitCode: number;
  readonly absent: AbsentReason | null;
  readonly metric: MetricId | null;
  readonly vendor: VendorMetricId;
  readonly context: ReadingContext;
}

function readingOf({ raw, bits, unitCode, absent, metric, vendor, context }: Measurement): Reading {
  if (absent !== null) return absentReading(metric ?? vendor, absent, context);
  const value = floatOf(raw);
  const quality: Quality = isGoodState(bits) ? 'good' : 'questionable';
  const converted = metric === null ? null : inMetricUnit(metric, value, unitCode);
  if (metric !== null && converted !== null) return statedReading(metric, converted, quality, context);
  // A known quantity in a unit that does not go with it is kept as the monitor states it, and not taken for the metric.
  return vendorReading(vendor, value, unitOf(unitCode), quality, context);
}

function cuffPressureOf(measurement: Measurement): CuffPressure {
  const { raw, absent, context } = measurement;
  return {
    raw,
    isMeasured: absent === null,
    reading: (flags, isDoubtful) =>
      readingOf({
        ...measurement,
        bits: isDoubtful ? measurement.bits | state.questionable : measurement.bits,
        context: flags.length === 0 ? context : { ...context, flags: [...flags, ...context.flags] },
      }),
  };
}

function isRecent(measured: number | null, now: number): boolean {
  if (measured === null) return false;
  const agoMs = ((now - measured) | 0) / ticksPerMs;
  return agoMs >= 0 && agoMs < respirationMs;
}

/** The time stamp in the same object as the pressures, before or after them. */
function determinationTime(message: Message, valueIndex: number, body: Uint8Array, calendarMs: number | null): DeterminationTime {
  const handle = message.handles[valueIndex];
  for (let index = 0; index < message.attributes; index++) {
    if (message.handles[index] !== handle) continue;
    const at = message.places[index] as number;
    if (message.ids[index] === attribute.relativeTimeStamp) {
      const stamp = u32(body, at);
      return { stamp, ageMs: ((message.relativeTime - stamp) | 0) / ticksPerMs };
    }
    if (message.ids[index] === attribute.absoluteTimeStamp) {
      const stamp = calendarMsOf(body, at);
      if (stamp !== null) return { stamp, ageMs: calendarMs === null ? null : calendarMs - stamp };
    }
  }
  return unknownTime;
}
