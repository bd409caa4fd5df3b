import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import { makePtyPair, type PtyPair } from '../../support/pty-pair.ts';

const vigil = join(import.meta.dirname, '..', '..', '..', 'out', 'main', 'vigil.js');
const speaksMsMax = 60_000;

/** A folder of its own for one room, and beside it an oximeter that speaks real bytes over a virtual cable. */
export interface CabledMonitor {
  readonly folder: string;
  /** The room's end of the cable. */
  readonly port: string;
  /** Takes the cable out: its ends vanish, and the monitor with them. */
  pull(): Promise<void>;
  /** Puts a cable in again, with a monitor that is on; the room's end then has this name. */
  plugInAs(name: string): Promise<void>;
  /** Ends the monitor and removes the folder; the room must have ended before. */
  remove(): Promise<void>;
}

export async function cableMonitor(protocol: MonitorProtocolId = 'masimo-ascii1'): Promise<CabledMonitor> {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-e2e-'));
  const ports = join(folder, 'ports');
  // The room looks at everything beside a virtual port it once opened, and would take the monitor's own end from it.
  const bedside = join(folder, 'bedside');
  for (const path of [ports, bedside]) mkdirSync(path);
  let cable: PtyPair;
  let monitor: ChildProcess;
  let plugged = '';
  const plugInAs = async (name: string): Promise<void> => {
    cable = await makePtyPair(join(bedside, 'ttyRoomEnd'), join(bedside, 'ttyMonitor'));
    monitor = await simulate(join(bedside, 'ttyMonitor'), protocol);
    plugged = join(ports, name);
    symlinkSync(realpathSync(join(bedside, 'ttyRoomEnd')), plugged);
  };
  const pull = async (): Promise<void> => {
    monitor.kill();
    rmSync(plugged, { force: true });
    await cable.pull();
  };
  await plugInAs('ttyRoom');
  return {
    folder,
    port: join(ports, 'ttyRoom'),
    pull,
    plugInAs,
    remove: async () => {
      await pull();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves when the monitor is on: a computer under load takes seconds to start it, which is no fault of the room. */
function simulate(port: string, protocol: MonitorProtocolId): Promise<ChildProcess> {
  const child = spawn(process.execPath, [vigil, 'simulate', '--protocol', protocol, '--port', port], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => reject(new Error(`the simulated monitor said nothing: ${said}`)), speaksMsMax);
    child.once('exit', (code) => reject(new Error(`the simulated monitor ended with ${code}: ${said}`)));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stdout.once('data', () => {
      clearTimeout(late);
      resolve(child);
    });
  });
}
