import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { simulateCommand, type SimulateWorld } from '../../electron/cli/simulate.ts';
import { findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { PortError, type BytePorts, type PortListener } from '../../electron/service/platform/byte-ports.ts';
import { ascii, brief, decodeWhole } from '../drivers/decoded-stream.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';

const folder = mkdtempSync(joinPath(tmpdir(), 'vigil-simulate-'));
afterAll(() => rmSync(folder, { recursive: true }));

function scenarioFile(name: string, content: string): string {
  const path = joinPath(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The far end of a cable: one port that remembers what was written to it. */
function cable(): { world: SimulateWorld; clock: ManualClock; written: number[]; listener: () => PortListener; interrupt: () => void } {
  const clock = createManualClock();
  const written: number[] = [];
  let far: PortListener | null = null;
  let interrupt: () => void = () => undefined;
  const interrupted = new Promise<void>((resolve) => {
    interrupt = resolve;
  });
  const ports: BytePorts = {
    list: async () => [],
    async open(path, _settings, listener) {
      if (path !== 'tty') throw new PortError('PORT_NOT_FOUND', `${path}: there is no such port`);
      far = listener;
      return { path, write: async (bytes) => void written.push(...bytes), close: async () => undefined };
    },
  };
  const listener = (): PortListener => {
    if (far === null) throw new Error('nothing was opened');
    return far;
  };
  return {
    world: { clock, ports: async () => ports, interrupted: () => interrupted },
    clock,
    written,
    listener,
    interrupt: () => interrupt(),
  };
}

async function run(argv: string[], world: SimulateWorld): Promise<{ exit: Promise<number>; out: string[]; errors: string[] }> {
  const out: string[] = [];
  const errors: string[] = [];
  async function* stdin(): AsyncGenerator<Uint8Array> {}
  let begun: () => void = () => undefined;
  const plays = new Promise<void>((resolve) => (begun = resolve));
  const stdout = (line: string): void => {
    out.push(line);
    begun();
  };
  const exit = simulateCommand.run(argv, { stdout, stderr: (line) => void errors.push(line), stdin: stdin() }, world);
  await Promise.race([exit, plays]);
  return { exit, out, errors };
}

describe('vigil simulate', () => {
  test('SIM-15 plays a streaming monitor on the port until it is interrupted', async () => {
    const { world, clock, written, interrupt } = cable();
    const { exit, out } = await run(['--protocol', 'nonin-df2', '--port', 'tty', '--seed', '4'], world);
    expect(out).toEqual(['{"kind":"simulating","protocol":"nonin-df2","port":"tty","seed":4}']);
    clock.advance(3000);
    const { readings } = decodeWhole(findDriver('nonin-df2').createDecoder(), Uint8Array.from(written));
    expect(readings.slice(0, 2).map(brief)).toEqual(['pulse-rate 72', 'spo2 98']);
    interrupt();
    expect(await exit).toBe(0);
    expect(clock.pending).toBe(0);
  });

  test('SIM-15 answers for a polled monitor, with the patient of the scenario file', async () => {
    const rows = [{ atMs: 0, sys: 111, dia: 66, mean: 80, pulseRate: 61, spo2: 95, respRate: 12 }];
    const path = scenarioFile('patient.json', JSON.stringify({ vitals: { kind: 'rows', rows } }));
    const { world, written, listener, interrupt } = cable();
    const { exit } = await run(['--protocol', 'dinamap', '--port', 'tty', '--scenario', path], world);
    listener().bytes(ascii(' NA!2\r'));
    const { readings } = decodeWhole(findDriver('dinamap').createDecoder(), Uint8Array.from(written));
    expect(readings.map(brief)).toEqual(['nibp-sys 111', 'nibp-dia 66', 'nibp-mean 80']);
    interrupt();
    expect(await exit).toBe(0);
  });

  test('SIM-15 a port that closes, or cannot be opened, ends it with exit 1 and the reason', async () => {
    const { world, listener } = cable();
    const playing = await run(['--protocol', 'masimo-ascii1', '--port', 'tty'], world);
    listener().closed('the adapter is gone');
    expect(await playing.exit).toBe(1);
    expect(playing.errors).toEqual(['vigil simulate: tty closed: the adapter is gone']);
    const refused = await run(['--protocol', 'masimo-ascii1', '--port', 'nowhere'], cable().world);
    expect(await refused.exit).toBe(1);
    expect(refused.errors).toEqual(['vigil simulate: nowhere: there is no such port']);
  });

  test.each([
    [['--port', 'tty'], '--protocol is missing'],
    [['--protocol', 'dinamap'], '--port is missing'],
    [['--protocol', 'teletext', '--port', 'tty'], 'there is no protocol "teletext"'],
    [['--protocol', 'dinamap', '--port', 'tty', '--seed', '-1'], '--seed'],
    [['--protocol', 'dinamap', '--port', 'tty', '--seed', '1.5'], '--seed must be a whole number'],
    [['--protocol', 'dinamap', '--port', 'tty', '--fast'], "Unknown option '--fast'"],
    [['--protocol', 'dinamap', '--port', 'tty', 'extra'], 'extra'],
    [['--protocol', 'dinamap', '--port', 'tty', '--scenario', '/nowhere.json'], 'cannot read the scenario /nowhere.json'],
    [['--protocol', 'dinamap', '--port', 'tty', '--scenario', scenarioFile('broken.json', '{')], 'cannot read the scenario'],
    [['--protocol', 'dinamap', '--port', 'tty', '--scenario', scenarioFile('wrong.json', '{"faults":[{}]}')], 'faults[0]'],
  ])('SIM-16 %j is refused with exit 2 and a sentence', async (argv, sentence) => {
    const { exit, out, errors } = await run(argv, cable().world);
    expect(await exit).toBe(2);
    expect(out).toEqual([]);
    expect(errors.join('\n')).toContain(sentence);
  });
});
