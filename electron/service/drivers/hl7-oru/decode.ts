import type { Decoder, DecodeSink } from '../driver.ts';
import { createFramer, type FrameHandler } from '../framing.ts';
import { standardMapping, type CodeMapping } from './mapping.ts';
import { isHl7Message, MessageReader } from './message.ts';
import { createMllpScanner } from './mllp.ts';

/** Whole messages of one block each; a message of another kind than results is counted and says nothing. */
export function createHl7OruDecoder(mapping: CodeMapping = standardMapping): Decoder {
  const framer = createFramer(createMllpScanner(isHl7Message));
  const reader = new MessageReader(mapping);

  function handlerOf(sink: DecodeSink): FrameHandler {
    return {
      frame(bytes, start, length) {
        sink.frame(length);
        reader.publish(bytes, start + 1, start + length - 2, sink);
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
