import { scryptSync } from 'node:crypto';
import type { HashCost } from '../../electron/service/platform/slow-hash.ts';

/** What a PIN's hash costs where the hash itself is not what is tested: next to nothing, against half a second. */
export const quickHashCost: HashCost = 'scrypt$N=16,r=1,p=1';

export function quickPinHash(pin: string): string {
  const salt = Buffer.from(pin.padEnd(16, '.'));
  const hash = scryptSync(pin, salt, 32, { N: 16, r: 1, p: 1 });
  return `${quickHashCost}$${salt.toString('base64url')}$${hash.toString('base64url')}`;
}
