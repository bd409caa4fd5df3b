import { describe, expect, test } from 'vitest';
import { drivers, findDriver } from '../../../electron/service/drivers/driver-directory.ts';
import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import { casesOf } from '../cases/case-directory.ts';
import type { UnitStream } from '../cases/driver-cases.ts';
import { ascii, brief, decodeChunks, decodeWhole, join, oneByteChunks, seededBelow, type Decoded } from '../decoded-stream.ts';

/** The damage matrix on every protocol, in each of its forms: each kind of damage at each place. Each stream is before + damaged unit + after. */
interface Protocol extends UnitStream {
  readonly id: MonitorProtocolId;
  readonly form: string;
}

const protocols: readonly Protocol[] = drivers.flatMap(({ id }) => {
  const { stream, otherStreams = {} } = casesOf(id);
  const others = Object.entries(otherStreams).map(([form, other]) => ({ id, form, ...other }));
  return [{ id, form: '', ...stream }, ...others];
});

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

describe.each(protocols)('damage on $id $form', ({ id, units, frameBytes, readingsBefore = 0 }) => {
  // As the driver claims: then nothing damaged may become a wrong number.
  const { check } = findDriver(id).proof;
  const checked = check === 'crc' || check === 'sum';
  const [before, unit, after, last] = units;
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
    expect(readings.map(brief)).toEqual(briefsOf(id, join(before, after, last)));
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
    const [first, second, third, fourth] = units;
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
