import type { DecodeSink, Decoder, Wave } from '../../electron/service/drivers/driver.ts';
import { isMeasured, type Reading } from '../../shared/clinical/reading.ts';

export type SinkCall =
  | { readonly call: 'frame'; readonly bytes: number }
  | { readonly call: 'reading'; readonly reading: Reading }
  | { readonly call: 'wave'; readonly wave: Wave }
  | { readonly call: 'discarded'; readonly bytes: number; readonly reason: string }
  | { readonly call: 'unread'; readonly reason: string; readonly place?: string }
  | { readonly call: 'padding'; readonly bytes: number };

export interface Decoded {
  readonly calls: readonly SinkCall[];
  readonly readings: readonly Reading[];
  readonly waves: readonly Wave[];
  readonly discarded: readonly { readonly bytes: number; readonly reason: string }[];
  /** What arrived whole and was not made into a reading. */
  readonly unread: readonly { readonly reason: string; readonly place?: string }[];
  readonly frames: number;
  readonly pushedBytes: number;
  readonly accountedBytes: number;
  /** The most bytes that were pushed and not yet accounted for after any chunk. */
  readonly heldBytesMax: number;
}

/** Everything a decoder says about some chunks, in order. */
export function decodeChunks(decoder: Decoder, chunks: Iterable<Uint8Array>): Decoded {
  const calls: SinkCall[] = [];
  let accountedBytes = 0;
  const sink: DecodeSink = {
    frame: (bytes) => {
      accountedBytes += bytes;
      calls.push({ call: 'frame', bytes });
    },
    reading: (reading) => calls.push({ call: 'reading', reading }),
    wave: (wave) => calls.push({ call: 'wave', wave }),
    discarded: (bytes, reason) => {
      accountedBytes += bytes;
      calls.push({ call: 'discarded', bytes, reason });
    },
    padding: (bytes) => {
      accountedBytes += bytes;
      calls.push({ call: 'padding', bytes });
    },
    unread: (reason, place) => calls.push({ call: 'unread', reason, ...(place === undefined ? {} : { place }) }),
  };
  let pushedBytes = 0;
  let heldBytesMax = 0;
  for (const chunk of chunks) {
    pushedBytes += chunk.length;
    decoder.push(chunk, sink);
    heldBytesMax = Math.max(heldBytesMax, pushedBytes - accountedBytes);
  }
  decoder.end(sink);
  return {
    calls,
    readings: calls.flatMap((call) => (call.call === 'reading' ? [call.reading] : [])),
    waves: calls.flatMap((call) => (call.call === 'wave' ? [call.wave] : [])),
    discarded: calls.flatMap((call) => (call.call === 'discarded' ? [{ bytes: call.bytes, reason: call.reason }] : [])),
    unread: calls.flatMap((call) => {
      if (call.call !== 'unread') return [];
      return [{ reason: call.reason, ...(call.place === undefined ? {} : { place: call.place }) }];
    }),
    frames: calls.filter((call) => call.call === 'frame').length,
    pushedBytes,
    accountedBytes,
    heldBytesMax,
  };
}

export function decodeWhole(decoder: Decoder, bytes: Uint8Array): Decoded {
  return decodeChunks(decoder, [bytes]);
}

export function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.trim().split(/\s+/), (pair) => Number.parseInt(pair, 16));
}

export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function join(...pieces: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

export function oneByteChunks(bytes: Uint8Array): Uint8Array[] {
  return [...bytes].map((byte) => Uint8Array.of(byte));
}

/** `spo2 96`, `spo2 sensor-off`: a reading in short. */
export function brief(reading: Reading): string {
  return `${reading.metric} ${isMeasured(reading) ? reading.value : reading.absent}`;
}

/** Whole numbers below a limit, the same in every run. */
export function seededBelow(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
