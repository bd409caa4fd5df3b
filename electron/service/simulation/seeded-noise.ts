/** Noise without state: the same seed and place give the same number, so that a simulated patient can be asked about any moment. */
export function hashedFraction(seed: number, place: number): number {
  let mixed = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(Math.floor(place) | 0, 0x85ebca6b)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39) >>> 0;
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

/** Smooth noise between −1 and 1 that takes a new direction every `periodMs`. */
export function smoothNoise(seed: number, tMs: number, periodMs: number): number {
  const place = Math.floor(tMs / periodMs);
  const part = tMs / periodMs - place;
  const eased = part * part * (3 - 2 * part);
  const from = hashedFraction(seed, place) * 2 - 1;
  const to = hashedFraction(seed, place + 1) * 2 - 1;
  return from + (to - from) * eased;
}

/** A stream of chances for faults: whole numbers below `below`. */
export interface Chance {
  below(limit: number): number;
}

export function createChance(seed: number): Chance {
  let drawn = 0;
  return { below: (limit) => Math.floor(hashedFraction(seed, drawn++) * limit) };
}
