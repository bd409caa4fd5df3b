import type { AbsentReason, Quality } from '../../../../shared/clinical/reading.ts';
import { assertNever } from '../../../../shared/values/assert-never.ts';
import { createDeviceTimes } from '../device-times.ts';
import type { Decoder, DecodeSink } from '../driver.ts';
import { asciiText, createFramer, type FrameHandler } from '../framing.ts';
import { absentReading, statedReading, vendorReading, type ReadingContext } from '../stated-reading.ts';
import { createNellcorScanner, type NellcorLine } from './frame.ts';
import { minuteBytes, minuteOf } from './stamp.ts';
import { absenceOfCodes, flagsOfCodes, status } from './status-codes.ts';

interface Range {
  readonly low: number;
  readonly high: number;
}

/** The monitor's own alarm limits, as its heading states them; null until it has. */
interface Limits {
  readonly spo2: Range | null;
  readonly pulseRate: Range | null;
}

const noLimits: Limits = { spo2: null, pulseRate: null };

/** Which way a value is outside the monitor's limits: by the codes, else by the heading's limits, else only that it is. */
const outside = { no: 0, low: 1, high: 2, both: 3, somehow: 4 } as const;
const outsideFlags: readonly (readonly string[])[] = [[], ['low-limit'], ['high-limit'], ['high-limit', 'low-limit'], ['out-of-limits']];

const flagSetsMax = 512;

/**
 * Readings of SpO2, pulse rate and pulse amplitude from every data line. The headings are frames that carry none; the lines of a trend
 * printout carry none either, because they tell of the past.
 */
export function createNellcorDecoder(): Decoder {
  const scanner = createNellcorScanner();
  const framer = createFramer(scanner);
  const deviceTimes = createDeviceTimes(minuteBytes, minuteOf);
  const flagSets = new Map<number, readonly string[]>();
  let limits = noLimits;
  let isTrend = false;

  /** The flags of a value, made once for each combination of codes. */
  function flagsOf(line: Readonly<NellcorLine>, way: number, absent: AbsentReason | null): readonly string[] {
    if (line.codes === 0 && way === outside.no && line.unknownCodes.length === 0) return outsideFlags[0] as readonly string[];
    const key = line.codes * 8 + way;
    let flags = flagSets.get(key);
    if (flags === undefined) {
      flags = [...(outsideFlags[way] ?? []), ...flagsOfCodes(line.codes, absent)];
      if (flagSets.size < flagSetsMax) flagSets.set(key, flags);
    }
    return line.unknownCodes.length === 0 ? flags : [...flags, ...line.unknownCodes.map((code) => `status-${code.toLowerCase()}`)];
  }

  function publishData(bytes: Uint8Array, line: Readonly<NellcorLine>, sink: DecodeSink): void {
    const absent = absenceOfCodes(line.codes);
    // A code that nobody has named may be the one that says that the digits are held. Motion leaves the number and marks it, as on a Masimo.
    const isDoubtful = line.unknownCodes.length > 0 || (line.codes & (status.interference | status.motion)) !== 0;
    const quality: Quality = isDoubtful ? 'questionable' : 'good';
    const deviceTime = deviceTimes.at(bytes, line.textStart);
    const spo2Way = wayOutside(line.codes, status.saturationLow, status.saturationHigh, line.spo2Starred, line.spo2, limits.spo2);
    const pulseWay = wayOutside(line.codes, status.pulseLow, status.pulseHigh, line.pulseRateStarred, line.pulseRate, limits.pulseRate);
    publishValue('spo2', line.spo2, absent, quality, { flags: flagsOf(line, spo2Way, absent), deviceTime }, sink);
    publishValue('pulse-rate', line.pulseRate, absent, quality, { flags: flagsOf(line, pulseWay, absent), deviceTime }, sink);
    publishValue(amplitude, line.pulseAmplitude, absent, quality, { flags: flagsOf(line, outside.no, absent), deviceTime }, sink);
  }

  function publish(bytes: Uint8Array, sink: DecodeSink): void {
    const line = scanner.line();
    switch (line.kind) {
      case 'data':
        if (isTrend) sink.unread?.('past-values');
        else publishData(bytes, line, sink);
        return;
      case 'limits':
        isTrend = false;
        limits = limitsOf(asciiText(bytes, line.textStart, line.textEnd));
        break;
      case 'trend':
        isTrend = true;
        break;
      case 'trend-end':
        isTrend = false;
        break;
      case 'heading':
        break;
      default:
        assertNever(line.kind);
    }
    sink.unread?.('heading');
  }

  function handlerOf(sink: DecodeSink): FrameHandler {
    return {
      frame(bytes, _start, length) {
        sink.frame(length);
        publish(bytes, sink);
      },
      discarded: (bytes, reason) => sink.discarded(bytes, reason),
      padding: (bytes) => sink.padding?.(bytes),
    };
  }

  return {
    push: (chunk, sink) => framer.push(chunk, handlerOf(sink)),
    end: (sink) => framer.end(handlerOf(sink)),
  };
}

/** Nellcor's pulse amplitude has no unit and is no perfusion index: kept under its own name. */
const amplitude = 'x:nellcor-n560:pa';

function publishValue(
  metric: 'spo2' | 'pulse-rate' | typeof amplitude,
  value: number | null,
  absent: AbsentReason | null,
  quality: Quality,
  context: ReadingContext,
  sink: DecodeSink,
): void {
  if (absent !== null) sink.reading(absentReading(metric, absent, context));
  else if (value === null) sink.reading(absentReading(metric, 'unavailable', context));
  else if (metric === amplitude) sink.reading(vendorReading(metric, value, '1', quality, context));
  else sink.reading(statedReading(metric, value, quality, context));
}

function wayOutside(codes: number, lowBit: number, highBit: number, starred: boolean, value: number | null, range: Range | null): number {
  const byCode = ((codes & lowBit) === 0 ? 0 : outside.low) | ((codes & highBit) === 0 ? 0 : outside.high);
  if (byCode !== 0 || !starred) return byCode;
  if (value === null || range === null) return outside.somehow;
  if (value < range.low) return outside.low;
  return value > range.high ? outside.high : outside.somehow;
}

const spo2Limits = /SpO2 Limit: *(\d{1,3})- *(\d{1,3})%/i;
const pulseLimits = /PR Limit: *(\d{1,3})- *(\d{1,3})BPM/i;

/** The heading has no checksum either, so its limits only say which way a starred value is outside. */
function limitsOf(text: string): Limits {
  return { spo2: rangeOf(spo2Limits.exec(text)), pulseRate: rangeOf(pulseLimits.exec(text)) };
}

function rangeOf(match: RegExpExecArray | null): Range | null {
  return match === null ? null : { low: Number(match[1]), high: Number(match[2]) };
}
