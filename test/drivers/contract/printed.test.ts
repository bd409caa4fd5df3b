import { describe, expect, test } from 'vitest';
import { decodeCommand } from '../../../electron/cli/decode.ts';
import { drivers } from '../../../electron/service/drivers/driver-directory.ts';
import { isMetricId } from '../../../electron/service/drivers/stated-reading.ts';
import { casesOf } from '../cases/case-directory.ts';
import { decodeWhole, join } from '../decoded-stream.ts';

describe.each(drivers)('vigil decode --protocol $id', ({ id, createDecoder }) => {
  const { bench, stream } = casesOf(id);
  // A cut unit behind what is whole, so that something is discarded.
  const bytes = join(bench.sample(), ...stream.units, stream.units[0].subarray(0, 4));

  async function printed(pieces: Iterable<Uint8Array>, ...options: string[]): Promise<string[]> {
    const lines: string[] = [];
    async function* stdin(): AsyncGenerator<Uint8Array> {
      yield* pieces;
    }
    const io = { stdout: (line: string) => void lines.push(line), stderr: (line: string) => void lines.push(`! ${line}`), stdin: stdin() };
    expect(await decodeCommand.run(['--protocol', id, ...options, '-'], io)).toBe(0);
    return lines;
  }

  test('DECODE-1, DECODE-2 prints what its decoder says, one line each, and waves only when asked', async () => {
    const decoded = decodeWhole(createDecoder(), bytes);
    const lines = (await printed([bytes])).map((line) => JSON.parse(line) as { readonly kind: string; readonly metric?: string });
    // A value under the protocol's own code is printed when it changes only (DRIVER-8).
    const shared = lines.filter(({ kind, metric = '' }) => kind !== 'reading' || isMetricId(metric));
    const told = decoded.calls.flatMap((call): object[] => {
      if (call.call === 'discarded') return [{ kind: 'discarded', bytes: call.bytes, reason: call.reason }];
      return call.call === 'reading' && isMetricId(call.reading.metric) ? [{ kind: 'reading', ...call.reading }] : [];
    });
    expect(told.length).toBeGreaterThan(8);
    expect(shared.slice(0, -1)).toEqual(told);
    expect(lines.at(-1)).toMatchObject({
      kind: 'summary',
      protocol: id,
      bytes: bytes.length,
      frames: decoded.frames,
      readings: lines.filter(({ kind }) => kind === 'reading').length,
      discarded: decoded.discarded.length,
      discardedBytes: decoded.discarded.reduce((sum, piece) => sum + piece.bytes, 0),
    });
    const waves = (await printed([bytes], '--waves')).filter((line) => line.startsWith('{"kind":"wave"'));
    expect(waves.length).toBe(decoded.waves.length);
  });

  test('DECODE-3 prints the same in any pieces', async () => {
    const whole = await printed([bytes], '--waves');
    for (const size of [1, 7, 1000]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
      expect(await printed(pieces, '--waves'), `pieces of ${size}`).toEqual(whole);
    }
  });
});
