import { isMeasured, type AbsentReason, type Reading } from '../../../../shared/clinical/reading.ts';
import type { Decoder, DecodeSink } from '../driver.ts';
import { createFramer, type FrameHandler } from '../framing.ts';
import { absentReading, statedReading, type ReadingContext } from '../stated-reading.ts';
import { createNoninScanner, type FrameCheck, type NoninFormat } from './frame.ts';
import { framesPerPacket, missingHeartRate, missingSpo2, PacketCollector, status, type PacketEnd, type PacketFields } from './packet.ts';

const samplePeriodMs = 1000 / 75;

/**
 * Readings once per packet (3 a second), when the next SYNC or the end proves the packet; pleth as waves of at most 25 samples without a
 * hole. `isFrame` is an argument so that a test can show what happens without the checksum.
 */
export function createNoninDecoder(format: NoninFormat, isFrame?: FrameCheck): Decoder {
  const framer = createFramer(createNoninScanner(format, isFrame));
  const packet = new PacketCollector();
  let samples: (number | null)[] = [];

  function flushWave(sink: DecodeSink): void {
    if (samples.length === 0) return;
    sink.wave({ metric: 'pleth', unit: '1', periodMs: samplePeriodMs, samples });
    samples = [];
  }

  function finish(end: PacketEnd, sink: DecodeSink): void {
    flushWave(sink);
    if (packet.open) publishPacket(packet.finish(end), sink);
  }

  function frame(bytes: Uint8Array, start: number, length: number, sink: DecodeSink): void {
    const statusByte = bytes[format === 2 ? start + 1 : start] as number;
    const pleth = format === 2 ? (bytes[start + 2] as number) : ((bytes[start + 1] as number) << 8) | (bytes[start + 2] as number);
    const isSync = (statusByte & status.sync) !== 0;
    if (isSync) {
      finish('sync', sink);
      packet.start();
    }
    sink.frame(length);
    samples.push((statusByte & (status.sensorAlarm | status.sensorDisconnect)) === 0 ? pleth : null);
    if (samples.length === framesPerPacket) flushWave(sink);
    if (!packet.open) return;
    packet.add(statusByte, pleth, bytes[start + 3] as number);
    if (packet.overlong) finish('lost-sync', sink);
  }

  function gap(bytes: number, sink: DecodeSink): void {
    flushWave(sink);
    if (!packet.open) return;
    if (packet.complete) return finish('lost-sync', sink);
    packet.gap(bytes);
    if (packet.overlong) finish('lost-sync', sink);
  }

  function handlerOf(sink: DecodeSink): FrameHandler {
    return {
      frame: (bytes, start, length) => frame(bytes, start, length, sink),
      discarded(bytes, reason) {
        gap(bytes, sink);
        sink.discarded(bytes, reason);
      },
      padding: (bytes) => sink.padding?.(bytes),
    };
  }

  return {
    push: (chunk, sink) => framer.push(chunk, handlerOf(sink)),
    end(sink) {
      framer.end(handlerOf(sink));
      finish('stream-end', sink);
    },
  };
}

function publishPacket(fields: PacketFields, sink: DecodeSink): void {
  const context: ReadingContext = { flags: flagsOf(fields), deviceTime: null };
  const pulseRate = readingOf('pulse-rate', fields.heartRate, fields.heartRateDisplay, missingHeartRate, fields, context);
  const spo2 = readingOf('spo2', fields.spo2, fields.spo2Display, missingSpo2, fields, context);
  if (pulseRate !== null) sink.reading(pulseRate);
  if (spo2 !== null) sink.reading(spo2);
}

/**
 * The display value is the one for the chart, but it is held for ten seconds after the finger has left: it counts only with the sensor on
 * and while the recording value stands. A value neither of whose frames arrived says nothing: null.
 */
function readingOf(
  metric: 'pulse-rate' | 'spo2',
  recording: number | null,
  display: number | null,
  missing: number,
  { statusBits, redPerfusion, whole }: PacketFields,
  context: ReadingContext,
): Reading | null {
  const value = display ?? recording;
  if (value === null) return null;
  const reason = absenceOf(statusBits, value === missing || recording === missing, redPerfusion);
  if (reason !== null) return absentReading(metric, reason, context);
  const isDoubtful = (statusBits & (status.outOfTrack | status.sensorDisconnect)) !== 0;
  const reading = statedReading(metric, value, isDoubtful ? 'questionable' : 'good', context);
  return whole || isMeasured(reading) ? reading : null;
}

/** The sensor alarm makes every value absent; the other bits only explain a missing one. */
function absenceOf(statusBits: number, isMissing: boolean, redPerfusion: boolean): AbsentReason | null {
  if ((statusBits & status.sensorAlarm) !== 0) return 'sensor-off';
  if (!isMissing) return null;
  if ((statusBits & status.sensorDisconnect) !== 0) return 'no-sensor';
  if ((statusBits & status.outOfTrack) !== 0) return 'searching';
  if ((statusBits & status.artifact) !== 0) return 'motion';
  return redPerfusion ? 'low-perfusion' : 'unavailable';
}

function flagsOf({ statusBits, status2, redPerfusion }: PacketFields): string[] {
  const flags: string[] = [];
  if ((statusBits & status.artifact) !== 0) flags.push('motion');
  if ((statusBits & status.outOfTrack) !== 0) flags.push('out-of-track');
  if (redPerfusion) flags.push('low-perfusion');
  // Defined on the OEM III, reserved on the 9560: it never rejects a number by itself.
  if ((statusBits & status.sensorDisconnect) !== 0) flags.push('sensor-disconnect');
  if (status2 !== null && (status2 & 0x01) !== 0) flags.push('low-battery');
  return flags;
}
