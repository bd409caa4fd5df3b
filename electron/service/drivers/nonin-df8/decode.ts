import type { AbsentReason, Quality, Reading } from '../../../../shared/clinical/reading.ts';
import type { Decoder, DecodeSink } from '../driver.ts';
import { createFramer, type FrameHandler } from '../framing.ts';
import { absentReading, statedReading, type ReadingContext } from '../stated-reading.ts';
import { createNoninDf8Scanner, heartRateAt, missingHeartRate, missingSpo2, sensorAlarmBit, spo2At } from './frame.ts';

const status = { sensorDisconnect: 0x40, outOfTrack: 0x20, lowPerfusion: 0x10, mediumPerfusion: 0x08, artifact: 0x04 } as const;
const statusBits = 0x7c;
const lowBatteryBit = 0x01;

/** Pulse rate and SpO2 of every group. */
export function createNoninDf8Decoder(): Decoder {
  const scanner = createNoninDf8Scanner();
  const framer = createFramer(scanner);
  const pulseRate = new LastReading('pulse-rate', missingHeartRate);
  const spo2 = new LastReading('spo2', missingSpo2);
  let groupStatus = statusOf(0, 0, true);

  function publish(bytes: Uint8Array, at: number, sink: DecodeSink): void {
    const first = (bytes[at] as number) & statusBits;
    const last = (bytes[at + 3] as number) & (sensorAlarmBit | lowBatteryBit);
    const isConfirmed = scanner.isConfirmed();
    if (first !== groupStatus.first || last !== groupStatus.last || isConfirmed !== groupStatus.isConfirmed) {
      groupStatus = statusOf(first, last, isConfirmed);
    }
    sink.reading(pulseRate.of(heartRateAt(bytes, at), groupStatus));
    sink.reading(spo2.of(spo2At(bytes, at), groupStatus));
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

/** What a group says beside its two values. */
interface GroupStatus {
  /** Of the first byte and of the last one. */
  readonly first: number;
  readonly last: number;
  readonly isConfirmed: boolean;
  readonly quality: Quality;
  readonly context: ReadingContext;
}

function statusOf(first: number, last: number, isConfirmed: boolean): GroupStatus {
  const isDoubtful = !isConfirmed || (first & (status.outOfTrack | status.sensorDisconnect)) !== 0;
  const context = { flags: flagsOf(first, last, isConfirmed), deviceTime: null };
  return { first, last, isConfirmed, quality: isDoubtful ? 'questionable' : 'good', context };
}

/** Most seconds say what the second before said: its reading is told again. */
class LastReading {
  readonly #metric: 'pulse-rate' | 'spo2';
  readonly #missing: number;
  #value = 0;
  #status: GroupStatus | null = null;
  #reading: Reading | null = null;

  constructor(metric: 'pulse-rate' | 'spo2', missing: number) {
    this.#metric = metric;
    this.#missing = missing;
  }

  of(value: number, groupStatus: GroupStatus): Reading {
    if (this.#reading !== null && value === this.#value && groupStatus === this.#status) return this.#reading;
    this.#value = value;
    this.#status = groupStatus;
    this.#reading = readingOf(this.#metric, value, value === this.#missing, groupStatus);
    return this.#reading;
  }
}

function readingOf(
  metric: 'pulse-rate' | 'spo2',
  value: number,
  isMissing: boolean,
  { first, last, quality, context }: GroupStatus,
): Reading {
  const reason = absenceOf(first, last, isMissing);
  return reason === null ? statedReading(metric, value, quality, context) : absentReading(metric, reason, context);
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
