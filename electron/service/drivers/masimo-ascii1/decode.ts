import type { MetricId, VendorMetricId } from '../../../../shared/clinical/metric.ts';
import { isMeasured, type AbsentReason, type Quality, type Reading } from '../../../../shared/clinical/reading.ts';
import type { Decoder, DecodeSink } from '../driver.ts';
import { createFramer, type FrameHandler } from '../framing.ts';
import { inMetricUnit } from '../metric-unit.ts';
import { absentReading, isMetricId, statedReading, vendorReading, type ReadingContext } from '../stated-reading.ts';
import { Determination } from './determination.ts';
import { createMasimoScanner, isNotAvailable, type MasimoLine } from './frame.ts';
import { isMeasurement, keyOf, numberOf, type Part } from './keys.ts';
import {
  absenceOfExceptions,
  flagsOfAlarm,
  namesOfExceptions,
  questionableExceptions,
  spcoDoubtful,
  spmetDoubtful,
} from './status-bits.ts';

export function createMasimoDecoder(): Decoder {
  const scanner = createMasimoScanner();
  const framer = createFramer(scanner);
  const lines = new LineReader();

  function handlerOf(sink: DecodeSink): FrameHandler {
    return {
      frame(_bytes, _start, length) {
        sink.frame(length);
        const line = scanner.line();
        if (line !== null) lines.publish(line, sink);
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

/** What goes with every value of one part. */
interface PartStatus {
  readonly absent: AbsentReason | null;
  readonly quality: Quality;
  readonly exception: number;
  readonly alarm: number;
  readonly flags: readonly string[];
  readonly deviceTime: string | null;
}

/** Parts that measure at times and are printed with every line. */
const spots = ['nibp', 'temp'] as const;

/** The readings of lines. Remembers which determinations were told. */
class LineReader {
  readonly #determinations = { nibp: new Determination(), temp: new Determination() };

  /**
   * In the order SpO2, pulse rate, then the others as sent; a pressure and a temperature last, once each.
   * Validity of the oximeter's comes from the EXC bits: with the sensor off the monitor still prints digits, and they are no measurement.
   */
  publish(line: MasimoLine, sink: DecodeSink): void {
    const statusOfPart = statusesOf(line);
    const oximeter = statusOfPart('oximeter');
    sink.reading(readingOf('spo2', line.spo2, '%', oximeter));
    sink.reading(readingOf('pulse-rate', line.pulseRate, '/min', oximeter));
    const determined: Record<(typeof spots)[number], { reading: Reading; text: string }[]> = { nibp: [], temp: [] };
    for (const [key, text] of line.others) {
      if (!isMeasurement(key)) continue;
      const printed = isNotAvailable(text) ? null : numberOf(text);
      if (printed === null && !isNotAvailable(text)) {
        sink.unread?.('not-a-number', key);
        continue;
      }
      const { part, metric, vendor, unit } = keyOf(key, printed?.isWhole ?? true);
      const status = statusOfPart(part);
      const stated = printed?.unit ?? unit;
      const converted = metric === null || printed === null || stated === null ? null : inMetricUnit(metric, printed.value, stated);
      const own = metric !== null && (printed === null || converted !== null) ? metric : vendor;
      const reading = readingOf(own, converted ?? printed?.value ?? null, stated ?? '1', status);
      if (part === 'nibp' || part === 'temp') determined[part].push({ reading, text });
      else sink.reading(reading);
    }
    for (const part of spots) this.#publishDetermination(part, determined[part], line, sink);
  }

  #publishDetermination(
    part: 'nibp' | 'temp',
    values: readonly { reading: Reading; text: string }[],
    line: MasimoLine,
    sink: DecodeSink,
  ): void {
    if (values.length === 0) return;
    const madeAt = line.others.find(([key]) => key === `${part}MEASTIME`)?.[1] ?? '';
    const isAny = values.some(({ reading }) => isMeasured(reading));
    const stated = values.map(({ reading, text }) => `${text}${isMeasured(reading) ? '' : reading.absent}`).join(' ');
    const news = this.#determinations[part].take(stated, isAny, isNotAvailable(madeAt) ? '' : madeAt, line.stamp);
    if (news === 'repeated') return;
    for (const { reading } of values) sink.reading(news === 'earlier' ? asEarlier(reading) : reading);
  }
}

function asEarlier(reading: Reading): Reading {
  const flags = [...(reading.flags ?? []), 'earlier-determination'];
  return isMeasured(reading) ? { ...reading, quality: 'questionable', flags } : { ...reading, flags };
}

function statusesOf(line: MasimoLine): (part: Part) => PartStatus {
  const oximeter = oximeterStatus(line);
  return (part) => (part === 'oximeter' ? oximeter : dockedStatus(line, part, oximeter.deviceTime));
}

function oximeterStatus(line: MasimoLine): PartStatus {
  const exception = line.exception ?? 0;
  const absent = absenceOfExceptions(exception);
  // Without EXC nobody knows whether the digits are held: the numbers stay, marked.
  const doubtful = line.exception === null || (exception & questionableExceptions) !== 0;
  const flags = exception === 0 || exception === 0x800 ? [] : namesOfExceptions(exception);
  return {
    absent,
    quality: doubtful ? 'questionable' : 'good',
    exception,
    alarm: line.alarm ?? 0,
    // The reason says it already, and "set running" is how a healthy monitor looks.
    flags: (line.exception === null ? ['no-status'] : flags).filter((flag) => flag !== 'set-running' && flag !== absent),
    deviceTime: deviceTimeOf(line.stamp),
  };
}

const zeros = /^0+$/;

/** The bits of the other exception words are not published: a value beside one that is not zero stays, marked. */
function dockedStatus(line: MasimoLine, part: Part, deviceTime: string | null): PartStatus {
  const word = line.others.find(([key]) => key === `${part}EXC`)?.[1];
  const isClear = word !== undefined && (zeros.test(word) || isNotAvailable(word));
  const flags = isClear ? [] : [word === undefined ? 'no-status' : 'exception'];
  return { absent: null, quality: isClear ? 'good' : 'questionable', exception: 0, alarm: 0, flags, deviceTime };
}

function readingOf(metric: MetricId | VendorMetricId, value: number | null, unit: string, status: PartStatus): Reading {
  const alarmFlags = flagsOfAlarm(metric, status.alarm);
  const flags = alarmFlags.length === 0 ? status.flags : [...alarmFlags, ...status.flags];
  const context: ReadingContext = { flags, deviceTime: status.deviceTime };
  if (status.absent !== null) return absentReading(metric, status.absent, context);
  if (value === null) return absentReading(metric, 'unavailable', context);
  if (isMetricId(metric)) return statedReading(metric, value, status.quality, context);
  return vendorReading(metric, value, unit, isDoubtful(metric, status.exception) ? 'questionable' : status.quality, context);
}

function isDoubtful(metric: VendorMetricId, exception: number): boolean {
  if (metric === 'x:masimo-ascii1:spco') return (exception & spcoDoubtful) !== 0;
  return metric === 'x:masimo-ascii1:spmet' && (exception & spmetDoubtful) !== 0;
}

/** `MM/DD/YY HH:MM:SS` → ISO without zone; null where it is no moment (a clock that was never set). The century is assumed. */
export function deviceTimeOf(stamp: string): string | null {
  const month = Number(stamp.slice(0, 2));
  const day = Number(stamp.slice(3, 5));
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  if (Number(stamp.slice(9, 11)) > 23 || Number(stamp.slice(12, 14)) > 59 || Number(stamp.slice(15, 17)) > 59) return null;
  return `20${stamp.slice(6, 8)}-${stamp.slice(0, 2)}-${stamp.slice(3, 5)}T${stamp.slice(9)}`;
}
