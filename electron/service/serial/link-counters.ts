import type { Instant } from '../../../shared/values/instant.ts';

const rateSeconds = 5;

/** What arrived on one link since it was made; survives reconnects. */
export class LinkCounters {
  framesTotal = 0;
  bytesTotal = 0;
  discardedBytes = 0;
  lastByte: Instant | null = null;
  /** Frames of the last few whole seconds, as [second, frames], oldest first. */
  readonly #seconds: [second: number, frames: number][] = [];

  bytes(count: number, at: Instant): void {
    this.bytesTotal += count;
    this.lastByte = at;
  }

  discarded(count: number): void {
    this.discardedBytes += count;
  }

  frames(count: number, monoMs: number): void {
    this.framesTotal += count;
    const second = Math.floor(monoMs / 1000);
    const last = this.#seconds.at(-1);
    if (last !== undefined && last[0] === second) last[1] += count;
    else this.#seconds.push([second, count]);
    if (this.#seconds.length > rateSeconds + 1) this.#seconds.shift();
  }

  /** Over the last five whole seconds. */
  framesPerSecond(monoMs: number): number {
    const second = Math.floor(monoMs / 1000);
    const recent = this.#seconds
      .filter(([at]) => at >= second - rateSeconds && at < second)
      .reduce((sum, [, perSecond]) => sum + perSecond, 0);
    return recent / rateSeconds;
  }
}
