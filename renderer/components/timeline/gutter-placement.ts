import { spreadApart } from './lane-layout.ts';

/** A word in a gutter, beside the height that it names. */
export interface GutterWish {
  readonly key: string;
  readonly words: string;
  /** Middle of the word, where it would stand alone. */
  readonly y: number;
  /** Stays where two cannot both be read. */
  readonly first: boolean;
}

/** From one word's middle to the next, so that both can be read. */
const pitchPx = 14;

/** Words move apart a little where they would touch; where a low lane leaves no room for both, one is left out. */
export function placeGutter(wishes: readonly GutterWish[]): readonly GutterWish[] {
  const sorted = [...wishes].sort((a, b) => a.y - b.y);
  const ys = spreadApart(
    sorted.map(({ y }) => y),
    pitchPx + 1,
  );
  // A word that would have to move by more than half a pitch stays where it is, because it would stand at another line.
  const moved = sorted.map((wish, index) => ({
    ...wish,
    y: Math.abs((ys[index] ?? wish.y) - wish.y) <= pitchPx / 2 ? (ys[index] ?? wish.y) : wish.y,
  }));
  const kept: GutterWish[] = [];
  for (const wish of [...moved.filter(({ first }) => first), ...moved.filter(({ first }) => !first)]) {
    if (kept.every((other) => Math.abs(other.y - wish.y) >= pitchPx)) kept.push(wish);
  }
  return kept;
}
