import type { DecodeSink, Driver } from '../drivers/driver.ts';
import type { Heard } from './detection-score.ts';

/** One driver's decoder, listening to a port that may not be its monitor's. */
export interface DetectionListener {
  readonly driver: Driver;
  hear(chunk: Uint8Array): void;
  /** Frames so far. */
  readonly frames: number;
  heard(): Heard;
}

export function createListener(driver: Driver, settings: string, asked: boolean): DetectionListener {
  const decoder = driver.createDecoder();
  let bytes = 0;
  let frames = 0;
  let framedBytes = 0;
  let tellingFrames = 0;
  let told = false;
  const sink: DecodeSink = {
    frame: (count) => {
      frames += 1;
      framedBytes += count;
      told = false;
    },
    reading: () => {
      if (!told) tellingFrames += 1;
      told = true;
    },
    wave: () => {},
    discarded: () => {},
    padding: () => {},
  };
  return {
    driver,
    hear: (chunk) => {
      bytes += chunk.length;
      decoder.push(chunk, sink);
    },
    get frames() {
      return frames;
    },
    heard: () => ({ driver, settings, bytes, frames, framedBytes, tellingFrames, asked }),
  };
}
