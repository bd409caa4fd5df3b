import { scrypt } from 'node:crypto';

/**
 * scrypt (RFC 7914), which makes a PIN of six digits slow to try. The cost of each hash is stated beside it, so that it
 * can be raised later without losing anyone. Asynchronous: a hash takes about half a second and must not hold up a
 * monitor's bytes.
 */

/** `scrypt$N=131072,r=8,p=1` */
export type HashCost = string;

/** Of every new hash outside tests; a room takes its own from its platform. */
export const hashCost: HashCost = 'scrypt$N=131072,r=8,p=1';

/** A stored hash that states a higher cost was not written by Vigil, and is refused before it can exhaust the machine. */
const most = { N: 1_048_576, r: 16, p: 4 };

/** Throws where the stated cost is not one that Vigil writes. */
export async function slowHash(secret: string, salt: Uint8Array, length: number, stated: HashCost): Promise<Buffer> {
  const parts = /^scrypt\$N=(\d{1,7}),r=(\d{1,2}),p=(\d)$/.exec(stated);
  const [N, r, p] = [Number(parts?.[1]), Number(parts?.[2]), Number(parts?.[3])];
  if (parts === null || N > most.N || r > most.r || p > most.p) throw new Error('a hash states a cost that Vigil does not write');
  // Node's default limit is a quarter of what this cost needs (128 × N × r bytes).
  const maxmem = 128 * N * r * p + 32 * 1024 * 1024;
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, length, { N, r, p, maxmem }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
