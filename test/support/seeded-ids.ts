import type { Ids } from '../../electron/service/platform/platform.ts';
import { formatUuidV7 } from '../../electron/service/platform/system-ids.ts';

/** Ids that are the same in every run: valid UUIDs of version 7 that sort in the order they were made. */
export function createSeededIds(seed = 1): Ids {
  let state = seed >>> 0;
  let made = 0;

  // mulberry32
  function random32(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  function randomBytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => random32() & 0xff);
  }

  function uuid(): string {
    made += 1;
    return formatUuidV7(1_795_446_000_000 + made, 0, randomBytes(16));
  }

  return { uuid, randomBytes };
}
