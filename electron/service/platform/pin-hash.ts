import { timingSafeEqual } from 'node:crypto';
import { slowHash, type HashCost } from './slow-hash.ts';

/** PINs are stored as a string that says how it was made, `scrypt$N=131072,r=8,p=1$<salt>$<hash>` (base64url). */

const hashBytes = 32;

/** `salt` is for this PIN alone: 16 random bytes. */
export async function hashPin(pin: string, salt: Uint8Array, cost: HashCost): Promise<string> {
  const hash = await slowHash(pin, salt, hashBytes, cost);
  return `${cost}$${Buffer.from(salt).toString('base64url')}$${hash.toString('base64url')}`;
}

/** The string that a stored one would be, had it been made of this secret: with its salt, at its cost. */
export async function hashLike(secret: string, stored: string): Promise<string> {
  const { cost, salt } = partsOf(stored);
  return hashPin(secret, Buffer.from(salt, 'base64url'), cost);
}

/** Whether a PIN belongs to a stored string. A string it cannot read is an error, not a wrong PIN. */
export async function verifyPin(pin: string, stored: string): Promise<boolean> {
  const { cost, salt, hash } = partsOf(stored);
  const expected = Buffer.from(hash, 'base64url');
  const actual = await slowHash(pin, Buffer.from(salt, 'base64url'), expected.length, cost);
  return timingSafeEqual(actual, expected);
}

function partsOf(stored: string): { readonly cost: HashCost; readonly salt: string; readonly hash: string } {
  const parts = /^(scrypt\$[^$]+)\$([\w-]{8,128})\$([\w-]{22,172})$/.exec(stored);
  if (parts === null) throw new Error('a stored PIN hash is not in the form scrypt$N=…,r=…,p=…$salt$hash');
  const [, cost = '', salt = '', hash = ''] = parts;
  return { cost, salt, hash };
}
