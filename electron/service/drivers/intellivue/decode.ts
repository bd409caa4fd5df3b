import type { Reading } from '../../../../shared/clinical/reading.ts';
import type { Decoder, DecodeSink, Wave } from '../driver.ts';
import { markedSink } from '../told-mark.ts';
import { createFramer, type FrameHandler } from '../framing.ts';
import { calendarMsOf, createDeviceClock } from './device-time.ts';
import { createIntellivueScanner } from './frame.ts';
import { attribute, createMessage, objectClass, readMessage, u16, u32 } from './message.ts';
import { Numerics } from './numerics.ts';
import { Waves } from './waves.ts';

/** Of the operating mode in the create event. */
const demoMode = 0x2000;

/**
 *   bytes ─► frames (FCS) ─► message (places of attributes) ─┬─ create event ─► date, demonstration mode
 *                                                            ├─ numerics ─► readings
 *                                                            └─ waves ─► samples
 *
 * Needs no conversation of its own: what another program asks for is decoded as well. `holds` is an argument so that a test can show what
 * happens without the checksum.
 */
export function createIntellivueDecoder(holds?: (sum: number) => boolean): Decoder {
  const message = createMessage();
  const scanner = createIntellivueScanner((body, start, end) => readMessage(message, body, start, end), holds);
  const framer = createFramer(scanner);
  const clock = createDeviceClock();
  const numerics = new Numerics();
  const waves = new Waves();
  const { body } = scanner;

  function begin(): void {
    let calendarMs: number | null = null;
    let relativeTime = message.eventTime;
    let isDemo = false;
    for (let index = 0; index < message.attributes; index++) {
      const at = message.places[index] as number;
      const id = message.ids[index];
      if (id === attribute.absoluteTime) calendarMs = calendarMsOf(body, at);
      else if (id === attribute.relativeTime) relativeTime = u32(body, at);
      else if (id === attribute.operatingMode) isDemo = (u16(body, at) & demoMode) !== 0;
    }
    clock.forget();
    if (calendarMs !== null) clock.set(relativeTime, calendarMs);
    numerics.setDemo(isDemo);
    waves.setDemo(isDemo);
    waves.reset();
  }

  function pollResult(sink: DecodeSink): void {
    // Most monitors state no date here: then the one of the create event is carried along.
    const stated = calendarMsOf(body, message.absoluteTimeAt);
    if (stated !== null) clock.set(message.relativeTime, stated);
    const marked = markedSink(sink);
    const tellReading = (reading: Reading): void => marked.reading(reading);
    const tellWave = (wave: Wave): void => marked.wave(wave);
    if (message.objectClass === objectClass.numeric) numerics.publish(message, body, clock.at(message.relativeTime), tellReading);
    else if (message.objectClass === objectClass.wave) waves.publish(message, body, tellWave);
    if (!marked.takeMark()) sink.unread?.('no-values');
  }

  function handlerOf(sink: DecodeSink): FrameHandler {
    return {
      frame(_bytes, _start, length) {
        sink.frame(length);
        if (message.kind === 'poll-result') return pollResult(sink);
        if (message.kind === 'create-event') begin();
        sink.unread?.('conversation');
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
