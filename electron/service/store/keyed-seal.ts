import { createHmac, hkdfSync } from 'node:crypto';
import { assertDataKey, type DataKey } from './data-key.ts';

/**
 * HMAC-SHA256 of a text, in hexadecimal, under a key that comes from the room's: only who has that key makes it or knows
 * it to be right.
 *
 * @param purpose so that a seal of one thing is none of another
 */
export function keyedSeal(key: DataKey, purpose: string, text: string): string {
  assertDataKey(key);
  const sealKey = new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), purpose, 32));
  return createHmac('sha256', sealKey).update(text).digest('hex');
}
