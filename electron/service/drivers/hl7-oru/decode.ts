import type { Decoder, DecodeSink } from '../driver.ts';
import { createFramer, type FrameHandler } from '../framing.ts';
import { acknowledgementOf, codesAsked, type Outcome } from './acknowledgement.ts';
import { standardMapping, type CodeMapping } from './mapping.ts';
import { endOfSegment, formFaultOf, isSegment, segmentEndByte, startOfSegment } from './message-form.ts';
import { isResults, readHeader, type MessageHeader } from './message-header.ts';
import { MessageReader } from './message.ts';
import { blockMaxBytes, createMllpScanner, textOf } from './mllp.ts';

/** Own control ids are told apart by this many in one millisecond. */
const idsMax = 1000;

/**
 *   bytes ─► blocks ─┬─ of the right form ─► readings, each message answered with `taken` (`refused` where it is none of results)
 *                    └─ else ─► discarded, and answered with `unreadable` where its header can be read
 *
 * Answers go to the sink, which sends them or not; the decoder itself writes to nobody.
 */
export function createHl7OruDecoder(mapping: CodeMapping = standardMapping): Decoder {
  const reader = new MessageReader(mapping);
  let sink: DecodeSink | null = null;
  let answers = 0;

  function answer(header: MessageHeader, outcome: Outcome): void {
    sink?.answer?.((at, notKept) => {
      const became: Outcome = outcome.kind === 'taken' && notKept !== null ? { kind: 'not-kept', words: notKept } : outcome;
      return codesAsked(header, became).map((code) => {
        answers = (answers + 1) % idsMax;
        return acknowledgementOf(header, code, became, at, `V${at.utcMs}-${answers}`);
      });
    });
  }

  /** Without a header there is no control id, and nobody who would know what the answer is about. */
  function answerUnreadable(bytes: Uint8Array, from: number, to: number, words: string): void {
    const endByte = segmentEndByte(bytes, from, to);
    for (let at = startOfSegment(bytes, from, to); at < to; at = startOfSegment(bytes, endOfSegment(bytes, at, to, endByte), to)) {
      if (!isSegment(bytes, at, 'MSH')) continue;
      const header = readHeader(bytes, at, endOfSegment(bytes, at, to, endByte));
      if (header.field(10).length > 0) answer(header, { kind: 'unreadable', words });
      return;
    }
  }

  const scanner = createMllpScanner({
    isMessage(bytes, from, to) {
      const fault = formFaultOf(bytes, from, to);
      if (fault === null) return true;
      const words = `segment ${fault.segment}, byte ${fault.byte}: ${fault.words}`;
      sink?.unread?.('malformed', words);
      answerUnreadable(bytes, from, to, words);
      return false;
    },
    tooLong: (bytes, from, to) => answerUnreadable(bytes, from, to, `longer than ${blockMaxBytes} bytes`),
  });
  const framer = createFramer(scanner);

  function handlerOf(to: DecodeSink): FrameHandler {
    return {
      frame(bytes, start, length) {
        to.frame(length);
        const [from, end] = textOf(bytes, start, start + length);
        reader.publish(bytes, from, end, to, (header) => {
          const isTaken = isResults(header);
          answer(header, isTaken ? { kind: 'taken' } : { kind: 'refused', words: 'only results (ORU-R01) are taken here' });
        });
      },
      discarded: (bytes, reason) => to.discarded(bytes, reason),
      padding: (bytes) => to.padding?.(bytes),
    };
  }

  return {
    push(chunk, to) {
      sink = to;
      framer.push(chunk, handlerOf(to));
      sink = null;
    },
    end(to) {
      sink = to;
      framer.end(handlerOf(to));
      sink = null;
    },
  };
}
