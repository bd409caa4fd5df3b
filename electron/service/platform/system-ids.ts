import { randomBytes, randomFillSync } from 'node:crypto';
import type { Clock, Ids } from './platform.ts';

const sequenceMax = 0xfff;

/**
 * UUIDs of version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then a 12-bit counter in `rand_a`
 * (§6.2, method 1), so that ids of one process sort in the order they were made, also within a millisecond
 * and after the wall clock stepped back; the last 62 bits are random.
 */
export function createSystemIds(clock: Clock): Ids {
  const bytes = new Uint8Array(16);
  let lastMs = 0;
  let sequence = 0;

  function uuid(): string {
    const nowMs = clock.now().utcMs;
    randomFillSync(bytes);
    if (nowMs > lastMs) {
      lastMs = nowMs;
      // Starts in the lower half, so that a burst has room to count up.
      sequence = (((bytes[6] ?? 0) << 8) | (bytes[7] ?? 0)) & 0x7ff;
    } else if (sequence === sequenceMax) {
      lastMs += 1;
      sequence = 0;
    } else {
      sequence += 1;
    }
    return formatUuidV7(lastMs, sequence, bytes);
  }

  return { uuid, randomBytes: (count) => Uint8Array.from(randomBytes(count)) };
}

/** `random` gives the last 8 of its 16 bytes; version and variant bits are set here. */
export function formatUuidV7(utcMs: number, sequence: number, random: Uint8Array): string {
  const time = utcMs.toString(16).padStart(12, '0');
  const counter = (0x7000 | sequence).toString(16);
  const tail = [...random.subarray(8, 16)].map((byte, index) => (index === 0 ? (byte & 0x3f) | 0x80 : byte));
  const hex = tail.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${time.slice(0, 8)}-${time.slice(8)}-${counter}-${hex.slice(0, 4)}-${hex.slice(4)}`;
}
