import type { Reading } from '../../../../shared/clinical/reading.ts';
import type { Decoder, DecodeSink } from '../driver.ts';
import { asciiText, createFramer, type FrameHandler } from '../framing.ts';
import { absentReading, statedReading, type ReadingContext } from '../stated-reading.ts';
import { createNoninAsciiScanner, marks } from './frame.ts';

/** The flags of each combination of marks: an event that someone marked, the fast-answering averages, a breath. */
const flagsOfMarks: readonly (readonly string[])[] = Array.from({ length: 8 }, (_, bits) => [
  ...((bits & marks.event) === 0 ? [] : ['event-mark']),
  ...((bits & marks.fast) === 0 ? [] : ['fast-average']),
  ...((bits & marks.breath) === 0 ? [] : ['breath']),
]);

/** SpO2 and pulse rate of every line; the header carries none. */
export function createNoninAsciiDecoder(): Decoder {
  const scanner = createNoninAsciiScanner();
  const framer = createFramer(scanner);

  function publish(bytes: Uint8Array, sink: DecodeSink): void {
    const line = scanner.line();
    if (line.isHeader) return sink.unread?.('heading');
    const deviceTime = line.timeAt < 0 ? null : timeOfDay(asciiText(bytes, line.timeAt, line.timeAt + 8));
    const context: ReadingContext = { flags: flagsOfMarks[line.marks] ?? [], deviceTime };
    sink.reading(readingOf('spo2', line.spo2, context));
    sink.reading(readingOf('pulse-rate', line.heartRate, context));
  }

  function handlerOf(sink: DecodeSink): FrameHandler {
    return {
      frame(bytes, _start, length) {
        sink.frame(length);
        publish(bytes, sink);
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

function readingOf(metric: 'spo2' | 'pulse-rate', value: number | null, context: ReadingContext): Reading {
  return value === null ? absentReading(metric, 'unavailable', context) : statedReading(metric, value, 'good', context);
}

/** `HH:MM:SS` → ISO time of day, because the monitor states no date with it; null where it is none. */
export function timeOfDay(text: string): string | null {
  return text < '24' && text.slice(3, 5) < '60' && text.slice(6, 8) < '60' ? `T${text}` : null;
}
