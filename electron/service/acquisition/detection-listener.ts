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

export interface ListenerOptions {
  readonly settings: string;
  readonly asked: boolean;
  /** Told once of a decoder that threw. It starts afresh with the next bytes; the others never notice. */
  readonly onFault: (error: unknown) => void;
}

export function createListener(driver: Driver, { settings, asked, onFault }: ListenerOptions): DetectionListener {
  let decoder = driver.createDecoder();
  let hasFailed = false;
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
      try {
        decoder.push(chunk, sink);
      } catch (error) {
        decoder = driver.createDecoder();
        if (!hasFailed) onFault(error);
        hasFailed = true;
      }
    },
    get frames() {
      return frames;
    },
    heard: () => ({ driver, settings, bytes, frames, framedBytes, tellingFrames, asked }),
  };
}
