import type { DiscardReason } from '../../../shared/clinical/line-account.ts';
import type { Instant } from '../../../shared/values/instant.ts';

const rateSeconds = 5;
/** So much of what arrived last is kept, to be looked at. */
export const recentBytesMax = 256;

/** What arrived on one link since it was made; survives reconnects. */
export class LinkCounters {
  framesTotal = 0;
  bytesTotal = 0;
  discardedBytes = 0;
  lastByte: Instant | null = null;
  readonly #frames = new Rate();
  readonly #bytes = new Rate();
  readonly #reasons = new Map<DiscardReason, number>();
  readonly #recent = new Uint8Array(recentBytesMax);

  bytes(chunk: Uint8Array, at: Instant, monoMs: number): void {
    const tail = chunk.subarray(-recentBytesMax);
    this.#recent.copyWithin(0, tail.length);
    this.#recent.set(tail, recentBytesMax - tail.length);
    this.bytesTotal += chunk.length;
    this.#bytes.add(chunk.length, monoMs);
    this.lastByte = at;
  }

  discarded(count: number, reason: DiscardReason): void {
    this.discardedBytes += count;
    this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + count);
  }

  frames(count: number, monoMs: number): void {
    this.framesTotal += count;
    this.#frames.add(count, monoMs);
  }

  /** Over the last five whole seconds. */
  framesPerSecond(monoMs: number): number {
    return this.#frames.perSecond(monoMs);
  }

  bytesPerSecond(monoMs: number): number {
    return this.#bytes.perSecond(monoMs);
  }

  /** Discarded bytes by their reason. */
  get reasons(): ReadonlyMap<DiscardReason, number> {
    return this.#reasons;
  }

  /** A copy of the last bytes, oldest first. */
  recentBytes(): Uint8Array {
    return this.#recent.slice(recentBytesMax - Math.min(this.bytesTotal, recentBytesMax));
  }
}

/** How much came in each of the last few whole seconds. */
class Rate {
  /** [second, amount], oldest first. */
  readonly #seconds: [second: number, amount: number][] = [];

  add(amount: number, monoMs: number): void {
    const second = Math.floor(monoMs / 1000);
    const last = this.#seconds.at(-1);
    if (last !== undefined && last[0] === second) last[1] += amount;
    else this.#seconds.push([second, amount]);
    if (this.#seconds.length > rateSeconds + 1) this.#seconds.shift();
  }

  perSecond(monoMs: number): number {
    const second = Math.floor(monoMs / 1000);
    const recent = this.#seconds
      .filter(([at]) => at >= second - rateSeconds && at < second)
      .reduce((sum, [, perSecond]) => sum + perSecond, 0);
    return recent / rateSeconds;
  }
}
