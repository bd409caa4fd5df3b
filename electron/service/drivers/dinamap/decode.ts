import type { MetricId } from '../../../../shared/clinical/metric.ts';
import { isMeasured, type Reading } from '../../../../shared/clinical/reading.ts';
import type { Decoder, DecodeSink } from '../driver.ts';
import { asciiText, createFramer, type FrameHandler } from '../framing.ts';
import { absentReading, noContext, statedReading, type ReadingContext } from '../stated-reading.ts';
import { checksumHolds, createDinamapScanner, type MessageCheck } from './frame.ts';

/** `holds` is an argument so that a test can show what happens without the checksum. */
export function createDinamapDecoder(holds: MessageCheck = checksumHolds): Decoder {
  const framer = createFramer(createDinamapScanner(holds));
  let last: PressureReply | null = null;

  function publish(message: string, sink: DecodeSink): void {
    const emit = (reading: Reading): void => sink.reading(reading);
    const echo = message.slice(1, 3);
    if (echo === 'OA') return emit(streamReading('spo2', message, ['1']));
    // Status 2 has been seen with a valid pulse.
    if (echo === 'RA') return emit(streamReading('pulse-rate', message, ['1', '2']));
    const reply = parsePressures(message);
    if (isNewDetermination(last, reply)) pressureReadings(reply, last === null).forEach(emit);
    else sink.unread?.('repeated');
    last = reply;
  }

  function handlerOf(sink: DecodeSink): FrameHandler {
    return {
      frame(bytes, start, length) {
        sink.frame(length);
        let from = start;
        while (bytes[from] !== 0x20) from++;
        publish(asciiText(bytes, from, start + length - 1), sink);
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

/** Status at 3, three digits at 4. */
function streamReading(metric: 'spo2' | 'pulse-rate', message: string, validStatus: readonly string[]): Reading {
  const status = message.slice(3, 4);
  if (!validStatus.includes(status)) return absentReading(metric, 'unavailable', statusContext(status));
  const value = threeDigits(message.slice(4, 7));
  return value === null ? absentReading(metric, 'unavailable', noContext) : statedReading(metric, value, 'good', noContext);
}

function threeDigits(text: string): number | null {
  return /^\d{3}$/.test(text) ? Number(text) : null;
}

function statusContext(status: string): ReadingContext {
  return { flags: [/^[0-9A-Za-z]$/.test(status) ? `status-${status}` : 'status-unknown'], deviceTime: null };
}

/** Offsets from the leading space: status 3, two characters of unknown meaning 4–5, time counter 6–9, then three pressures of three digits. */
interface PressureReply {
  readonly status: string;
  /** Counts up since the determination (in seconds, by what others report); null where it is no number. */
  readonly counter: number | null;
  readonly pressures: string;
}

const counterMax = 9999;
/** A first reply with an older counter than this tells of a cuff that ran before Vigil listened, perhaps on someone else. */
const earlierCounter = 120;

function parsePressures(message: string): PressureReply {
  const counter = message.slice(6, 10);
  return { status: message.slice(3, 4), counter: /^\d{4}$/.test(counter) ? Number(counter) : null, pressures: message.slice(10, 19) };
}

/**
 * The monitor repeats its last determination at every poll while the counter runs on. A new one shows by the counter starting again, by
 * other pressures, or by another status.
 */
function isNewDetermination(last: PressureReply | null, reply: PressureReply): boolean {
  if (last === null || last.status !== reply.status) return true;
  if (reply.status !== '1') return false;
  if (last.pressures !== reply.pressures) return true;
  if (last.counter === null || reply.counter === null) return false;
  // A counter that ran over its end is not a cuff that ran.
  return reply.counter < last.counter && last.counter < counterMax - 60;
}

const pressureMetrics = ['nibp-sys', 'nibp-dia', 'nibp-mean'] as const;

/** Systolic, diastolic and mean of one determination, each a number or the reason why not. */
function pressureReadings(reply: PressureReply, isFirst: boolean): Reading[] {
  if (reply.status !== '1') {
    return pressureMetrics.map((metric) => absentReading(metric, 'unavailable', statusContext(reply.status)));
  }
  const isEarlier = isFirst && reply.counter !== null && reply.counter > earlierCounter;
  const context: ReadingContext = isEarlier ? { flags: ['earlier-determination'], deviceTime: null } : noContext;
  const readings = pressureMetrics.map((metric, index) => {
    const value = threeDigits(reply.pressures.slice(3 * index, 3 * index + 3));
    if (value === null) return absentReading(metric, 'unavailable', context);
    return statedReading(metric, value, isEarlier ? 'questionable' : 'good', context);
  });
  return plausiblePressures(readings, context);
}

/** A systolic that is not above the diastolic condemns all three; a mean outside the two condemns the mean. */
function plausiblePressures(readings: Reading[], context: ReadingContext): Reading[] {
  const [sys, dia, mean] = readings.map((reading) => (isMeasured(reading) ? reading.value : null));
  const invalid = (metric: MetricId, flag: string): Reading =>
    absentReading(metric, 'invalid', { ...context, flags: [...context.flags, flag] });
  const isNumber = (value: number | null | undefined): value is number => value !== null && value !== undefined;
  if (isNumber(sys) && isNumber(dia) && sys <= dia) return pressureMetrics.map((metric) => invalid(metric, 'sys-not-above-dia'));
  const meanOutside = isNumber(mean) && ((isNumber(sys) && mean > sys) || (isNumber(dia) && mean < dia));
  return readings.map((reading) => (meanOutside && reading.metric === 'nibp-mean' ? invalid('nibp-mean', 'mean-outside') : reading));
}
