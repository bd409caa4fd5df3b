import { describe, expect, test } from 'vitest';
import { createIntellivueDecoder } from '../../../electron/service/drivers/intellivue/decode.ts';
import * as commands from '../../../electron/service/drivers/intellivue/commands.ts';
import { encodeFrame } from '../../../electron/service/drivers/intellivue/frame.ts';
import { brief, decodeChunks, decodeWhole, join, oneByteChunks, seededBelow } from '../decoded-stream.ts';
import {
  attributeHex,
  hexBytes,
  intellivueFrame,
  intellivueUnit,
  numericHex,
  resultHex,
  toHex,
  workedFrames,
} from '../intellivue-bytes.ts';

const decode = (bytes: Uint8Array) => decodeWhole(createIntellivueDecoder(), bytes);

describe('frames', () => {
  test.each(Object.entries(workedFrames))('INTELLIVUE-1 the worked frame "%s" is one frame, whatever its chunking', (_name, hex) => {
    const bytes = hexBytes(hex);
    const { calls } = decode(bytes);
    expect(calls.filter(({ call }) => call !== 'unread')).toEqual([{ call: 'frame', bytes: bytes.length }]);
    for (let at = 1; at < bytes.length; at++) {
      expect(decodeChunks(createIntellivueDecoder(), [bytes.subarray(0, at), bytes.subarray(at)]).calls).toEqual(calls);
    }
    expect(decodeChunks(createIntellivueDecoder(), oneByteChunks(bytes)).calls).toEqual(calls);
  });

  test.each(Object.entries(workedFrames))('INTELLIVUE-1 the worked frame "%s" with any byte changed is no frame', (_name, hex) => {
    const bytes = hexBytes(hex);
    for (let at = 0; at < bytes.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const damaged = bytes.slice();
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        const { frames, accountedBytes } = decode(damaged);
        expect([frames, accountedBytes], `bit ${bit} of ${at}`).toEqual([0, bytes.length]);
      }
    }
  });

  test('INTELLIVUE-1 what Vigil says is what was worked out by hand', () => {
    expect(toHex(commands.numericsPoll())).toBe(workedFrames.numericsPoll);
    expect(toHex(commands.wavesPoll())).toBe(workedFrames.wavesPoll);
    expect(toHex(commands.createEventResult(1, 0x001d_c200))).toBe(workedFrames.createEventResult);
    expect(toHex(commands.releaseRequest())).toBe(workedFrames.release);
    const associate = commands.associationRequest();
    expect(decode(associate).frames).toBe(1);
    // Client, cold start, and one supported profile with the extension for values each second and waves.
    expect(toHex(associate)).toContain('80000000400000000000000080000000200000000000000000' + '01002c');
    expect(toHex(associate)).toContain('f001000888000000');
    // What is handed out may be written over.
    commands.numericsPoll().fill(0);
    expect(toHex(commands.numericsPoll())).toBe(workedFrames.numericsPoll);
  });

  test('INTELLIVUE-1 every byte value survives the escapes', () => {
    const user = `e1${'00'.repeat(4)}${Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0')).join('')}`;
    expect(encodeFrame(hexBytes(user))).toEqual(intellivueFrame(user));
    const unit = intellivueUnit(0xc0, 0x5d, 0xc1_7d_c0_c1);
    expect(unit.length).toBeGreaterThan(decode(intellivueUnit(1, 2, 3)).pushedBytes);
    expect(decode(unit).readings.map(brief)).toEqual(['heart-rate 192', 'spo2 93']);
  });

  test('INTELLIVUE-1 an abort, an empty frame, a frame without an end and one too long are discarded with their reasons', () => {
    const good = intellivueUnit(72, 98, 8000);
    const reasonsOf = (bytes: Uint8Array): string[] => decode(join(bytes, good)).discarded.map(({ reason }) => reason);
    expect(reasonsOf(join(good.slice(0, 20), Uint8Array.of(0x7d, 0xc1)))).toEqual(['truncated']);
    expect(reasonsOf(Uint8Array.of(0xc0, 0xc1))).toEqual(['noise']);
    expect(reasonsOf(good.slice(0, -1))).toEqual(['truncated']);
    expect(reasonsOf(good.slice(1))).toEqual(['noise']);
    expect(reasonsOf(join(Uint8Array.of(0xc0), new Uint8Array(3000)))[0]).toBe('too-long');
    for (const bytes of [good.slice(0, 20), Uint8Array.of(0xc0), new Uint8Array(3000)]) {
      expect(decode(join(bytes, good)).readings.map(brief)).toEqual(['heart-rate 72', 'spo2 98']);
    }
  });
});

describe('content', () => {
  const user = resultHex({ objects: [{ handle: 1, attributes: [attributeHex(0x0950, numericHex({ code: 0x4182, float: 72 }))] }] });

  test('INTELLIVUE-15 a length that is one too large or too small discards the frame whole', () => {
    expect(decode(intellivueFrame(user)).readings.map(brief)).toEqual(['heart-rate 72']);
    // Operation, command, action, contexts, context, object, attribute: where each length stands in the user data.
    for (const at of [6, 12, 22, 48, 54, 60, 64]) {
      for (const step of [-1, 1]) {
        const bytes = hexBytes(user);
        bytes[at + 1] = (bytes[at + 1] ?? 0) + step;
        const { frames, readings, discarded } = decode(intellivueFrame(toHex(bytes)));
        expect([frames, readings, discarded.map(({ reason }) => reason)], `length at ${at} by ${step}`).toEqual([0, [], ['malformed']]);
      }
    }
  });

  test('INTELLIVUE-15 counts and lengths of any size, with a right checksum: nothing throws, all is accounted for', () => {
    const below = seededBelow(77);
    const runs = process.env['VIGIL_SOAK'] === undefined ? 20_000 : 1_000_000;
    let frames = 0;
    for (let run = 0; run < runs; run++) {
      const bytes = hexBytes(user);
      for (let change = 1 + below(3); change > 0; change--) bytes[4 + below(bytes.length - 4)] = below(256);
      const decoded = decode(encodeFrame(bytes));
      expect(decoded.accountedBytes).toBe(decoded.pushedBytes);
      frames += decoded.frames;
    }
    expect(frames).toBeGreaterThan(runs / 10);
  });
});
