import type { AbsentReason, Quality } from '../../../../shared/clinical/reading.ts';
import type { DecodeSink } from '../driver.ts';
import { isoOfCalendarMs } from '../device-calendar.ts';
import { absentReading, noContext, statedReading, vendorReading, type ReadingContext } from '../stated-reading.ts';
import { payloadAt, type Message } from './message.ts';
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

/** Offsets in a message. */
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
  isAllowed(message: Message): boolean {
    return this.#judge(message) !== 'malformed';
  }

  /** `fastStatus`: of the last sample of the curve since the last numerics; 0 where none came. */
  publish(message: Message, fastStatus: number, sink: DecodeSink): void {
    const judgement = this.#judge(message);
    this.#readTime(message);
    if (judgement === 'shifted') return this.#publishShifted(sink);
    if (judgement === 'plain') this.#remember(message);
    this.#unit = co2Units[message.at(at.units)] ?? null;
    this.#publishCo2(message, fastStatus, judgement === 'doubtful', sink);
    this.#publishOximetry(message, judgement === 'doubtful', sink);
    const seconds = message.at(at.noBreathSeconds);
    if (seconds === 0 || seconds === noValue) return;
    sink.reading(vendorReading('x:capnostream:no-breath-time', seconds, 's', 'good', this.#context(noFlags)));
  }

  #judge(message: Message): Judgement {
    const last = this.#last;
    const spo2 = message.at(at.spo2);
    const hasRateForSpo2 = spo2 === last[2] && spo2 !== noValue && spo2 !== last[3];
    const isShifted =
      hasRateForSpo2 && message.at(at.fico2) === last[0] && message.at(at.respRate) === last[1] && message.at(at.pulseRate) === last[3];
    if (isShifted) return 'shifted';
    if (co2Units[message.at(at.units)] === undefined) return 'malformed';
    return hasRateForSpo2 ? 'doubtful' : 'plain';
  }

  /** The five values stand one behind the other. */
  #remember(message: Message): void {
    for (let index = 0; index < this.#last.length; index++) this.#last[index] = message.at(at.etco2 + index);
  }

  /** Numbers that are certainly in the wrong places are no values; that they came is told all the same. */
  #publishShifted(sink: DecodeSink): void {
    const context = this.#context(shiftedFlags);
    for (const metric of ['etco2', 'fico2', 'resp-rate', 'spo2', 'pulse-rate'] as const) {
      sink.reading(absentReading(metric, 'invalid', context));
    }
  }

  #publishCo2(message: Message, fastStatus: number, isDoubtful: boolean, sink: DecodeSink): void {
    const alarms = message.at(at.co2Alarms);
    const extendedStatus = message.at(at.extendedStatus);
    const ofLine = absenceOfLine(fastStatus, extendedStatus);
    const quality: Quality = isDoubtful || isCo2Doubtful(extendedStatus) ? 'questionable' : 'good';
    const base = joined(fastFlags[fastStatus], extendedFlags[extendedStatus], slowFlags[message.at(at.slowStatus)], doubt(isDoubtful));
    const reasonOf = (raw: number): AbsentReason | null =>
      raw === noValue ? absenceOfMissingCo2(alarms, fastStatus, extendedStatus) : ofLine;
    this.#publishGas('etco2', message.at(at.etco2), reasonOf, quality, joined(etco2Flags[alarms], base), sink);
    this.#publishGas('fico2', message.at(at.fico2), reasonOf, quality, joined(fico2Flags[alarms], base), sink);
    const rate = message.at(at.respRate);
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

  #publishOximetry(message: Message, isDoubtful: boolean, sink: DecodeSink): void {
    const alarms = message.at(at.spo2Alarms);
    const ofProbe = absenceOfProbe(alarms);
    const quality: Quality = isDoubtful ? 'questionable' : 'good';
    const extendedStatus = message.at(at.extendedStatus);
    const base = joined(lowBatteryFlags[extendedStatus], slowFlags[message.at(at.slowStatus)], doubt(isDoubtful));
    this.#publishOne('spo2', message.at(at.spo2), ofProbe, quality, joined(spo2Flags[alarms], base), sink);
    this.#publishOne('pulse-rate', message.at(at.pulseRate), ofProbe, quality, joined(pulseFlags[alarms], base), sink);
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
  #readTime(message: Message): void {
    const word = (offset: number): number => message.at(at.seconds + offset);
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
