import type { Decoder, DecodeSink } from '../driver.ts';
import { createFramer, type FrameHandler } from '../framing.ts';
import { createCapnostreamScanner, deviceCode, type ChecksumCheck } from './frame.ts';
import type { Message } from './message.ts';
import { Numerics } from './numerics.ts';
import { Waves } from './waves.ts';

/**
 *   bytes ─► messages (XOR, form) ─┬─ device id ─► begin anew
 *                                  ├─ wave ─► samples, condition of the sampling line
 *                                  └─ numerics ─► readings
 *
 * Messages of other codes are counted and say nothing: events, trends, and patients' names, which are never kept. `holds` is an argument
 * so that a test can show what happens without the checksum.
 */
export function createCapnostreamDecoder(holds?: ChecksumCheck): Decoder {
  const numerics = new Numerics();
  const waves = new Waves();
  const scanner = createCapnostreamScanner((message) => numerics.isAllowed(message), holds);
  const framer = createFramer(scanner);
  const { message } = scanner;
  let fastStatus = 0;

  function publish(length: number, sink: DecodeSink): void {
    sink.frame(length);
    if (isOf(message, deviceCode.wave)) {
      fastStatus = waves.take(message, numerics.unit, sink);
    } else if (isOf(message, deviceCode.numerics)) {
      numerics.publish(message, fastStatus, sink);
      fastStatus = 0;
    } else if (isOf(message, deviceCode.deviceId)) {
      waves.begin(sink);
      numerics.forget();
      fastStatus = 0;
      sink.unread?.('conversation');
    } else sink.unread?.('no-values');
  }

  function handlerOf(sink: DecodeSink): FrameHandler {
    return {
      frame: (_bytes, _start, length) => publish(length, sink),
      discarded: (bytes, reason) => sink.discarded(bytes, reason),
      padding: (bytes) => sink.padding?.(bytes),
    };
  }

  return {
    push: (chunk, sink) => framer.push(chunk, handlerOf(sink)),
    end(sink) {
      framer.end(handlerOf(sink));
      waves.flush(sink);
    },
  };
}

/** A host's commands have the same numbers and no payload. */
function isOf(message: Message, code: number): boolean {
  return message.code === code && message.payloadBytes > 0;
}
