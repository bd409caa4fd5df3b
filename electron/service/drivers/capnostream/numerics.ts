import type { AbsentReason, Quality } from '../../../../shared/clinical/reading.ts';
import type { DecodeSink } from '../driver.ts';
import { isoOfCalendarMs } from '../device-calendar.ts';
import { absentReading, noContext, statedReading, vendorReading, type ReadingContext } from '../stated-reading.ts';
import { payloadAt } from './frame.ts';
import {
  absenceOfLine,
  absenceOfMissingCo2,
  absenceOfProbe,
  etco2Flags,
  extendedFlags,
  fastFlags,
  fico2Flags,
  isCo2Doubtful,
  lowBatteryFlags,
  pulseFlags,
  respRateFlags,
  slowFlags,
  spo2Flags,
} from './status-bits.ts';

/** Of the body of a message. */
const at = {
  seconds: payloadAt,
  etco2: payloadAt + 4,
  fico2: payloadAt + 5,
  respRate: payloadAt + 6,
  spo2: payloadAt + 7,
  pulseRate: payloadAt + 8,
  slowStatus: payloadAt + 9,
  co2Alarms: payloadAt + 13,
  spo2Alarms: payloadAt + 14,
  noBreathSeconds: payloadAt + 15,
  units: payloadAt + 25,
  extendedStatus: payloadAt + 26,
} as const;

const noValue = 0xff;
const neverSet = 0xffff_ffff;

/** How carbon dioxide is stated; `null` before the first numerics. In kPa and vol% the numbers are ten times the value. */
export type Co2Unit = 'mmHg' | 'kPa' | 'volume-percent';
const co2Units: readonly (Co2Unit | undefined)[] = [undefined, 'mmHg', 'kPa', 'volume-percent'];
export const mmHgPerKPa = 7.500_62;

/** `shifted`: the values of the message before, moved by one place. `doubtful`: only the saturation is its respiration rate. */
type Judgement = 'plain' | 'shifted' | 'doubtful' | 'malformed';

/** The readings of numerics messages. Remembers the five values of the last one that made sense, and the date of the last second. */
export class Numerics {
  readonly #last = new Uint8Array(5).fill(noValue);
  #deviceSecond = -1;
  #deviceMinute = -1;
  /** `2026-11-23T10:00:` */
  #minuteText = '';
  /** Of a value of this second without flags. */
  #plain: ReadingContext = noContext;
  #unit: Co2Unit | null = null;

  /** How the monitor stated carbon dioxide last. */
  get unit(): Co2Unit | null {
    return this.#unit;
  }

  /** Another monitor, or this one switched on again. */
  forget(): void {
    this.#last.fill(noValue);
    this.#unit = null;
  }

  /** False for a message that is none: without one of the three units its bytes are in the wrong places. */
  isAllowed(body: Uint8Array): boolean {
    return this.#judge(body) !== 'malformed';
  }

  /** `fastStatus`: of the last sample of the curve since the last numerics; 0 where none came. */
  publish(body: Uint8Array, fastStatus: number, sink: DecodeSink): void {
    const judgement = this.#judge(body);
    this.#readTime(body);
    if (judgement === 'shifted') return this.#publishShifted(sink);
    if (judgement === 'plain') this.#last.set(body.subarray(at.etco2, at.etco2 + 5));
    this.#unit = co2Units[body[at.units] as number] ?? null;
    this.#publishCo2(body, fastStatus, judgement === 'doubtful', sink);
    this.#publishOximetry(body, judgement === 'doubtful', sink);
    const seconds = body[at.noBreathSeconds] as number;
    if (seconds === 0 || seconds === noValue) return;
    sink.reading(vendorReading('x:capnostream:no-breath-time', seconds, 's', 'good', this.#context(noFlags)));
  }

  #judge(body: Uint8Array): Judgement {
    const last = this.#last;
    const spo2 = body[at.spo2];
    const hasRateForSpo2 = spo2 === last[2] && spo2 !== noValue && spo2 !== last[3];
    const isShifted = hasRateForSpo2 && body[at.fico2] === last[0] && body[at.respRate] === last[1] && body[at.pulseRate] === last[3];
    if (isShifted) return 'shifted';
    if (co2Units[body[at.units] as number] === undefined) return 'malformed';
    return hasRateForSpo2 ? 'doubtful' : 'plain';
  }

  /** Numbers that are certainly in the wrong places are no values; that they came is told all the same. */
  #publishShifted(sink: DecodeSink): void {
    const context = this.#context(shiftedFlags);
    for (const metric of ['etco2', 'fico2', 'resp-rate', 'spo2', 'pulse-rate'] as const) {
      sink.reading(absentReading(metric, 'invalid', context));
    }
  }

  #publishCo2(body: Uint8Array, fastStatus: number, isDoubtful: boolean, sink: DecodeSink): void {
    const alarms = body[at.co2Alarms] as number;
    const extendedStatus = body[at.extendedStatus] as number;
    const ofLine = absenceOfLine(fastStatus, extendedStatus);
    const quality: Quality = isDoubtful || isCo2Doubtful(extendedStatus) ? 'questionable' : 'good';
    const base = joined(fastFlags[fastStatus], extendedFlags[extendedStatus], slowFlags[body[at.slowStatus] as number], doubt(isDoubtful));
    const reasonOf = (raw: number): AbsentReason | null =>
      raw === noValue ? absenceOfMissingCo2(alarms, fastStatus, extendedStatus) : ofLine;
    this.#publishGas('etco2', body[at.etco2] as number, reasonOf, quality, joined(etco2Flags[alarms], base), sink);
    this.#publishGas('fico2', body[at.fico2] as number, reasonOf, quality, joined(fico2Flags[alarms], base), sink);
    const rate = body[at.respRate] as number;
    const absent = reasonOf(rate);
    const context = this.#context(joined(respRateFlags[alarms], base));
    if (absent !== null) sink.reading(absentReading('resp-rate', absent, context));
    else sink.reading(statedReading('resp-rate', rate, quality, context));
  }

  #publishGas(
    metric: 'etco2' | 'fico2',
    raw: number,
    reasonOf: (raw: number) => AbsentReason | null,
    quality: Quality,
    flags: readonly string[],
    sink: DecodeSink,
  ): void {
    const absent = reasonOf(raw);
    const context = this.#context(flags);
    if (absent !== null) sink.reading(absentReading(metric, absent, context));
    else if (this.#unit === 'mmHg') sink.reading(statedReading(metric, raw, quality, context));
    else if (this.#unit === 'kPa') sink.reading(statedReading(metric, Math.round(raw * mmHgPerKPa) / 10, quality, context));
    // A share of the gas becomes a pressure only with the pressure of the air, which this monitor does not state.
    else sink.reading(vendorReading(`x:capnostream:${metric}`, raw / 10, '%', quality, context));
  }

  #publishOximetry(body: Uint8Array, isDoubtful: boolean, sink: DecodeSink): void {
    const alarms = body[at.spo2Alarms] as number;
    const ofProbe = absenceOfProbe(alarms);
    const quality: Quality = isDoubtful ? 'questionable' : 'good';
    const extendedStatus = body[at.extendedStatus] as number;
    const base = joined(lowBatteryFlags[extendedStatus], slowFlags[body[at.slowStatus] as number], doubt(isDoubtful));
    this.#publishOne('spo2', body[at.spo2] as number, ofProbe, quality, joined(spo2Flags[alarms], base), sink);
    this.#publishOne('pulse-rate', body[at.pulseRate] as number, ofProbe, quality, joined(pulseFlags[alarms], base), sink);
  }

  #publishOne(
    metric: 'spo2' | 'pulse-rate',
    raw: number,
    ofProbe: AbsentReason | null,
    quality: Quality,
    flags: readonly string[],
    sink: DecodeSink,
  ): void {
    const context = this.#context(flags);
    if (ofProbe !== null || raw === noValue) sink.reading(absentReading(metric, ofProbe ?? 'invalid', context));
    else sink.reading(statedReading(metric, raw, quality, context));
  }

  #context(flags: readonly string[]): ReadingContext {
    return flags.length === 0 ? this.#plain : { flags, deviceTime: this.#plain.deviceTime };
  }

  /** The monitor's own local time, counted as if it were UTC: so its ISO form is what stands on its screen. */
  #readTime(body: Uint8Array): void {
    const word = (offset: number): number => body[at.seconds + offset] as number;
    const second = ((word(0) << 24) | (word(1) << 16) | (word(2) << 8) | word(3)) >>> 0;
    if (second === this.#deviceSecond) return;
    this.#deviceSecond = second;
    this.#plain = { flags: noFlags, deviceTime: second === 0 || second === neverSet ? null : this.#isoOf(second) };
  }

  #isoOf(second: number): string {
    const minute = Math.floor(second / 60);
    if (minute !== this.#deviceMinute) {
      this.#deviceMinute = minute;
      this.#minuteText = isoOfCalendarMs(minute * 60_000).slice(0, -2);
    }
    return this.#minuteText + (secondTexts[second - minute * 60] ?? '');
  }
}

const secondTexts = Array.from({ length: 60 }, (_, second) => String(second).padStart(2, '0'));
const noFlags: readonly string[] = [];
const shiftedFlags: readonly string[] = ['shifted-message'];
const doubtfulFlags: readonly string[] = ['doubtful-message'];

function doubt(isDoubtful: boolean): readonly string[] {
  return isDoubtful ? doubtfulFlags : noFlags;
}

/** One list of all. Most are empty, each second, so that most often nothing is made. */
function joined(
  first: readonly string[] | undefined,
  second: readonly string[] | undefined,
  third: readonly string[] = noFlags,
  fourth: readonly string[] = noFlags,
): readonly string[] {
  return both(both(first ?? noFlags, second ?? noFlags), both(third, fourth));
}

function both(first: readonly string[], second: readonly string[]): readonly string[] {
  if (second.length === 0) return first;
  return first.length === 0 ? second : [...first, ...second];
}
