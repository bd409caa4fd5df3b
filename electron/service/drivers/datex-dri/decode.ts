import type { Reading } from '../../../../shared/clinical/reading.ts';
import type { Decoder, DecodeSink, Wave } from '../driver.ts';
import { markedSink } from '../told-mark.ts';
import { createFramer, type FrameHandler } from '../framing.ts';
import { createDatexScanner } from './frame.ts';
import { Numerics } from './numerics.ts';
import { createRecord, mainType, readRecord, subtype, u16, u32 } from './record.ts';
import { Waves } from './waves.ts';
import { createPlausibility } from './plausibility.ts';

/** So many whole frames in a row after damage, and the line counts as clean again. */
const cleanFrames = 32;
/**
 * Where nearly every frame is damaged, those that pass the sum by chance are no longer rare: a record then has to follow two whole ones.
 * A frame behind damage counts two, one behind a whole frame takes one away.
 */
const hopelessFrom = 6;
const damageMax = 16;
const whereHopeless = 2;
const blockAt = 4;
const classAt = 276;
const labelAt = 4;

export interface DatexChecks {
  readonly holds?: (stated: number, sum: number) => boolean;
  /** false: whatever the sum lets pass is taken. */
  readonly checksPlausibility?: boolean;
}

/**
 *   bytes ─► frames (sum) ─► record (places of subrecords) ─┬─ physiological ─► readings
 *                                                           └─ wave ─► samples
 *
 * Needs no conversation of its own: what another program asks for is decoded as well. The checks are an argument so that a test can show
 * what happens without them.
 */
export function createDatexDecoder({ holds, checksPlausibility = true }: DatexChecks = {}): Decoder {
  const record = createRecord();
  const scanner = createDatexScanner((body, length) => readRecord(record, body, length), holds);
  const framer = createFramer(scanner);
  const numerics = new Numerics();
  const waves = new Waves();
  const { body } = scanner;
  const plausibility = createPlausibility();
  let wholeFrames = cleanFrames;
  let hasHeard = false;
  let damage = 0;
  let plugId: number | null = null;

  function physiological(index: number, sink: DecodeSink): void {
    const start = record.starts[index] as number;
    const type = record.types[index];
    if (type === subtype.auxiliary) numerics.setCuffTime(u32(body, start));
    // Trends are of the past.
    if (type !== subtype.displayed) return;
    const at = start + blockAt;
    const blockClass = (u16(body, start + classAt) >> 8) & 0xf;
    if (blockClass === 0) waves.setLeads(u16(body, at + labelAt));
    const stated = u32(body, start);
    numerics.publish(body, at, blockClass, stated === 0 ? record.time : stated, (reading: Reading) => sink.reading(reading));
  }

  function publish(isDamaged: boolean, sink: DecodeSink): void {
    if (record.mainType !== mainType.physiological && record.mainType !== mainType.wave) return;
    if (record.count === 0 || record.types[0] === subtype.request) return;
    if (plugId !== null && plugId !== record.plugId) {
      numerics.forget();
      waves.forget();
    }
    plugId = record.plugId;
    for (let index = 0; index < record.count; index++) {
      if (record.mainType === mainType.physiological) physiological(index, sink);
      else {
        const [start, type] = [record.starts[index] as number, record.types[index] as number];
        waves.publish(body, start, type, record.time, isDamaged, (wave: Wave) => sink.wave(wave));
      }
    }
  }

  function handlerOf(sink: DecodeSink): FrameHandler {
    const marked = markedSink(sink);
    return {
      frame(_bytes, _start, length) {
        sink.frame(length);
        const isDamaged = wholeFrames === 0;
        const isClean = wholeFrames >= cleanFrames;
        if (isClean && checksPlausibility) plausibility.learn(record, body);
        damage = isDamaged ? Math.min(damage + 2, damageMax) : Math.max(damage - 1, 0);
        const isIsolated = damage >= hopelessFrom && wholeFrames < whereHopeless;
        wholeFrames = Math.min(wholeFrames + 1, cleanFrames);
        hasHeard = true;
        const isSound = isClean || !checksPlausibility || (!isIsolated && plausibility.looksSound(record, body, u16(body, 0)));
        if (isSound) publish(isDamaged, marked);
        if (!marked.takeMark()) sink.unread?.(isSound ? 'no-values' : 'not-sound');
      },
      discarded(bytes, reason) {
        // Before the first frame it is only that Vigil came in the middle.
        if (hasHeard) wholeFrames = 0;
        sink.discarded(bytes, reason);
      },
      padding: (bytes) => sink.padding?.(bytes),
    };
  }

  return {
    push: (chunk, sink) => framer.push(chunk, handlerOf(sink)),
    end: (sink) => framer.end(handlerOf(sink)),
  };
}
