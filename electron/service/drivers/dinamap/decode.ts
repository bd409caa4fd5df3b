import type { Reading } from '../../../../shared/clinical/reading.ts';
import type { Decoder, DecodeSink } from '../driver.ts';
import { createFramer, type FrameHandler } from '../framing.ts';
import { absentReading, noContext, statedReading, type ReadingContext } from '../stated-reading.ts';
import { Cuff } from './cuff.ts';
import { checksumHolds, createDinamapScanner, type MessageCheck } from './frame.ts';
import { code, echo, Reply, statusContext } from './reply.ts';
import { Thermometer } from './thermometer.ts';

/** `holds` is an argument so that a test can show what happens without the checksum. */
export function createDinamapDecoder(holds: MessageCheck = checksumHolds): Decoder {
  const framer = createFramer(createDinamapScanner(holds));
  const reply = new Reply();
  const replies = new Replies();

  function handlerOf(sink: DecodeSink): FrameHandler {
    return {
      frame(bytes, start, length) {
        sink.frame(length);
        let from = start;
        while (bytes[from] !== 0x20) from++;
        reply.take(bytes, from, start + length - 1);
        replies.publish(reply, sink);
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

/** Offsets: of a saturation its status and three digits; of a rate what it is from and three digits. What follows them is not read. */
const at = { status: 3, value: 4, end: 7 } as const;

const oximeterOk = code('1');
const oximeterAbsence: Readonly<Record<string, 'sensor-off' | 'no-sensor'>> = { '3': 'sensor-off', '6': 'no-sensor' };
const oximeterWords: Readonly<Record<string, string>> = { '0': 'standby' };

/** 2 is the oximeter; 1 has been seen with a pulse, too. */
const rateFromOximeter = [code('1'), code('2')] as const;
const rateFromCuff = code('3');
const fromCuff: ReadingContext = { flags: ['from-cuff'], deviceTime: null };

class Replies {
  readonly #cuff = new Cuff();
  readonly #thermometer = new Thermometer();
  /** A determination was told whose pulse was not. */
  #isCuffPulseNew = false;

  publish(reply: Reply, sink: DecodeSink): void {
    switch (reply.echo) {
      case echo.saturation:
        return publishSaturation(reply, sink);
      case echo.rate:
        return this.#publishRate(reply, sink);
      case echo.temperature:
        return this.#thermometer.hear(reply, sink);
      default:
        if (this.#cuff.hear(reply, sink)) this.#isCuffPulseNew = true;
    }
  }

  /** Without a pulse from the oximeter the rate is that of the last determination: told once with it, because it grows old with it. */
  #publishRate(reply: Reply, sink: DecodeSink): void {
    const source = reply.at(at.status);
    const stated = reply.numberIn(at.value, at.end);
    const value = stated === 0 ? null : stated;
    if (source === rateFromCuff) {
      if (!this.#isCuffPulseNew || value === null) return sink.unread?.('repeated');
      this.#isCuffPulseNew = false;
      return sink.reading(statedReading('pulse-rate', value, 'good', fromCuff));
    }
    const isFromOximeter = source === rateFromOximeter[0] || source === rateFromOximeter[1];
    if (!isFromOximeter) return sink.reading(absentReading('pulse-rate', 'unavailable', statusContext(source, {})));
    sink.reading(readingOf('pulse-rate', value));
  }
}

function publishSaturation(reply: Reply, sink: DecodeSink): void {
  const status = reply.at(at.status);
  if (status === oximeterOk) return sink.reading(readingOf('spo2', reply.numberIn(at.value, at.end)));
  const absent = oximeterAbsence[String.fromCharCode(status)];
  if (absent !== undefined) return sink.reading(absentReading('spo2', absent, noContext));
  sink.reading(absentReading('spo2', 'unavailable', statusContext(status, oximeterWords)));
}

/** null: no digits. */
function readingOf(metric: 'spo2' | 'pulse-rate', value: number | null): Reading {
  return value === null ? absentReading(metric, 'unavailable', noContext) : statedReading(metric, value, 'good', noContext);
}
