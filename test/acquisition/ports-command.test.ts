import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { portsCommand } from '../../electron/cli/ports.ts';
import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import { createSerialPorts } from '../../electron/service/serial/serialport-ports.ts';
import { goldenScenario } from '../../electron/service/simulation/golden-patient.ts';
import { findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { canMakePtys, makePtyPair } from '../support/pty-pair.ts';

function capture(): { readonly out: string[]; readonly err: string[]; stdout(line: string): void; stderr(line: string): void } {
  const out: string[] = [];
  const err: string[] = [];
  return { out, err, stdout: (line) => void out.push(line), stderr: (line) => void err.push(line) };
}

describe('vigil ports', () => {
  it('ACQ-12 refuses an unknown option and says what there is', async () => {
    const io = capture();
    expect(await portsCommand.run(['--transmit'], io)).toBe(2);
    expect(io.out).toEqual([]);
    expect(io.err.join('\n')).toMatch(/--transmit[^]*usage: vigil ports/);
  });

  it('ACQ-12 a port to ask that is not there is named, and nothing is sent to the others', async () => {
    const io = capture();
    expect(await portsCommand.run(['--ask', '/dev/ttyNotThere'], io)).toBe(1);
    expect(io.out).toEqual([]);
    expect(io.err.join('\n')).toMatch(/no port \/dev\/ttyNotThere to ask; nothing was sent/);
    expect(io.err.join('\n')).not.toContain('asks as for');
  });

  it('ACQ-12 names what it hears on a virtual port (socat)', async (context) => {
    context.skip(!canMakePtys, 'socat is not installed');
    const folder = await mkdtemp(join(tmpdir(), 'vigil-cli-'));
    const [room, far] = [join(folder, 'room0'), join(folder, 'far0')];
    const pair = await makePtyPair(room, far);
    const clock = createSystemClock();
    const port = await createSerialPorts().open(
      far,
      { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
      { bytes: () => {}, closed: () => {} },
    );
    const monitor = findDriver('nonin-df7').createSimulator(goldenScenario());
    const startMs = clock.monoMs();
    const stop = clock.every(50, () => {
      const bytes = monitor.advance(clock.monoMs() - startMs);
      if (bytes.length > 0) void port.write(bytes).catch(() => {});
    });
    const io = capture();
    const code = await portsCommand.run(['--ports', join(folder, 'room*')], io);
    stop();
    await port.close();
    await pair.pull();
    const found = io.out.map((line) => JSON.parse(line) as Record<string, unknown>).find((entry) => entry['path'] === room);
    expect(code).toBe(0);
    expect(found).toMatchObject({ path: room, stableId: null, manufacturer: null, answers: 'nonin-df7' });
    await rm(folder, { recursive: true });
  });

  it('ACQ-12 asks a polled monitor that --ask names, and says so first (socat)', async (context) => {
    context.skip(!canMakePtys, 'socat is not installed');
    const folder = await mkdtemp(join(tmpdir(), 'vigil-cli-'));
    const [room, far] = [join(folder, 'room0'), join(folder, 'far0')];
    const pair = await makePtyPair(room, far);
    const monitor = findDriver('dinamap').createSimulator(goldenScenario());
    let asked = 0;
    const port = await createSerialPorts().open(
      far,
      { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
      {
        bytes: (bytes) => {
          asked += bytes.length;
          const reply = monitor.receive(bytes);
          if (reply !== null) void port.write(reply).catch(() => {});
        },
        closed: () => {},
      },
    );
    const io = capture();
    await portsCommand.run(['--ask', room, '--ports', join(folder, 'room*')], io);
    await port.close();
    await pair.pull();
    const found = io.out.map((line) => JSON.parse(line) as Record<string, unknown>).filter((entry) => entry['path'] === room);
    expect(found[0]).toMatchObject({ answers: 'dinamap', finding: 'named', sentBytes: asked });
    const others = io.out.map((line) => JSON.parse(line) as Record<string, unknown>).filter((entry) => entry['path'] !== room);
    for (const other of others) expect(other).toMatchObject({ sentBytes: 0 });
    expect(io.err.join('\n')).toMatch(/asks as for GE at 9600 8N1: 20 4e/);
    await rm(folder, { recursive: true });
  });

  it('ACQ-12 opens nothing with --no-listen', async (context) => {
    context.skip(!canMakePtys, 'socat is not installed');
    const folder = await mkdtemp(join(tmpdir(), 'vigil-cli-'));
    const pair = await makePtyPair(join(folder, 'room0'), join(folder, 'far0'));
    const io = capture();
    expect(await portsCommand.run(['--no-listen', '--ports', join(folder, 'room*')], io)).toBe(0);
    expect(io.out.some((line) => line.includes(join(folder, 'room0')) && line.includes('not listened to'))).toBe(true);
    await pair.pull();
    await rm(folder, { recursive: true });
  });
});
