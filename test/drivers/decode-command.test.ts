import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { CommandIo } from '../../electron/cli/command-io.ts';
import { decodeCommand } from '../../electron/cli/decode.ts';
import { ascii, bytesOfHex, join } from './decoded-stream.ts';
import { hl7Message } from './hl7-bytes.ts';
import { dinamapWorked, masimoLine, masimoWorkedLine, noninFrames } from './monitor-bytes.ts';

const folder = mkdtempSync(joinPath(tmpdir(), 'vigil-decode-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fixturePath = (name: string): string => new URL(`../fixtures/monitors/${name}`, import.meta.url).pathname;

interface Run {
  readonly exit: number;
  readonly lines: readonly string[];
  readonly errors: string;
}

async function run(argv: string[], input: Iterable<Uint8Array> = []): Promise<Run> {
  const lines: string[] = [];
  const errors: string[] = [];
  async function* stdin(): AsyncGenerator<Uint8Array> {
    yield* input;
  }
  const io: CommandIo = { stdout: (line) => void lines.push(line), stderr: (line) => void errors.push(line), stdin: stdin() };
  return { exit: await decodeCommand.run(argv, io), lines, errors: errors.join('\n') };
}

describe('vigil decode', () => {
  test('DECODE-1 the examples print exactly their lines', async () => {
    const df7 = await run(['--protocol', 'nonin-df7', fixturePath('nonin_df7_example.bin')]);
    expect(df7).toEqual({
      exit: 0,
      errors: '',
      lines: [
        '{"kind":"reading","metric":"pulse-rate","value":142,"unit":"/min","quality":"good"}',
        '{"kind":"reading","metric":"spo2","value":96,"unit":"%","quality":"good"}',
        '{"kind":"summary","protocol":"nonin-df7","bytes":125,"frames":25,"readings":2,"discarded":0,"discardedBytes":0}',
      ],
    });
    const df2 = await run(['--protocol=nonin-df2', fixturePath('nonin_df2_example.bin')]);
    expect(df2.lines).toEqual(df7.lines.map((line) => line.replace('df7', 'df2')));
    const missing = await run(['--protocol', 'nonin-df7', fixturePath('nonin_df7_missing.bin')]);
    expect(missing.lines[1]).toBe('{"kind":"reading","metric":"spo2","absent":"sensor-off","flags":["out-of-track"]}');
  });

  test('DECODE-1 a damaged frame is one line with its bytes and its reason', async () => {
    const frames = noninFrames(7, { heartRate: 72, spo2: 97 });
    frames[11] = bytesOfHex('80 00 00 00 00');
    const { lines } = await run(['--protocol', 'nonin-df7', '-'], frames);
    expect(lines[0]).toBe('{"kind":"discarded","bytes":5,"reason":"checksum"}');
    expect(lines.at(-1)).toBe(
      '{"kind":"summary","protocol":"nonin-df7","bytes":125,"frames":24,"readings":2,"discarded":1,"discardedBytes":5}',
    );
  });

  test('DECODE-1 flags and the device time stand where the protocol has them', async () => {
    const line = masimoLine(7, 79, 88, 'ALARM=0002 EXC=000810');
    const { lines } = await run(['--protocol', 'masimo-ascii1', '-'], [line]);
    expect(lines[0]).toBe(
      '{"kind":"reading","metric":"spo2","value":79,"unit":"%","quality":"questionable","flags":["low-limit","interference"],"deviceTime":"2026-11-23T10:00:07"}',
    );
    const off = await run(['--protocol', 'masimo-ascii1', '-'], [ascii(`${masimoWorkedLine}\r\n`)]);
    expect(off.lines[0]).toBe('{"kind":"reading","metric":"spo2","absent":"sensor-off","deviceTime":"2005-12-01T11:56:29"}');
  });

  test('DRIVER-8 a value under an unknown code is printed when it changes, and what gave no value is counted in the summary', async () => {
    const message = (value: number): Uint8Array => hl7Message([`OBX|1|NM|77777^^MDC||${value}|%|||||F`, 'OBX|2|TX|N^^L||calm||||||F']);
    const { lines } = await run(['--protocol', 'hl7-oru', '-'], [message(3), message(3), message(4)]);
    const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told.filter(({ kind }) => kind === 'reading').map(({ value }) => value)).toEqual([3, 4]);
    expect(told.at(-1)).toMatchObject({ kind: 'summary', frames: 3, readings: 2, unread: { 'not-a-number': 3 } });
  });

  test('DECODE-2 waves only when asked for', async () => {
    const path = fixturePath('nonin_df7_example.bin');
    const { lines } = await run(['--protocol', 'nonin-df7', '--waves', path]);
    expect(lines[0]).toMatch(/^\{"kind":"wave","metric":"pleth","periodMs":13\.333,"unit":"1","samples":\[32768,34540,/);
    expect(lines.length).toBe(4);
  });

  test('DECODE-3 a file and standard input in any pieces give the same lines', async () => {
    const bytes = join(dinamapWorked, ascii('noise\r'), dinamapWorked.subarray(3), dinamapWorked);
    const path = joinPath(folder, 'capture.bin');
    writeFileSync(path, bytes);
    const fromFile = await run(['--protocol', 'dinamap', path]);
    for (const pieceBytes of [1, 2, 7, 1000]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, at) =>
        bytes.subarray(at * pieceBytes, (at + 1) * pieceBytes),
      );
      expect(await run(['--protocol', 'dinamap', '-'], pieces)).toEqual(fromFile);
    }
    expect(fromFile.exit).toBe(0);
  });

  test('DECODE-3 an empty file is read to its end', async () => {
    expect((await run(['--protocol', 'dinamap', '-'])).lines).toEqual([
      '{"kind":"summary","protocol":"dinamap","bytes":0,"frames":0,"readings":0,"discarded":0,"discardedBytes":0}',
    ]);
  });

  test('DECODE-3 tens of megabytes of noise are read without holding them', async () => {
    function* noise(): Generator<Uint8Array> {
      for (let index = 0; index < 320; index++) yield new Uint8Array(65_536).fill(0x41 + (index % 20));
    }
    let lines = 0;
    const before = process.memoryUsage().heapUsed;
    async function* stdin(): AsyncGenerator<Uint8Array> {
      yield* noise();
    }
    const exit = await decodeCommand.run(['--protocol', 'masimo-ascii1', '-'], {
      stdout: () => void lines++,
      stderr: () => undefined,
      stdin: stdin(),
    });
    expect(exit).toBe(0);
    expect(lines).toBeGreaterThan(1000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(150 * 1024 * 1024);
  });

  test.each([
    [['--protocol', 'nellcor-n999', '-'], 'there is no protocol "nellcor-n999"'],
    [['-'], '--protocol is missing'],
    [['--protocol', 'dinamap'], 'no file was named'],
    [['--protocol', 'dinamap', 'one', 'two'], '"two" is a second one'],
    [['--protocol', 'dinamap', '--bogus', '-'], "Unknown option '--bogus'"],
    [['--protocol'], '--protocol'],
    [['--protocol', 'dinamap', '/nowhere/capture.bin'], 'cannot read /nowhere/capture.bin: ENOENT'],
    [['--protocol', 'dinamap', tmpdir()], 'EISDIR'],
  ])('DECODE-4 %j is refused with exit 2 and a sentence', async (argv, sentence) => {
    const { exit, lines, errors } = await run(argv);
    expect({ exit, lines }).toEqual({ exit: 2, lines: [] });
    expect(errors).toContain(sentence);
  });

  test('DECODE-4 --help explains the command', async () => {
    const { exit, errors } = await run(['--help']);
    expect(exit).toBe(0);
    expect(errors).toContain('usage: vigil decode');
  });
});
