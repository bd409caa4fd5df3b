import type { Chance } from '../../electron/service/simulation/seeded-noise.ts';

/** Ten times a second: the next bytes of a stream that is no monitor's. */
export type Noise = (tMs: number) => Uint8Array;

/** What is heard on a line that is set wrong, or that something else is on. */
export const noiseKinds: readonly ((chance: Chance) => Noise)[] = [
  // A wrong speed, or a device that nobody knows.
  (chance) => () => Uint8Array.from({ length: chance.below(200) }, () => chance.below(256)),
  (chance) => () => Uint8Array.from({ length: chance.below(120) }, () => chance.below(128)),
  // Lines of numbers, as printers and scales send them.
  (chance) => () =>
    new TextEncoder().encode(chance.below(4) === 0 ? `${chance.below(300)} ${chance.below(100)} ${chance.below(10_000)}\r\n` : ''),
  // A few bytes a second, where four can be anything.
  (chance) => (tMs) => Uint8Array.from({ length: tMs % 1000 < 100 ? 4 : 0 }, () => chance.below(256)),
  // Few values, often repeated: the bytes that frames begin with.
  (chance) => () =>
    Uint8Array.from({ length: chance.below(90) }, () => [0x01, 0x80, 0x7e, 0x85, 0xc0, 0x20, 0x0d, 0x0b][chance.below(8)] ?? 0),
  (chance) => {
    const byte = chance.below(256);
    return () => new Uint8Array(chance.below(60)).fill(byte);
  },
];
