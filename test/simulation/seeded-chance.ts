/** Chance that is the same for the same seed: what a failing day is replayed with. */
export interface Chance {
  /** Whole, both ends included. */
  between(from: number, to: number): number;
  /** True in so many of a hundred. */
  in100(percent: number): boolean;
  pick<T>(from: readonly T[]): T;
}

export function createChance(seed: number): Chance {
  let state = (seed * 0x9e3779b1) >>> 0;

  // mulberry32
  function fraction(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  const between = (from: number, to: number): number => from + Math.floor(fraction() * (to - from + 1));
  return {
    between,
    in100: (percent) => fraction() * 100 < percent,
    pick: (from) => {
      const found = from[between(0, from.length - 1)];
      if (found === undefined) throw new RangeError('nothing to pick from');
      return found;
    },
  };
}
