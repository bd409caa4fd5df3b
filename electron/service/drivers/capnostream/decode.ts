import type { Decoder, DecodeSink } from '../driver.ts';
import { createFramer, type FrameHandler } from '../framing.ts';
import { createCapnostreamScanner, deviceCode, type ChecksumCheck } from './frame.ts';
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
  const scanner = createCapnostreamScanner((body) => !isOf(body, deviceCode.numerics) || numerics.isAllowed(body), holds);
  const framer = createFramer(scanner);
  const { body } = scanner;
  let fastStatus = 0;

  function message(length: number, sink: DecodeSink): void {
    sink.frame(length);
    if (isOf(body, deviceCode.wave)) {
      fastStatus = waves.take(body, numerics.unit, sink);
    } else if (isOf(body, deviceCode.numerics)) {
      numerics.publish(body, fastStatus, sink);
      fastStatus = 0;
    } else if (isOf(body, deviceCode.deviceId)) {
      waves.begin(sink);
      numerics.forget();
      fastStatus = 0;
      sink.unread?.('conversation');
    } else sink.unread?.('no-values');
  }

  function handlerOf(sink: DecodeSink): FrameHandler {
    return {
      frame: (_bytes, _start, length) => message(length, sink),
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
function isOf(body: Uint8Array, code: number): boolean {
  return body[1] === code && (body[0] as number) > 1;
}
