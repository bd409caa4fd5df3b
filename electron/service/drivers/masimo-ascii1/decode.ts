import type { MetricId, VendorMetricId } from '../../../../shared/clinical/metric.ts';
import type { AbsentReason, Quality, Reading } from '../../../../shared/clinical/reading.ts';
import type { Decoder, DecodeSink } from '../driver.ts';
import { createFramer, type FrameHandler } from '../framing.ts';
import { absentReading, isMetricId, statedReading, vendorReading, type ReadingContext } from '../stated-reading.ts';
import { createMasimoScanner, isNotAvailable, type MasimoLine } from './frame.ts';
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

  function handlerOf(sink: DecodeSink): FrameHandler {
    return {
      frame(_bytes, _start, length) {
        sink.frame(length);
        const line = scanner.line();
        if (line !== null) publishLine(line, (reading) => sink.reading(reading));
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

/** Quantities that have no id of ours yet, with the unit Masimo prints or documents. Unknown numeric keys are kept with `1` or `%`. */
const vendorUnits: Readonly<Record<string, string>> = {
  SPCO: '%',
  SPMET: '%',
  SPHB: 'g/dL',
  SPOC: 'mL/dL',
  DESAT: '1',
  PIDELTA: '1',
  PVI: '%',
};
/** Not measurements: the serial number, reserved fields, and a second exception word of unknown meaning. */
const otherKeys = new Set(['SN', 'RESVD', 'EXC1']);
const keyForm = /^[A-Z][A-Z0-9]{1,11}$/;
const numberForm = /^[+-]?\d{1,4}(?:\.\d{1,3})?%?$/;

interface LineStatus {
  readonly absent: AbsentReason | null;
  readonly quality: Quality;
  readonly exception: number;
  readonly alarm: number;
  readonly flags: readonly string[];
  readonly deviceTime: string | null;
}

/**
 * The readings of one line, in the order SpO2, pulse rate, then the others as sent.
 * Validity comes from the EXC bits: with the sensor off the monitor still prints digits, and they are no measurement.
 */
function publishLine(line: MasimoLine, publish: (reading: Reading) => void): void {
  const status = statusOf(line);
  publish(readingOf('spo2', line.spo2, status));
  publish(readingOf('pulse-rate', line.pulseRate, status));
  for (const [key, text] of line.others) {
    if (otherKeys.has(key) || !keyForm.test(key)) continue;
    const value = isNotAvailable(text) ? null : numberForm.test(text) ? Number.parseFloat(text) : undefined;
    if (value === undefined) continue;
    if (key === 'PI') publish(readingOf('perfusion-index', value, status));
    else publish(readingOf(`x:masimo-ascii1:${key.toLowerCase()}`, value, status, vendorUnits[key] ?? (text.endsWith('%') ? '%' : '1')));
  }
}

function statusOf(line: MasimoLine): LineStatus {
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

function readingOf(metric: MetricId | VendorMetricId, value: number | null, status: LineStatus, unit = '1'): Reading {
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
