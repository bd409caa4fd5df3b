import { expect, test } from 'vitest';
import { runDecode } from '../../../electron/cli/decode.ts';
import { intellivueMinute } from '../../bench/intellivue-minute.ts';
import { join } from '../decoded-stream.ts';
import { createEventFrame, hexBytes, intellivueUnit, resultFrame, waveContextHex, waveHex, workedFrames } from '../intellivue-bytes.ts';

async function decode(input: Iterable<Uint8Array>, ...options: string[]): Promise<string[]> {
  const lines: string[] = [];
  async function* stdin(): AsyncGenerator<Uint8Array> {
    yield* input;
  }
  const io = { stdout: (line: string) => void lines.push(line), stderr: (line: string) => void lines.push(`! ${line}`), stdin: stdin() };
  expect(await runDecode(['--protocol', 'intellivue', ...options, '-'], io)).toBe(0);
  return lines;
}

test('DECODE-1, INTELLIVUE-1 prints readings, discarded bytes and a summary of an IntelliVue stream', async () => {
  const cut = hexBytes(workedFrames.numericsPoll).slice(0, 10);
  const lines = await decode([join(createEventFrame(8000, '2026112310000000'), intellivueUnit(142, 96, 8000), cut)]);
  expect(lines).toEqual([
    '{"kind":"reading","metric":"heart-rate","value":142,"unit":"/min","quality":"good","deviceTime":"2026-11-23T10:00:00"}',
    '{"kind":"reading","metric":"spo2","value":96,"unit":"%","quality":"good","deviceTime":"2026-11-23T10:00:00"}',
    '{"kind":"discarded","bytes":10,"reason":"truncated"}',
    expect.stringMatching(
      /^\{"kind":"summary","protocol":"intellivue","bytes":\d+,"frames":2,"readings":2,"discarded":1,"discardedBytes":10\}$/,
    ),
  ]);
});

test('DECODE-2, INTELLIVUE-5 prints waves only when asked, with the mark of a demonstration', async () => {
  const attributes = [...waveContextHex(12, 64, 0x8000), waveHex(0x4bb4, [1, 2, 0x8003], 0x0400)];
  const frame = resultFrame({ objectClass: 9, objects: [{ handle: 7, attributes }] });
  expect((await decode([frame])).length).toBe(1);
  expect((await decode([frame], '--waves'))[0]).toBe(
    '{"kind":"wave","metric":"pleth","periodMs":8,"unit":"1","samples":[1,2,null],"flags":["demo-data"]}',
  );
});

test('DECODE-3, INTELLIVUE-6 a minute of values and waves decodes to the same lines in any pieces', async () => {
  const minute = intellivueMinute();
  const whole = await decode([minute], '--waves');
  expect(whole.length).toBeGreaterThan(800);
  for (const size of [1, 7, 1000]) {
    const pieces = Array.from({ length: Math.ceil(minute.length / size) }, (_, index) => minute.subarray(index * size, (index + 1) * size));
    expect(await decode(pieces, '--waves'), `pieces of ${size}`).toEqual(whole);
  }
});
