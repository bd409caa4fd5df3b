import type { MonitorId } from '../../../shared/values/ids.ts';
import type { Instant } from '../../../shared/values/instant.ts';
import type { WaveBlock } from '../store/wave-log.ts';
import type { Sample } from '../store/wave-samples.ts';

/** A piece of a waveform with its place in time. */
export interface ArrivedWave {
  readonly monitorId: MonitorId;
  readonly wave: {
    readonly metric: string;
    readonly unit: string;
    readonly periodMs: number;
    readonly samples: readonly (number | null)[];
    readonly firstSample?: number;
    readonly flags?: readonly string[];
  };
  /** Of its first sample. */
  readonly at: Instant;
  readonly monoMs: number;
  /** It comes directly after the piece before it, but for `missing` samples that never arrived. */
  readonly follows: boolean;
  readonly missing: number;
}

/** What is written, but for whose session and boot it is. */
export type GatheredBlock = Omit<WaveBlock, 'sessionId' | 'bootId'>;

interface OpenBlock extends GatheredBlock {
  readonly samples: Sample[];
}

/** A block is complete at this length: four of pleth fill a page. With the piece that completes it, it stays under ten seconds. */
const blockMs = 6000;
/** A signal that stopped is not waited for any longer. */
const stoppedMs = 5000;
/** Ten minutes of eight signals: what is kept while the store cannot be written. */
const blocksMax = 8 * 120;

/** Gathers samples into blocks until they are written. Bounded: the oldest blocks go first and are counted. */
export class WaveBlocks {
  readonly #open = new Map<string, OpenBlock>();
  /** The last block of the signal went to the log or waits for it; without it, nothing follows. */
  readonly #known = new Set<string>();
  #closed: GatheredBlock[] = [];
  #dropped = 0;

  take(arrived: ArrivedWave): void {
    const key = `${arrived.monitorId}/${arrived.wave.metric}`;
    const open = this.#open.get(key);
    const goesOn = arrived.follows && open !== undefined && isSame(open, arrived);
    if (goesOn && open.samples.length * open.periodMs < blockMs) {
      append(open, arrived);
      return;
    }
    if (open !== undefined) this.#close(key, open);
    this.#open.set(key, this.#begin(key, arrived));
  }

  /** Blocks that are complete, and those of signals that stopped (`nowMs` monotonic; null: all). They stay until `written`. */
  pending(nowMs: number | null): readonly GatheredBlock[] {
    for (const [key, block] of this.#open) {
      const endMs = block.monoMs + block.samples.length * block.periodMs;
      if (nowMs === null || nowMs - endMs > stoppedMs) this.#close(key, block);
    }
    return this.#closed;
  }

  written(blocks: readonly GatheredBlock[]): void {
    const done = new Set(blocks);
    this.#closed = this.#closed.filter((block) => !done.has(block));
  }

  clear(): void {
    this.#open.clear();
    this.#known.clear();
    this.#closed = [];
  }

  /** Blocks lost to the bound since the last call. */
  takeDropped(): number {
    const dropped = this.#dropped;
    this.#dropped = 0;
    return dropped;
  }

  #close(key: string, block: OpenBlock): void {
    this.#open.delete(key);
    this.#known.add(key);
    this.#closed.push(block);
    if (this.#closed.length <= blocksMax) return;
    const lost = this.#closed.shift();
    this.#dropped += 1;
    const after = this.#closed.findIndex((other) => lost !== undefined && isSignalOf(lost, other));
    const next = this.#closed[after];
    if (next !== undefined) this.#closed[after] = { ...next, follows: false };
    else if (lost !== undefined) this.#known.delete(`${lost.monitorId}/${lost.metric}`);
  }

  #begin(key: string, { monitorId, wave, at, monoMs, follows, missing }: ArrivedWave): OpenBlock {
    const { metric, unit, periodMs, flags = [], firstSample } = wave;
    // What is missing at the front belongs to no block before: it moves the first sample.
    const back = follows && this.#known.has(key) ? missing : 0;
    const block: OpenBlock = {
      monitorId,
      metric,
      unit,
      periodMs,
      flags,
      at: { utcMs: Math.round(at.utcMs - back * periodMs), offsetMin: at.offsetMin },
      monoMs: monoMs - back * periodMs,
      firstSample: firstSample === undefined ? null : firstSample - back,
      follows: follows && this.#known.has(key),
      samples: [],
    };
    for (let index = 0; index < back; index += 1) block.samples.push('missing');
    for (const sample of wave.samples) block.samples.push(sample ?? 'invalid');
    return block;
  }
}

function append(open: OpenBlock, { wave, missing }: ArrivedWave): void {
  for (let index = 0; index < missing; index += 1) open.samples.push('missing');
  for (const sample of wave.samples) open.samples.push(sample ?? 'invalid');
}

function isSame(open: GatheredBlock, { wave }: ArrivedWave): boolean {
  const flags = wave.flags ?? [];
  if (open.unit !== wave.unit || open.periodMs !== wave.periodMs || open.flags.length !== flags.length) return false;
  if ((open.firstSample === null) !== (wave.firstSample === undefined)) return false;
  return flags.every((flag, index) => open.flags[index] === flag);
}

function isSignalOf(a: GatheredBlock, b: GatheredBlock): boolean {
  return a.monitorId === b.monitorId && a.metric === b.metric;
}
