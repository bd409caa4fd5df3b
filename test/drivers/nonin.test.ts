import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createNoninDecoder } from '../../electron/service/drivers/nonin/decode.ts';
import { brief, bytesOfHex, decodeWhole, join, type Decoded } from './decoded-stream.ts';
import { noninFrames, noninPacket, type NoninPacketContent } from './monitor-bytes.ts';

const fixture = (name: string): Uint8Array => readFileSync(new URL(`../fixtures/monitors/${name}`, import.meta.url));
const expected = JSON.parse(fixture('expected.json').toString());
const formats = [2, 7] as const;

function decodePackets(format: 2 | 7, ...packets: NoninPacketContent[]): Decoded {
  return decodeWhole(createNoninDecoder(format), join(...packets.map((packet) => noninPacket(format, packet))));
}

describe('Nonin data formats 2 and 7', () => {
  test.each([
    [2, 'nonin_df2_example.bin'],
    [7, 'nonin_df7_example.bin'],
    [7, 'nonin_df7_missing.bin'],
  ] as const)('NONIN-1 format %i: %s gives what is expected of it', (format, name) => {
    const row = expected[name];
    const { readings, frames, discarded, waves } = decodeWhole(createNoninDecoder(format), fixture(name));
    const state = (value: number | null): string => (value === null ? 'sensor-off' : String(value));
    expect(readings.map(brief)).toEqual([`pulse-rate ${state(row.pulseRate)}`, `spo2 ${state(row.spo2)}`]);
    expect({ frames, discarded }).toEqual({ frames: 25 * row.packets, discarded: [] });
    if (row.pleth0 !== undefined) expect(waves[0]?.samples[0]).toBe(row.pleth0);
    expect(readings[0]?.flags).toEqual(row.outOfTrack === true ? ['out-of-track'] : undefined);
  });

  test.each([
    [7, '81 80 00 01 02 80 86 EC 0E 00 80 8D 94 60 01', ['pulse-rate 142', 'spo2 96']],
    [2, '01 81 80 01 03 01 80 86 0E 15 01 80 8D 60 6E', ['pulse-rate 142', 'spo2 96']],
    [7, '99 80 00 03 1C 98 82 F1 7F 8A 98 85 DC 7F 78', ['pulse-rate sensor-off', 'spo2 sensor-off']],
  ] as const)('NONIN-1 format %i, worked frames %s: the fields whose frames arrived', (format, hex, briefs) => {
    const { readings, frames, discarded } = decodeWhole(createNoninDecoder(format), bytesOfHex(hex));
    expect({ readings: readings.map(brief), frames, discarded }).toEqual({ readings: briefs, frames: 3, discarded: [] });
  });

  test.each(formats)('NONIN-2 format %i: a pulse rate has 9 bits (2 + 7), for every value', (format) => {
    for (const heartRate of [1, 63, 126, 127, 128, 129, 142, 200, 255, 256, 270, 300, 383, 384, 400]) {
      expect(decodePackets(format, { heartRate, spo2: 97 }).readings.map(brief)).toEqual([`pulse-rate ${heartRate}`, 'spo2 97']);
    }
    expect(decodePackets(format, { heartRate: 511, spo2: 97 }).readings.map(brief)[0]).toBe('pulse-rate unavailable');
    // Reserved bits beside the two high ones are not part of the rate.
    const frames = noninFrames(format, { heartRate: 142, spo2: 97 }).map((frame, index) => withFloatBits(frame, index === 0 ? 0x7c : 0));
    expect(brief(decodeWhole(createNoninDecoder(format), join(...frames)).readings[0]!)).toBe('pulse-rate 142');
  });

  test.each([
    [{ heartRate: 0, spo2: 97 }, 'pulse-rate out-of-range'],
    [{ heartRate: 401, spo2: 97 }, 'pulse-rate out-of-range'],
    [{ heartRate: 72, spo2: 0 }, 'spo2 out-of-range'],
    [{ heartRate: 72, spo2: 101 }, 'spo2 out-of-range'],
    [{ heartRate: 72, spo2: 126 }, 'spo2 out-of-range'],
    [{ heartRate: 72, spo2: 127 }, 'spo2 unavailable'],
  ])('NONIN-3 what cannot be is absent, never a number: %j', (content, expectedBrief) => {
    for (const format of formats) expect(decodePackets(format, content).readings.map(brief)).toContain(expectedBrief);
  });

  test('NONIN-4 the display value is charted while the sensor is on, and never a held one', () => {
    const held = { heartRate: 511, spo2: 127, heartRateDisplay: 88, spo2Display: 96 };
    const last = (content: NoninPacketContent): string[] => decodePackets(7, content).readings.map(brief);
    expect(last({ heartRate: 90, spo2: 95, heartRateDisplay: 88, spo2Display: 96 })).toEqual(['pulse-rate 88', 'spo2 96']);
    expect(last({ ...held, status: 0x88 })).toEqual(['pulse-rate sensor-off', 'spo2 sensor-off']);
    // Values that still stand beside the sensor alarm are not believed either.
    expect(last({ heartRate: 90, spo2: 95, status: 0x88 })).toEqual(['pulse-rate sensor-off', 'spo2 sensor-off']);
    expect(last(held)).toEqual(['pulse-rate unavailable', 'spo2 unavailable']);
  });

  test.each([
    [0xc0, 'no-sensor'],
    [0x90, 'searching'],
    [0xa0, 'motion'],
    [0x84, 'low-perfusion'],
    [0x80, 'unavailable'],
  ])('NONIN-5 status %i explains a missing value: %s', (status, reason) => {
    const { readings } = decodePackets(2, { heartRate: 511, spo2: 127, status });
    expect(readings.map(brief)).toEqual([`pulse-rate ${reason}`, `spo2 ${reason}`]);
  });

  test.each([
    [0xa0, 'good', ['motion']],
    [0x90, 'questionable', ['out-of-track']],
    [0x84, 'good', ['low-perfusion']],
    [0x86, 'good', undefined],
    [0xc0, 'questionable', ['sensor-disconnect']],
    [0x82, 'good', undefined],
  ])('NONIN-5 status %i beside a value: %s, flags %j', (status, quality, flags) => {
    const [reading] = decodePackets(7, { heartRate: 72, spo2: 97, status }).readings;
    expect(reading).toMatchObject({ value: 72, quality });
    expect(reading?.flags).toEqual(flags);
  });

  test('NONIN-5 a low battery is told', () => {
    expect(decodePackets(7, { heartRate: 72, spo2: 97, status2: 0x21 }).readings[0]?.flags).toEqual(['low-battery']);
  });

  test.each(formats)('NONIN-6 format %i: after three lost bytes the next frame boundary is found', (format) => {
    const stream = join(...[70, 71, 72, 73].map((heartRate, timer) => noninPacket(format, { heartRate, spo2: 97, timer })));
    const { readings, frames, discarded } = decodeWhole(createNoninDecoder(format), join(stream.subarray(0, 175), stream.subarray(178)));
    expect(frames).toBe(99);
    expect(discarded).toEqual([{ bytes: 2, reason: 'truncated' }]);
    const rates = readings.filter((reading) => reading.metric === 'pulse-rate').map(brief);
    expect(rates.filter((rate) => rate !== 'pulse-rate 71')).toEqual(['pulse-rate 70', 'pulse-rate 72', 'pulse-rate 73']);
  });

  test('NONIN-6 a boundary counts only where two frames in a row hold', () => {
    const [lone] = noninFrames(7, { heartRate: 72, spo2: 97 });
    const { frames, discarded } = decodeWhole(createNoninDecoder(7), join(bytesOfHex('11 22'), lone!, bytesOfHex('33 44 55 66 77 11')));
    expect({ frames, discarded }).toEqual({ frames: 0, discarded: [{ bytes: 13, reason: 'noise' }] });
  });

  test.each([
    { heartRate: 142, spo2: 96, timer: 2 },
    { heartRate: 129, spo2: 97, timer: 257 },
    { heartRate: 97, spo2: 97, timer: 97 },
    { heartRate: 48, spo2: 48, timer: 0 },
    { heartRate: 201, spo2: 73, timer: 9999, status2: 1 },
  ])('NONIN-7 frames lost or doubled whole never move a number into another field: %j', (content) => {
    const truth = new Set([`pulse-rate ${content.heartRate}`, `spo2 ${content.spo2}`]);
    for (const format of formats) {
      const before = noninPacket(format, { heartRate: 150, spo2: 91, timer: 1 });
      const after = noninPacket(format, { heartRate: 128, spo2: 88, timer: 3 });
      const middle = noninFrames(format, content);
      for (const frames of lostAndDoubled(middle)) {
        const followed = decodeWhole(createNoninDecoder(format), join(before, ...frames, after)).readings.map(brief);
        expect(followed.slice(-2)).toEqual(['pulse-rate 128', 'spo2 88']);
        // In the first third of a packet that the stream's end cut there is nothing to hold a number against.
        const last = frames.length < 9 ? [] : decodeWhole(createNoninDecoder(format), join(...frames)).readings.map(brief);
        const doubtful = [...followed.slice(0, -2).filter((text) => text !== 'pulse-rate 150' && text !== 'spo2 91'), ...last];
        expect(doubtful.filter((text) => !truth.has(text))).toEqual([]);
      }
    }
  });

  test('NONIN-7 a packet cut short before the next SYNC still gives a field whose copies arrived and agree', () => {
    const cut = noninFrames(2, { heartRate: 142, spo2: 96 }).slice(0, 12);
    const next = noninPacket(2, { heartRate: 80, spo2: 99, timer: 1 });
    expect(decodeWhole(createNoninDecoder(2), join(...cut, next)).readings.map(brief)).toEqual(['spo2 96', 'pulse-rate 80', 'spo2 99']);
  });

  test('NONIN-7 a damaged frame costs only the fields it carried', () => {
    for (let damaged = 0; damaged < 25; damaged++) {
      const frames = noninFrames(7, { heartRate: 142, spo2: 96 });
      frames[damaged]![4]! ^= 0x10;
      const stream = join(
        noninPacket(7, { heartRate: 80, spo2: 99, timer: 9 }),
        ...frames,
        noninPacket(7, { heartRate: 80, spo2: 99, timer: 1 }),
      );
      const { readings, discarded } = decodeWhole(createNoninDecoder(7), stream);
      expect(discarded).toEqual([{ bytes: 5, reason: 'checksum' }]);
      const isSync = damaged === 0;
      expect(readings.map(brief).filter((text) => text.endsWith('142') || text.endsWith('96'))).toEqual(
        isSync ? [] : ['pulse-rate 142', 'spo2 96'],
      );
    }
  });

  test('NONIN-8 the pleth is a wave of samples without a hole; a sample without a finger is null', () => {
    const frames = noninFrames(7, { heartRate: 72, spo2: 97 });
    frames[9]![4]! ^= 1;
    const { waves } = decodeWhole(createNoninDecoder(7), join(...frames, noninPacket(7, { heartRate: 511, spo2: 127, status: 0x88 })));
    expect(waves.map((wave) => wave.samples.length)).toEqual([9, 15, 25]);
    expect(waves[0]).toMatchObject({ metric: 'pleth', unit: '1', periodMs: 1000 / 75 });
    expect(new Set(waves[2]?.samples)).toEqual(new Set([null]));
  });
});

/** Every run of frames left out, and every run sent twice. */
function lostAndDoubled(frames: readonly Uint8Array[]): Uint8Array[][] {
  const variants: Uint8Array[][] = [];
  for (let from = 0; from < frames.length; from++) {
    for (let until = from + 1; until <= frames.length; until++) {
      variants.push([...frames.slice(0, from), ...frames.slice(until)], [...frames.slice(0, until), ...frames.slice(from)]);
    }
  }
  return variants;
}

function withFloatBits(frame: Uint8Array, bits: number): Uint8Array {
  const changed = frame.slice();
  changed[3]! |= bits;
  changed[4] = (changed[0]! + changed[1]! + changed[2]! + changed[3]!) % 256;
  return changed;
}
