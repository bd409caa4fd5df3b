import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/**
 * PINs are stored as a string that says how it was made, `scrypt$N=131072,r=8,p=1$<salt>$<hash>` (base64url), so that
 * the cost can be raised later without losing anyone. Asynchronous: a hash takes about half a second and must not
 * hold up a monitor's bytes.
 */

interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

const cost: ScryptCost = { N: 131_072, r: 8, p: 1 };
/** A stored string beyond these was not written by Vigil, and must not be able to exhaust the machine. */
const costMax: ScryptCost = { N: 1_048_576, r: 16, p: 4 };
const saltBytes = 16;
const hashBytes = 32;

/** Hashes a PIN with a salt of its own. */
export async function hashPin(pin: string, salt: Uint8Array = randomBytes(saltBytes)): Promise<string> {
  const hash = await derive(pin, salt, hashBytes, cost);
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
  return `scrypt$N=${cost.N},r=${cost.r},p=${cost.p}$${text(salt)}$${text(hash)}`;
}

/** Whether a PIN belongs to a stored string. A string it cannot read is an error, not a wrong PIN. */
export async function verifyPin(pin: string, stored: string): Promise<boolean> {
  const parts = /^scrypt\$N=(\d{1,7}),r=(\d{1,2}),p=(\d)\$([\w-]{8,128})\$([\w-]{22,172})$/.exec(stored);
  if (parts === null) throw new Error('a stored PIN hash is not in the form scrypt$N=…,r=…,p=…$salt$hash');
  const [, N, r, p, salt = '', hash = ''] = parts;
  const asked: ScryptCost = { N: Number(N), r: Number(r), p: Number(p) };
  if (asked.N > costMax.N || asked.r > costMax.r || asked.p > costMax.p)
    throw new Error('a stored PIN hash asks for more work than allowed');
  const expected = Buffer.from(hash, 'base64url');
  const actual = await derive(pin, Buffer.from(salt, 'base64url'), expected.length, asked);
  return timingSafeEqual(actual, expected);
}

function derive(pin: string, salt: Uint8Array, length: number, { N, r, p }: ScryptCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Node's default limit is a quarter of what this cost needs (128 × N × r bytes).
    scrypt(pin, salt, length, { N, r, p, maxmem: 128 * N * r * p + 32 * 1024 * 1024 }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
