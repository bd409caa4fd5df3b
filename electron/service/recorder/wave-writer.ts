import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import { errorForLog } from '../platform/error-for-log.ts';
import type { Log } from '../platform/platform.ts';
import type { Storage } from './storage.ts';
import { WaveBlocks, type ArrivedWave, type GatheredBlock } from './wave-blocks.ts';
import type { SecondsOrigin } from './write-seconds.ts';

/**
 * Waveforms on their way to the log, in a transaction of their own: what is wrong with one must never keep the
 * readings of its second from being written.
 */
export class WaveWriter {
  readonly #blocks = new WaveBlocks();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  take(arrived: readonly ArrivedWave[]): void {
    for (const piece of arrived) this.#blocks.take(piece);
  }

  clear(): void {
    this.#blocks.clear();
  }

  /** Writes the blocks that are complete (`nowMs` null: all). Throws `RefusedError` where the disk refuses; then they stay. */
  flush(storage: Storage, origin: SecondsOrigin, nowMs: number | null): void {
    const dropped = this.#blocks.takeDropped();
    if (dropped > 0) this.#log.warn('wave-blocks-dropped', { dropped });
    const blocks = this.#blocks.pending(nowMs);
    if (blocks.length === 0) return;
    for (const { block, error } of write(storage, blocks, origin)) {
      this.#log.error('wave-block-not-writable', { monitorId: block.monitorId, error: errorForLog(error) });
    }
    this.#blocks.written(blocks);
  }
}

interface Unwritable {
  readonly block: GatheredBlock;
  readonly error: unknown;
}

/** In one transaction; where one of them cannot be written for its own sake, one by one. */
function write(storage: Storage, blocks: readonly GatheredBlock[], origin: SecondsOrigin): readonly Unwritable[] {
  try {
    storage.appendWaves(blocks.map((block) => ({ ...block, ...origin })));
    return [];
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    const [block, another] = blocks;
    if (block === undefined || another === undefined) return block === undefined ? [] : [{ block, error }];
  }
  return blocks.flatMap((block) => write(storage, [block], origin));
}
