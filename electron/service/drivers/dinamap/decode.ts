import type { Decoder, DecodeSink } from '../driver.ts';
import { asciiText, createFramer, type FrameHandler } from '../framing.ts';
import { absentReading, noContext, statedReading } from '../stated-reading.ts';
import { Cuff } from './cuff.ts';
import { checksumHolds, createDinamapScanner, type MessageCheck } from './frame.ts';
import { numberIn, statusContext } from './reply-fields.ts';
import { Thermometer } from './thermometer.ts';

/** `holds` is an argument so that a test can show what happens without the checksum. */
export function createDinamapDecoder(holds: MessageCheck = checksumHolds): Decoder {
  const framer = createFramer(createDinamapScanner(holds));
  const replies = new Replies();

  function handlerOf(sink: DecodeSink): FrameHandler {
    return {
      frame(bytes, start, length) {
        sink.frame(length);
        let from = start;
        while (bytes[from] !== 0x20) from++;
        replies.publish(asciiText(bytes, from, start + length - 1), sink);
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

/** Saturation: status at 3, three digits at 4, then signal strength and averaging. */
const oximeterOk = '1';
const oximeterAbsence: Readonly<Record<string, 'sensor-off' | 'no-sensor'>> = { '3': 'sensor-off', '6': 'no-sensor' };
const oximeterWords: Readonly<Record<string, string>> = { '0': 'standby' };

/** Rate: what it is from at 3, three digits at 4. 2 is the oximeter; 1 has been seen with a pulse, too. */
const rateFromOximeter: readonly string[] = ['1', '2'];
const rateFromCuff = '3';

class Replies {
  readonly #cuff = new Cuff();
  readonly #thermometer = new Thermometer();
  /** A determination was told whose pulse was not. */
  #isCuffPulseNew = false;

  publish(message: string, sink: DecodeSink): void {
    switch (message.slice(1, 3)) {
      case 'OA':
        return publishSaturation(message, sink);
      case 'RA':
        return this.#publishRate(message, sink);
      case 'TC':
        return this.#thermometer.hear(message, sink);
      default:
        if (this.#cuff.hear(message, sink)) this.#isCuffPulseNew = true;
    }
  }

  /** Without a pulse from the oximeter the rate is that of the last determination: told once with it, because it grows old with it. */
  #publishRate(message: string, sink: DecodeSink): void {
    const source = message.slice(3, 4);
    const stated = numberIn(message.slice(4, 7));
    const value = stated === 0 ? null : stated;
    if (source === rateFromCuff) {
      if (!this.#isCuffPulseNew || value === null) return sink.unread?.('repeated');
      this.#isCuffPulseNew = false;
      return sink.reading(statedReading('pulse-rate', value, 'good', { flags: ['from-cuff'], deviceTime: null }));
    }
    const isFromOximeter = rateFromOximeter.includes(source);
    if (!isFromOximeter) return sink.reading(absentReading('pulse-rate', 'unavailable', statusContext(source, {})));
    if (value === null) return sink.reading(absentReading('pulse-rate', 'unavailable', noContext));
    sink.reading(statedReading('pulse-rate', value, 'good', noContext));
  }
}

function publishSaturation(message: string, sink: DecodeSink): void {
  const status = message.slice(3, 4);
  const value = numberIn(message.slice(4, 7));
  if (status !== oximeterOk) {
    const absent = oximeterAbsence[status];
    const reading =
      absent === undefined
        ? absentReading('spo2', 'unavailable', statusContext(status, oximeterWords))
        : absentReading('spo2', absent, noContext);
    return sink.reading(reading);
  }
  sink.reading(value === null ? absentReading('spo2', 'unavailable', noContext) : statedReading('spo2', value, 'good', noContext));
}
