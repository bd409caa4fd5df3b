import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { captureCommand } from '../../electron/cli/capture.ts';
import { createDecodeLines } from '../../electron/cli/decode-lines.ts';
import { replayCommand } from '../../electron/cli/replay.ts';
import { findDriver } from '../../electron/service/drivers/driver-directory.ts';
import type { MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import { createMemoryPorts, type MemoryPorts } from '../../electron/service/serial/memory-ports.ts';
import { CaptureFile } from '../../electron/service/serial/capture-file.ts';
import { readCapture } from '../../electron/service/serial/capture-format.ts';
import { tappedPorts } from '../../electron/service/serial/tapped-ports.ts';
import { goldenScenario } from '../../electron/service/simulation/golden-patient.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';

let folder: string;
let clock: ManualClock;
let ports: MemoryPorts;
const header = {
  app: '0.1.0',
  protocol: 'masimo-ascii1',
  port: { path: 'mem/a', stableId: null },
  settings: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  simulated: true,
} as const;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-capture-'));
  clock = createManualClock();
  ports = createMemoryPorts();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function io(): { out: string[]; err: string[]; stdout(line: string): void; stderr(line: string): void; stdin: AsyncIterable<Uint8Array> } {
  const [out, err]: string[][] = [[], []];
  return {
    out: out ?? [],
    err: err ?? [],
    stdout: (line) => void out?.push(line),
    stderr: (line) => void err?.push(line),
    stdin: (async function* () {})(),
  };
}
const replayWorld = () => ({ clock, ports: async () => ports });
const file = (): string => join(folder, 'one.vigilcap');
const load = () => readCapture(readFileSync(file()), (bytes) => createHash('sha256').update(bytes).digest());

/** Plays a monitor through the tapped ports of a link, with a pulled cable in the middle; returns the lines decoded live. */
async function captureLive(protocol: MonitorProtocolId, seconds: number): Promise<string[]> {
  const scenario = goldenScenario();
  const monitor = findDriver(protocol).createSimulator(scenario);
  const driver = findDriver(protocol);
  const poller = driver.createPoller?.() ?? null;
  const live: string[] = [];
  const lines = createDecodeLines({ protocol, driver, waves: true, print: (line) => live.push(line) });
  const capture = await CaptureFile.create({ clock, file: file(), header: { ...header, protocol } });
  const tapped = tappedPorts(ports);
  tapped.tap(capture);
  const counting = { frame: () => poller?.answered(clock.monoMs()), reading: () => {}, wave: () => {}, discarded: () => {} };
  for (const half of [0, 1]) {
    const bedside = ports.plug('mem/a');
    let decoder = driver.createDecoder();
    const port = await tapped.open('mem/a', driver.portProfiles[0], {
      bytes: (chunk) => {
        poller?.heard?.(chunk, clock.monoMs());
        decoder.push(chunk, counting);
        lines.push(chunk);
      },
      closed: () => lines.restart(),
    });
    bedside.onWrite((bytes) => bedside.send(monitor.receive(bytes) ?? new Uint8Array()));
    for (let step = 0; step < seconds * 5; step += 1) {
      await clock.pass(97);
      const asked = poller?.poll(clock.monoMs()) ?? null;
      if (asked !== null) await port.write(asked);
      const bytes = monitor.advance(scenario.startMs + half * seconds * 1000 + step * 100) ?? new Uint8Array();
      if (bytes.length > 0) bedside.send(bytes.subarray(0, Math.ceil(bytes.length / 2)));
      if (bytes.length > 1) bedside.send(bytes.subarray(Math.ceil(bytes.length / 2)));
    }
    if (half === 0) ports.pull('mem/a');
    else {
      decoder = driver.createDecoder();
      await port.close();
      lines.restart();
    }
  }
  lines.end();
  await capture.close();
  return live;
}

describe('vigil replay', () => {
  test.each(['masimo-ascii1', 'nonin-df7', 'dinamap', 'intellivue'] as const)(
    'CAPTURE-1, CAPTURE-7 of %s prints what was decoded live',
    async (protocol) => {
      const live = await captureLive(protocol, 20);
      expect(live.length).toBeGreaterThan(10);
      const said = io();
      expect(await replayCommand.run([file(), '--speed', 'max', '--waves'], said, replayWorld())).toBe(0);
      expect(said.out.join('\n')).toBe(live.join('\n'));
      expect(said.err[0]).toMatch(/^vigil replay: whole: \d+ records over [\d.]+ s, SHA-256 [0-9a-f]{64}$/);
    },
  );

  test('CAPTURE-8 keeps the pace of the monitor, or a multiple of it', async () => {
    await captureLive('masimo-ascii1', 10);
    for (const [speed, takesMs] of [
      ['1', 9700],
      ['10', 970],
    ] as const) {
      const said = io();
      const startMs = clock.monoMs();
      let doneMs: number | null = null;
      const done = replayCommand.run([file(), '--speed', speed], said, replayWorld()).then(() => (doneMs = clock.monoMs()));
      await clock.pass(20);
      for (let step = 0; step < 4000 && doneMs === null; step += 1) {
        await clock.pass(10);
        if (step < 50) await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await done;
      expect(((doneMs ?? 0) - startMs) / takesMs).toBeGreaterThan(0.9);
      expect(((doneMs ?? 0) - startMs) / takesMs).toBeLessThan(1.7);
    }
  });

  test('CAPTURE-8 plays the direction of the monitor on a port, and nothing else', async () => {
    await captureLive('dinamap', 10);
    const found = load();
    if ('fault' in found) throw new Error(found.words);
    expect(found.records.some((record) => record.kind === 'to-monitor')).toBe(true);
    const out = ports.plug('mem/out');
    expect(await replayCommand.run([file(), '--speed', 'max', '--port', 'mem/out'], io(), replayWorld())).toBe(0);
    const monitor = found.records.filter((record) => record.kind === 'from-monitor').map((record) => Buffer.from(record.bytes));
    expect(Buffer.concat(out.written)).toEqual(Buffer.concat(monitor));
  });

  test('CAPTURE-4, CAPTURE-5 a cut one is played as far as it is whole; what is none is refused in one sentence', async () => {
    const live = await captureLive('masimo-ascii1', 10);
    truncateSync(file(), 2000);
    const cut = io();
    expect(await replayCommand.run([file(), '--speed', 'max', '--waves'], cut, replayWorld())).toBe(1);
    expect(cut.err[0]).toMatch(/was cut: it has no end and no hash/);
    expect(live.slice(0, cut.out.length - 2)).toEqual(cut.out.slice(0, -2));
    writeFileSync(join(folder, 'other'), 'SPO2=098');
    const other = io();
    expect(await replayCommand.run([join(folder, 'other')], other, replayWorld())).toBe(2);
    expect(other.err).toEqual([expect.stringMatching(/is not a capture of Vigil/)]);
    const none = io();
    expect(await replayCommand.run([join(folder, 'nowhere')], none, replayWorld())).toBe(2);
    expect(none.err[0]).toMatch(/cannot be read/);
    for (const argv of [[], ['a', 'b'], ['a', '--speed', '0'], ['a', '--speed', 'fast'], ['a', '--protocol', 'x'], ['--what']]) {
      expect(await replayCommand.run(argv, io(), replayWorld()), argv.join(' ')).toBe(2);
    }
  });
});

describe('vigil capture', () => {
  const run = async (argv: readonly string[], during: () => Promise<void>): Promise<{ code: number; out: string[]; err: string[] }> => {
    const said = io();
    const done = captureCommand.run([...argv, '-o', file()], said, {
      clock,
      ports: async () => ports,
      interrupted: () => new Promise(() => undefined),
    });
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve, 2));
    await during();
    return { code: await done, out: said.out, err: said.err };
  };

  test('CAPTURE-9 listens, writes the file whole, and never replaces it', async () => {
    const bedside = ports.plug('mem/a');
    const seen = await run(['--port', 'mem/a', '--protocol', 'dinamap', '--seconds', '3'], async () => {
      bedside.send('abc');
      await clock.pass(3500);
    });
    expect(seen).toMatchObject({ code: 0, out: [expect.stringContaining('"state":"ended"')] });
    expect(bedside.written).toEqual([]);
    const found = load();
    expect(found).toMatchObject({ state: 'whole', header: { protocol: 'dinamap' } });
    const again = await run(['--port', 'mem/a', '--seconds', '1'], async () => {});
    expect(again.code).toBe(1);
    expect(again.err[0]).toMatch(/is there already/);
  });

  test('CAPTURE-9 asks when it is told to, and writes down what it asked', async () => {
    const bedside = ports.plug('mem/a');
    await run(['--port', 'mem/a', '--protocol', 'dinamap', '--ask', '--seconds', '3'], () => clock.pass(3500));
    expect(bedside.written.length).toBeGreaterThan(0);
    const found = load();
    if ('fault' in found) throw new Error(found.words);
    expect(
      Buffer.concat(found.records.filter((record) => record.kind === 'to-monitor').map((record) => Buffer.from(record.bytes))),
    ).toEqual(Buffer.concat(bedside.written));
  });

  test('CAPTURE-9 a port that is not there or goes, and wrong usage, are said', async () => {
    const gone = await run(['--port', 'mem/none'], async () => {});
    expect(gone).toMatchObject({ code: 1, err: [expect.stringMatching(/no such port/)] });
    rmSync(file(), { force: true });
    ports.plug('mem/a');
    const pulled = await run(['--port', 'mem/a'], async () => ports.pull('mem/a'));
    expect(pulled).toMatchObject({ code: 1, err: [expect.anything(), expect.stringMatching(/the port closed: cable out/)] });
    expect(load()).toMatchObject({ state: 'whole' });
    const world = { clock, ports: async () => ports, interrupted: () => new Promise<void>(() => undefined) };
    const wrong = [
      [],
      ['--port', 'a'],
      ['--port', 'a', '-o', 'f', '--ask'],
      ['--port', 'a', '-o', 'f', '--baud', 'x'],
      ['--port', 'a', '-o', 'f', '--parity', 'mark'],
      ['--port', 'a', '-o', 'f', '--seconds', '-1'],
    ];
    for (const argv of wrong) expect(await captureCommand.run(argv, io(), world), argv.join(' ')).toBe(2);
    expect(existsSync('f')).toBe(false);
  });
});

describe('the file', () => {
  test('CAPTURE-6 closes itself whole at its size, and says so once', async () => {
    const ends: string[] = [];
    const capture = await CaptureFile.create({ clock, file: file(), header, bytesMax: 2000, onEnded: ({ state }) => ends.push(state) });
    for (let round = 0; round < 100; round += 1) capture.take('from-monitor', new Uint8Array(50));
    await capture.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(capture.progress).toMatchObject({ state: 'full' });
    expect(capture.progress.bytes).toBeLessThanOrEqual(2000);
    expect(ends).toEqual(['full']);
    expect(load()).toMatchObject({ state: 'whole' });
    expect(readFileSync(file()).length).toBe(capture.progress.bytes);
  });
});
