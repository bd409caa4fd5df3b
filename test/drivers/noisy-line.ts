import type { Decoder } from '../../electron/service/drivers/driver.ts';
import { isMetricId } from '../../electron/service/drivers/stated-reading.ts';
import { isMeasured, type Reading } from '../../shared/clinical/reading.ts';
import { brief, seededBelow } from './decoded-stream.ts';

export interface NoisyLine {
  /** Sent in turn until the stream is long enough. */
  readonly units: readonly Uint8Array[];
  readonly streamBytes: number;
  /** Of 1,000 bytes so many are damaged: lost, doubled or, where bits turn, with one bit turned or all at random. */
  readonly perMille: number;
  readonly turnsBits?: boolean;
  readonly seed?: number;
}

export interface PlayedNoise {
  readonly units: number;
  readonly damagedUnits: number;
  readonly damagedBytes: number;
  readonly frames: number;
  /** Numbers that some unit states, and others. */
  readonly right: number;
  readonly wrong: number;
  /** Of the wrong ones: of a metric that has a tile, and not marked as doubtful. */
  readonly unmarked: number;
  /** What one unit gives on a quiet line. */
  readonly perUnit: { readonly frames: number; readonly numbers: number };
}

/** What a decoder makes of a noisy line; piece by piece, so that megabytes do not stand in memory as calls. Every byte is accounted for. */
export function playNoise(createDecoder: () => Decoder, line: NoisyLine): PlayedNoise {
  const { units, streamBytes, perMille, turnsBits = true, seed = 7 } = line;
  const truth = new Set<string>();
  const quiet = play(createDecoder(), units, (reading) => void truth.add(brief(reading)));
  const noise = { units: 0, damagedUnits: 0, damagedBytes: 0 };
  const count = { right: 0, wrong: 0, unmarked: 0 };
  const below = seededBelow(seed);

  function* noisyUnits(): Generator<Uint8Array> {
    for (let bytes = 0; bytes < streamBytes; noise.units += 1) {
      const unit = units[noise.units % units.length] ?? new Uint8Array(0);
      const noisy: number[] = [];
      const before = noise.damagedBytes;
      for (const byte of unit) {
        const fate = below(1000) < perMille ? below(turnsBits ? 4 : 2) : 'whole';
        if (fate === 'whole') noisy.push(byte);
        else if (fate === 1) noisy.push(byte, byte);
        else if (fate === 2) noisy.push(byte ^ (1 << below(8)));
        else if (fate === 3) noisy.push(below(256));
        if (fate !== 'whole') noise.damagedBytes += 1;
      }
      if (noise.damagedBytes > before) noise.damagedUnits += 1;
      bytes += noisy.length;
      yield Uint8Array.from(noisy);
    }
  }

  const { frames } = play(createDecoder(), noisyUnits(), (reading) => {
    if (truth.has(brief(reading))) count.right += 1;
    else {
      count.wrong += 1;
      if (reading.quality === 'good' && isMetricId(reading.metric)) count.unmarked += 1;
    }
  });
  return { ...noise, ...count, frames, perUnit: { frames: quiet.frames / units.length, numbers: quiet.numbers / units.length } };
}

function play(
  decoder: Decoder,
  pieces: Iterable<Uint8Array>,
  number: (reading: Extract<Reading, { readonly value: number }>) => void,
): { readonly frames: number; readonly numbers: number } {
  const count = { frames: 0, numbers: 0 };
  let unaccounted = 0;
  const account = (bytes: number): void => void (unaccounted -= bytes);
  const sink = {
    frame: (bytes: number) => {
      count.frames += 1;
      account(bytes);
    },
    reading: (reading: Reading) => {
      if (!isMeasured(reading)) return;
      count.numbers += 1;
      number(reading);
    },
    wave: () => undefined,
    discarded: account,
    padding: account,
  };
  for (const piece of pieces) {
    unaccounted += piece.length;
    decoder.push(piece, sink);
  }
  decoder.end(sink);
  if (unaccounted !== 0) throw new Error(`${unaccounted} bytes are neither in a frame nor discarded`);
  return count;
}
