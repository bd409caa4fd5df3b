import { describe, expect, test } from 'vitest';
import * as commands from '../../../electron/service/drivers/capnostream/commands.ts';
import { createCapnostreamDecoder } from '../../../electron/service/drivers/capnostream/decode.ts';
import { encodeMessage } from '../../../electron/service/drivers/capnostream/frame.ts';
import { capnostreamMessage, capnostreamNumerics, capnostreamSample } from '../capnostream-bytes.ts';
import { brief, bytesOfHex, decodeChunks, decodeWhole, join, oneByteChunks, type Decoded } from '../decoded-stream.ts';

const decode = (...pieces: Uint8Array[]): Decoded => decodeWhole(createCapnostreamDecoder(), join(...pieces));
const values = ({ readings }: Decoded): string[] => readings.filter((reading) => 'value' in reading).map(brief);

const worked = {
  numerics: bytesOfHex('85 1C 01 65 53 F1 00 26 01 0E 61 48 00 00 00 00 00 00 00 3C 0F 1E 05 08 64 5A 8C 32 01 00 7B'),
  escaped: bytesOfHex('85 1C 01 65 53 F1 01 80 05 00 80 00 61 48 00 00 00 00 00 00 00 3C 0F 1E 05 08 64 5A 8C 32 01 00 56'),
  invalid: bytesOfHex('85 1C 01 65 53 F1 02 FF FF FF FF FF 80 00 00 00 00 01 41 14 3C 0F 1E 05 08 64 5A 8C 32 01 00 52'),
  wave: bytesOfHex('85 05 00 05 25 80 00 08 AD'),
  escapedWave: bytesOfHex('85 05 00 80 05 00 80 00 40 40'),
};

describe('messages', () => {
  test('CAPNO-1 every worked message is built byte for byte', () => {
    expect([commands.enable(), commands.disable(), commands.startRealTime(), commands.stopRealTime(), commands.linkActive()]).toEqual(
      ['85 01 01 00', '85 01 02 03', '85 01 04 05', '85 01 05 04', '85 01 06 07'].map(bytesOfHex),
    );
    const hostId = Uint8Array.from('VIGIL'.padEnd(17), (letter) => letter.charCodeAt(0));
    expect(encodeMessage(7, hostId)).toEqual(join(bytesOfHex('85 12 07 56 49 47 49 4C'), new Uint8Array(12).fill(0x20), bytesOfHex('48')));
    const stated = { seconds: 1_700_000_001, etco2: 0x85, fico2: 0, respRate: 0x80 };
    expect([capnostreamNumerics(), capnostreamNumerics(stated)]).toEqual([worked.numerics, worked.escaped]);
    expect([capnostreamSample(5, 0x2580, 0x08), capnostreamSample(0x85, 0x80, 0x40)]).toEqual([worked.wave, worked.escapedWave]);
  });

  test('CAPNO-1 the worked messages are read, whole and in every split', () => {
    const all = Object.values(worked);
    const whole = decode(...all);
    expect(whole.frames).toBe(5);
    expect(whole.discarded).toEqual([]);
    expect(values(whole)).toEqual([
      'etco2 38',
      'fico2 1',
      'resp-rate 14',
      'spo2 97',
      'pulse-rate 72',
      'etco2 133',
      'fico2 0',
      'resp-rate 128',
      'spo2 97',
      'pulse-rate 72',
      'x:capnostream:no-breath-time 20',
    ]);
    const bytes = join(...all);
    for (let at = 1; at < bytes.length; at++) {
      expect(decodeChunks(createCapnostreamDecoder(), [bytes.subarray(0, at), bytes.subarray(at)]).calls).toEqual(whole.calls);
    }
    expect(decodeChunks(createCapnostreamDecoder(), oneByteChunks(bytes)).calls).toEqual(whole.calls);
  });

  test('CAPNO-2 a message cut anywhere costs only itself: a bare 85 begins the next one', () => {
    for (let at = 1; at < worked.escaped.length; at++) {
      const told = decode(worked.escaped.subarray(0, at), worked.numerics);
      expect(told.frames, String(at)).toBe(1);
      expect(told.discarded, String(at)).toEqual([{ bytes: at, reason: at === 1 ? 'noise' : 'truncated' }]);
    }
  });

  test('CAPNO-2 messages of the greatest length are read, with every byte escaped', () => {
    for (const byte of [0x80, 0x85, 0x00, 0xff]) {
      const message = capnostreamMessage(22, Array<number>(254).fill(byte));
      expect(decode(message, worked.numerics)).toMatchObject({ frames: 2, discarded: [] });
    }
  });

  test.each([
    ['a wrong checksum', '85 05 00 05 25 80 00 08 AC', 'checksum'],
    ['an escape the protocol does not have', '85 05 00 05 25 80 01', 'malformed'],
    ['a length of nothing', '85 00', 'malformed'],
    ['numerics too short for their values', '85 03 01 26 01 25', 'malformed'],
    ['a sample too short for its status', '85 04 00 05 25 00 24', 'malformed'],
  ])('CAPNO-3 %s is discarded with its reason, and only that', (_what, hex, reason) => {
    const message = bytesOfHex(hex);
    expect(decode(worked.numerics, message, worked.numerics)).toMatchObject({
      frames: 2,
      discarded: [{ bytes: message.length, reason }],
    });
  });

  test('CAPNO-3 an inserted byte that makes the checksum hold by accident is no message: its unit is in the wrong place', () => {
    // 7B before the last byte of the payload leaves an XOR of nothing at the length stated.
    const bytes = Uint8Array.from(worked.numerics);
    for (let at = 3; at < bytes.length - 2; at++) {
      const moved = join(bytes.subarray(0, at), Uint8Array.of(0x7b), bytes.subarray(at));
      const told = decode(moved, worked.numerics);
      expect(values(told).slice(-5), String(at)).toEqual(values(decode(worked.numerics)));
      expect(told.frames, String(at)).toBeLessThanOrEqual(at < 29 ? 1 : 2);
      expect(told.accountedBytes).toBe(told.pushedBytes);
    }
  });

  test('CAPNO-3 a message of a code that says nothing here is counted and gives nothing, a patient’s name least of all', () => {
    const name = Array.from('NOBODY, Anna', (letter) => letter.charCodeAt(0));
    for (const code of [9, 10, 11, 21, 22, 55, 57, 58, 60, 200]) {
      expect(decode(capnostreamMessage(code, name)).calls, String(code)).toEqual([
        { call: 'frame', bytes: 16 },
        { call: 'unread', reason: 'no-values' },
      ]);
    }
  });
});
