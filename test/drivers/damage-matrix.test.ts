import { describe, expect, test } from 'vitest';
import { drivers, findDriver } from '../../electron/service/drivers/driver-directory.ts';
import type { MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import { capnostreamNumerics } from './capnostream-bytes.ts';
import { datexUnit } from './datex-bytes.ts';
import { ascii, brief, decodeChunks, decodeWhole, join, oneByteChunks, seededBelow, type Decoded } from './decoded-stream.ts';
import { hl7Message, hl7Values } from './hl7-bytes.ts';
import { intellivueUnit } from './intellivue-bytes.ts';
import { dinamapPressures, masimoLine, noninPacket } from './monitor-bytes.ts';
import { nellcorLine, noninGroups, noninText } from './oximeter-bytes.ts';

/**
 * The damage matrix on every protocol: each kind of damage at each place. A unit is what carries readings: a line, a packet of 25 frames,
 * a reply. Each stream is before + damaged unit + after.
 */
interface Protocol {
  readonly id: MonitorProtocolId;
  /** Another shape of the same protocol. */
  readonly shape?: string;
  /** Units with readings of their own, in order. */
  readonly units: readonly Uint8Array[];
  /** The smallest piece that can be lost. */
  readonly frameBytes: number;
  /** Readings of the unit before that may go with a damaged one, where only what follows it proves that it was whole. */
  readonly readingsBefore?: number;
}

const nonin = (id: 'nonin-df2' | 'nonin-df7'): Protocol => {
  const format = id === 'nonin-df2' ? 2 : 7;
  const packet = (heartRate: number, spo2: number, timer: number): Uint8Array => noninPacket(format, { heartRate, spo2, timer });
  return {
    id,
    units: [packet(150, 91, 100), packet(142, 96, 101), packet(128, 88, 102), packet(72, 99, 103)],
    frameBytes: 5,
  };
};

/** A docked oximeter, each second with another determination of the cuff. */
function docked(second: number, spo2: number, pulseRate: number, sys: number): Uint8Array {
  const modules = 'eegPSI=082 eegEXC=0000 capnoEtCO2=038 capnoRR=014 capnoEXC=0000';
  const cuff = `nibpSYS=${sys} nibpDIA=078 nibpMAP=095 nibpEXC=0000 nibpMEASTIME=10:00:0${second}`;
  return masimoLine(second, spo2, pulseRate, `CHAN=A ALARM=0000 EXC=00000800 ${modules} ${cuff}`);
}

const protocols: readonly Protocol[] = [
  {
    id: 'masimo-ascii1',
    units: [masimoLine(1, 91, 150), masimoLine(2, 96, 142), masimoLine(3, 88, 128), masimoLine(4, 99, 72)],
    frameBytes: 200,
  },
  {
    id: 'masimo-ascii1',
    shape: 'docked',
    units: [docked(1, 91, 150, 131), docked(2, 96, 142, 132), docked(3, 88, 128, 133), docked(4, 99, 72, 134)],
    frameBytes: 300,
  },
  {
    id: 'nellcor-n560',
    units: [nellcorLine(1, 91, 150), nellcorLine(3, 96, 142, 'MO'), nellcorLine(5, '88*', 128, '   SL'), nellcorLine(7, 99, 72)],
    frameBytes: 200,
  },
  nonin('nonin-df2'),
  nonin('nonin-df7'),
  {
    // Three seconds each, because one group says nothing by itself.
    id: 'nonin-df8',
    units: [noninGroups(150, 91), noninGroups(142, 96), noninGroups(128, 88), noninGroups(72, 99)],
    frameBytes: 200,
    readingsBefore: 2,
  },
  {
    id: 'nonin-ascii',
    units: [noninText(1, 91, 150), noninText(2, 96, 142), noninText(3, 88, 128), noninText(4, 99, 72)],
    frameBytes: 200,
  },
  {
    id: 'dinamap',
    units: [dinamapPressures(124, 78, 93), dinamapPressures(134, 84, 101), dinamapPressures(148, 92, 111), dinamapPressures(162, 98, 119)],
    frameBytes: 25,
  },
  {
    id: 'intellivue',
    units: [
      intellivueUnit(150, 91, 8192),
      intellivueUnit(142, 96, 16_384),
      intellivueUnit(128, 88, 24_576),
      intellivueUnit(72, 99, 32_768),
    ],
    frameBytes: 100,
  },
  {
    id: 'capnostream',
    units: [
      capnostreamNumerics({ seconds: 1_700_000_000, etco2: 40, respRate: 16, spo2: 91, pulseRate: 150 }),
      capnostreamNumerics({ seconds: 1_700_000_001, etco2: 0x85, respRate: 0x80, spo2: 96, pulseRate: 142 }),
      capnostreamNumerics({ seconds: 1_700_000_002, etco2: 35, respRate: 12, spo2: 88, pulseRate: 128 }),
      capnostreamNumerics({ seconds: 1_700_000_003, etco2: 38, respRate: 14, spo2: 99, pulseRate: 72 }),
    ],
    frameBytes: 31,
  },
  {
    id: 'datex-dri',
    units: [datexUnit(150, 91, 0), datexUnit(142, 96, 5), datexUnit(126, 88, 10), datexUnit(72, 99, 15)],
    frameBytes: 320,
  },
  {
    id: 'hl7-oru',
    units: [hl7Message(hl7Values(91, 150)), hl7Message(hl7Values(96, 142)), hl7Message(hl7Values(88, 128)), hl7Message(hl7Values(99, 72))],
    frameBytes: 200,
  },
];

const decode = (id: MonitorProtocolId, bytes: Uint8Array): Decoded => decodeWhole(findDriver(id).createDecoder(), bytes);

function briefsOf(id: MonitorProtocolId, bytes: Uint8Array): string[] {
  return decode(id, bytes).readings.map(brief);
}

/** One unit, damaged in every way at every place. */
function damaged(unit: Uint8Array): { readonly what: string; readonly bytes: Uint8Array }[] {
  const variants: { what: string; bytes: Uint8Array }[] = [];
  for (let at = 0; at < unit.length; at++) {
    variants.push({ what: `drop ${at}`, bytes: join(unit.subarray(0, at), unit.subarray(at + 1)) });
    variants.push({ what: `double ${at}`, bytes: join(unit.subarray(0, at + 1), unit.subarray(at)) });
    variants.push({ what: `cut at ${at}`, bytes: unit.slice(0, at) });
    variants.push({ what: `begun at ${at}`, bytes: unit.slice(at) });
    for (const extra of [0x00, 0x0a, 0x0d, 0x20, 0x31, 0x81, 0xff]) {
      variants.push({ what: `insert ${extra} at ${at}`, bytes: join(unit.subarray(0, at), Uint8Array.of(extra), unit.subarray(at)) });
    }
    for (let bit = 0; bit < 8; bit++) {
      const flipped = unit.slice();
      flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
      variants.push({ what: `flip bit ${bit} of ${at}`, bytes: flipped });
    }
  }
  return variants;
}

describe.each(protocols)('damage on $id', ({ id, units, frameBytes, readingsBefore = 0 }) => {
  // As the driver claims: then nothing damaged may become a wrong number.
  const { check } = findDriver(id).proof;
  const checked = check === 'crc' || check === 'sum';
  const [before, unit, after, last] = units as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const truth = new Set(briefsOf(id, join(...units)));
  const beforeBriefs = briefsOf(id, before);
  const afterBriefs = briefsOf(id, join(after, last));

  test('DRIVER-1 every split of every unit, and single bytes, give the same calls', () => {
    const bytes = join(...units);
    const whole = decode(id, bytes).calls;
    expect(whole.length).toBeGreaterThan(8);
    for (let at = 1; at < bytes.length; at++) {
      const split = decodeChunks(findDriver(id).createDecoder(), [bytes.subarray(0, at), bytes.subarray(at)]);
      expect(split.calls, `split at ${at}`).toEqual(whole);
    }
    expect(decodeChunks(findDriver(id).createDecoder(), oneByteChunks(bytes)).calls).toEqual(whole);
  });

  test('DRIVER-1 three pieces of one unit, at every pair of places, give the same calls', () => {
    const whole = decode(id, unit).calls;
    for (let first = 1; first < unit.length; first++) {
      for (let second = first + 1; second < unit.length; second += unit.length > 250 ? 7 : frameBytes > 5 ? 1 : 3) {
        const pieces = [unit.subarray(0, first), unit.subarray(first, second), unit.subarray(second)];
        expect(decodeChunks(findDriver(id).createDecoder(), pieces).calls).toEqual(whole);
      }
    }
  });

  test('DRIVER-2 a damaged unit costs only itself, is counted, and never becomes a wrong number', () => {
    for (const { what, bytes } of damaged(unit)) {
      const stream = join(before, bytes, after, last);
      const { readings, frames, discarded, accountedBytes } = decode(id, stream);
      const briefs = readings.map(brief);
      expect(accountedBytes, what).toBe(stream.length);
      const kept = beforeBriefs.length - readingsBefore;
      expect(briefs.slice(0, kept), what).toEqual(beforeBriefs.slice(0, kept));
      expect(briefs.slice(-afterBriefs.length), what).toEqual(afterBriefs);
      if (checked)
        expect(
          briefs.filter((text) => !truth.has(text)),
          what,
        ).toEqual([]);
      // A flip or a lost byte costs one frame; a cut costs what it cut and the rest of one frame.
      const wholeFrames = Math.floor((before.length + bytes.length + after.length + last.length) / frameBytes);
      if (frameBytes === 5) expect(frames, what).toBeGreaterThanOrEqual(wholeFrames - 2);
      else expect(frames, what).toBeGreaterThanOrEqual(3);
      const lostBytes = discarded.reduce((sum, { bytes: count }) => sum + count, 0);
      expect(lostBytes, what).toBeLessThanOrEqual(frameBytes === 5 ? 9 : unit.length + 1);
      expect(discarded.length, what).toBeLessThanOrEqual(2);
    }
  });

  test('DRIVER-2 damage at the first or last unit of a stream, and a stream that starts or ends anywhere', () => {
    const bytes = join(before, unit);
    for (let at = 0; at <= bytes.length; at++) {
      for (const stream of [bytes.subarray(at), bytes.subarray(0, at)]) {
        const { readings, accountedBytes } = decode(id, stream);
        expect(accountedBytes).toBe(stream.length);
        expect(readings.map(brief).filter((text) => !truth.has(text))).toEqual([]);
      }
      if (at <= before.length) expect(briefsOf(id, bytes.subarray(at)).slice(-2)).toEqual(briefsOf(id, unit).slice(-2));
      if (at >= before.length) expect(briefsOf(id, bytes.subarray(0, at)).slice(0, 2)).toEqual(beforeBriefs.slice(0, 2));
    }
  });

  test('DRIVER-2 a unit sent twice invents nothing', () => {
    const { readings, discarded } = decode(id, join(before, unit, unit, after, last));
    expect(readings.map(brief).filter((text) => !truth.has(text))).toEqual([]);
    expect(discarded).toEqual([]);
  });

  test('DRIVER-3 a burst of 64 KB in one piece is decoded like single bytes', () => {
    const once = join(...units);
    const burst = join(...Array.from({ length: Math.ceil(65_536 / once.length) }, () => once));
    const whole = decode(id, burst);
    expect(whole.discarded).toEqual([]);
    expect(whole.accountedBytes).toBe(burst.length);
    expect(decodeChunks(findDriver(id).createDecoder(), oneByteChunks(burst)).calls).toEqual(whole.calls);
  });

  test.each([1, 3, 64, 65, 1000, 5000])('DRIVER-3 a break of %i NULs between units is survived and counted', (count) => {
    const stream = join(before, new Uint8Array(count), after, last);
    const { readings, accountedBytes } = decode(id, stream);
    expect(accountedBytes).toBe(stream.length);
    const expectedBriefs = id.startsWith('nonin') ? briefsOf(id, join(before, after, last)) : [...beforeBriefs, ...afterBriefs];
    expect(readings.map(brief)).toEqual(expectedBriefs);
  });

  test('DRIVER-3 five seconds of the wrong baud rate, then the right one', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const below = seededBelow(seed);
      const garbage = Uint8Array.from({ length: 4800 }, () => below(256));
      const { readings, discarded, accountedBytes } = decode(id, join(garbage, after, last));
      expect(readings.map(brief), `seed ${seed}`).toEqual(afterBriefs);
      expect(accountedBytes).toBe(garbage.length + after.length + last.length);
      // Noise shows while it lasts, not only when it ends.
      expect(discarded.length).toBeGreaterThanOrEqual(8);
      expect(discarded.every(({ bytes }) => bytes <= 1024)).toBe(true);
    }
  });

  test('DRIVER-3 the bytes of another device between and inside the units', () => {
    const others = protocols.filter((other) => other.id !== id);
    for (const other of others) {
      const between = join(before, ...other.units, ascii('\r\n'), unit, ...other.units, after, last);
      expect(
        briefsOf(id, between).filter((text) => !truth.has(text)),
        other.id,
      ).toEqual([]);
      expect(briefsOf(id, between).slice(-2), other.id).toEqual(briefsOf(id, last).slice(-2));
      for (let seed = 1; seed <= 30; seed++) {
        const { readings, accountedBytes, pushedBytes } = decode(id, shuffled(join(...units), join(...other.units), seededBelow(seed)));
        expect(accountedBytes).toBe(pushedBytes);
        if (checked)
          expect(
            readings.map(brief).filter((text) => !truth.has(text)),
            `${other.id} ${seed}`,
          ).toEqual([]);
      }
    }
  });
});

// Not for DINAMAP: its sum does not see the order of characters, so two replies can be woven into a third that holds.
describe.each(protocols.filter(({ id }) => id === 'nonin-df2' || id === 'nonin-df7'))('two of $id on one line', ({ id, units }) => {
  test('DRIVER-3 they never give a number that neither of them stated', () => {
    const [first, second, third, fourth] = units as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    const truth = new Set(briefsOf(id, join(...units)));
    for (let seed = 1; seed <= 100; seed++) {
      const [one, two] = [join(first, second, first, second), join(third, fourth, third, fourth)];
      const { readings } = decode(id, shuffled(one, two, seededBelow(seed)));
      const briefs = readings.filter((reading) => 'value' in reading).map(brief);
      expect(
        briefs.filter((text) => !truth.has(text)),
        `seed ${seed}`,
      ).toEqual([]);
    }
  });
});

test('DRIVER-1 the matrix covers every driver', () => {
  expect(protocols.filter(({ shape }) => shape === undefined).map(({ id }) => id)).toEqual(drivers.map(({ id }) => id));
});

/** Two streams in pieces of 1 to 20 bytes, in turn. */
function shuffled(one: Uint8Array, two: Uint8Array, below: (limit: number) => number): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let first = 0, second = 0; first < one.length || second < two.length;) {
    const count = 1 + below(20);
    pieces.push(one.subarray(first, first + count));
    first += count;
    const otherCount = 1 + below(20);
    pieces.push(two.subarray(second, second + otherCount));
    second += otherCount;
  }
  return join(...pieces);
}
