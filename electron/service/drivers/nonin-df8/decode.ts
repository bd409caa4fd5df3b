import type { AbsentReason, Reading } from '../../../../shared/clinical/reading.ts';
import type { Decoder, DecodeSink } from '../driver.ts';
import { createFramer, type FrameHandler } from '../framing.ts';
import { absentReading, statedReading, type ReadingContext } from '../stated-reading.ts';
import { createNoninDf8Scanner, heartRateAt, missingHeartRate, missingSpo2, sensorAlarmBit, spo2At } from './frame.ts';

const status = { sensorDisconnect: 0x40, outOfTrack: 0x20, lowPerfusion: 0x10, mediumPerfusion: 0x08, artifact: 0x04 } as const;
const lowBatteryBit = 0x01;

/** Pulse rate and SpO2 of every group. */
export function createNoninDf8Decoder(): Decoder {
  const scanner = createNoninDf8Scanner();
  const framer = createFramer(scanner);
  /** Most seconds say what the second before said: its readings are told again. */
  let lastWord = -1;
  let lastConfirmed = true;
  let pulseRate: Reading | null = null;
  let spo2: Reading | null = null;

  function publish(bytes: Uint8Array, at: number, sink: DecodeSink): void {
    const word =
      ((bytes[at] as number) << 21) | ((bytes[at + 1] as number) << 14) | ((bytes[at + 2] as number) << 7) | (bytes[at + 3] as number);
    const isConfirmed = scanner.isConfirmed();
    if (word !== lastWord || isConfirmed !== lastConfirmed || pulseRate === null || spo2 === null) {
      const first = bytes[at] as number;
      const last = bytes[at + 3] as number;
      const context: ReadingContext = { flags: flagsOf(first, last, isConfirmed), deviceTime: null };
      const isDoubtful = !isConfirmed || (first & (status.outOfTrack | status.sensorDisconnect)) !== 0;
      pulseRate = readingOf('pulse-rate', heartRateAt(bytes, at), missingHeartRate, first, last, isDoubtful, context);
      spo2 = readingOf('spo2', spo2At(bytes, at), missingSpo2, first, last, isDoubtful, context);
      lastWord = word;
      lastConfirmed = isConfirmed;
    }
    sink.reading(pulseRate);
    sink.reading(spo2);
  }

  function handlerOf(sink: DecodeSink): FrameHandler {
    return {
      frame(bytes, start, length) {
        sink.frame(length);
        publish(bytes, start, sink);
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

function readingOf(
  metric: 'pulse-rate' | 'spo2',
  value: number,
  missing: number,
  first: number,
  last: number,
  isDoubtful: boolean,
  context: ReadingContext,
): Reading {
  const reason = absenceOf(first, last, value === missing);
  if (reason !== null) return absentReading(metric, reason, context);
  return statedReading(metric, value, isDoubtful ? 'questionable' : 'good', context);
}

/** The sensor alarm makes every value absent, held or not; the other bits only explain a missing one. */
function absenceOf(first: number, last: number, isMissing: boolean): AbsentReason | null {
  if ((last & sensorAlarmBit) !== 0) return 'sensor-off';
  if (!isMissing) return null;
  if ((first & status.sensorDisconnect) !== 0) return 'no-sensor';
  if ((first & status.outOfTrack) !== 0) return 'searching';
  if ((first & status.artifact) !== 0) return 'motion';
  return (first & status.lowPerfusion) !== 0 ? 'low-perfusion' : 'unavailable';
}

function flagsOf(first: number, last: number, isConfirmed: boolean): string[] {
  const flags: string[] = [];
  if ((first & status.artifact) !== 0) flags.push('motion');
  if ((first & status.outOfTrack) !== 0) flags.push('out-of-track');
  if ((first & status.lowPerfusion) !== 0) flags.push('low-perfusion');
  if ((first & status.mediumPerfusion) !== 0) flags.push('medium-perfusion');
  // Defined on the OEM III, not in every document: it never rejects a number by itself.
  if ((first & status.sensorDisconnect) !== 0) flags.push('sensor-disconnect');
  if ((last & lowBatteryBit) !== 0) flags.push('low-battery');
  if (!isConfirmed) flags.push('unconfirmed');
  return flags;
}
