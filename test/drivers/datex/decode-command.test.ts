import { expect, test } from 'vitest';
import { runDecode } from '../../../electron/cli/decode.ts';
import { datexMinute } from '../../bench/datex-minute.ts';
import { join } from '../decoded-stream.ts';
import { datexUnit, noData, wave, waveFrame } from '../datex-bytes.ts';

async function decode(input: Iterable<Uint8Array>, ...options: string[]): Promise<string[]> {
  const lines: string[] = [];
  async function* stdin(): AsyncGenerator<Uint8Array> {
    yield* input;
  }
  const io = { stdout: (line: string) => void lines.push(line), stderr: (line: string) => void lines.push(`! ${line}`), stdin: stdin() };
  expect(await runDecode(['--protocol', 'datex-dri', ...options, '-'], io)).toBe(0);
  return lines;
}

test('DECODE-1, DATEX-17 prints readings, discarded bytes and a summary', async () => {
  expect(await decode([join(datexUnit(142, 96, 0), datexUnit(142, 96, 5).subarray(0, 10))])).toEqual([
    '{"kind":"reading","metric":"heart-rate","value":142,"unit":"/min","quality":"good","deviceTime":"2023-11-14T22:13:20"}',
    '{"kind":"reading","metric":"spo2","value":96,"unit":"%","quality":"good","deviceTime":"2023-11-14T22:13:20"}',
    '{"kind":"reading","metric":"pulse-rate","value":142,"unit":"/min","quality":"good","deviceTime":"2023-11-14T22:13:20"}',
    '{"kind":"reading","metric":"resp-rate","absent":"unavailable","deviceTime":"2023-11-14T22:13:20"}',
    '{"kind":"discarded","bytes":10,"reason":"truncated"}',
    expect.stringMatching(
      /^\{"kind":"summary","protocol":"datex-dri","bytes":\d+,"frames":1,"readings":4,"discarded":1,"discardedBytes":10\}$/,
    ),
  ]);
});

test('DECODE-2, DATEX-17 prints waves only when asked', async () => {
  const frame = waveFrame([wave(8, [100, noData], 1)], 0);
  expect((await decode([frame])).length).toBe(1);
  expect((await decode([frame], '--waves'))[0]).toBe(
    '{"kind":"wave","metric":"pleth","periodMs":10,"unit":"%","samples":[1,null],"flags":["gap"]}',
  );
});

test('DECODE-3, DATEX-17 a minute of values and waves decodes to the same lines in any pieces', async () => {
  const minute = datexMinute();
  const whole = await decode([minute], '--waves');
  expect(whole.length).toBeGreaterThan(280);
  expect(whole.filter((line) => line.includes('"kind":"wave"')).length).toBeGreaterThan(170);
  for (const size of [7, 1000]) {
    const pieces = Array.from({ length: Math.ceil(minute.length / size) }, (_, index) => minute.subarray(index * size, (index + 1) * size));
    expect(await decode(pieces, '--waves'), `pieces of ${size}`).toEqual(whole);
  }
});
