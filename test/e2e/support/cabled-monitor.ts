import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePtyPair, type PtyPair } from '../../support/pty-pair.ts';

const vigil = join(import.meta.dirname, '..', '..', '..', 'out', 'main', 'vigil.js');

/** A folder of its own for one room, and beside it an oximeter that speaks real bytes over a virtual cable. */
export interface CabledMonitor {
  readonly folder: string;
  /** The room's end of the cable. */
  readonly port: string;
  /** Takes the cable out: both ends vanish, and the monitor with them. */
  pull(): Promise<void>;
  /** Puts a cable in again; the room's end then has this name. */
  plugInAs(name: string): Promise<void>;
  /** Ends the monitor and removes the folder; the room must have ended before. */
  remove(): Promise<void>;
}

export async function cableMonitor(): Promise<CabledMonitor> {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-e2e-'));
  const monitorEnd = join(folder, 'ttyMonitor');
  let cable: PtyPair;
  let monitor: ChildProcess;
  const plugInAs = async (name: string): Promise<void> => {
    cable = await makePtyPair(join(folder, name), monitorEnd);
    monitor = spawn(process.execPath, [vigil, 'simulate', '--protocol', 'masimo-ascii1', '--port', monitorEnd], { stdio: 'ignore' });
  };
  const pull = async (): Promise<void> => {
    monitor.kill();
    await cable.pull();
  };
  await plugInAs('ttyRoom');
  return {
    folder,
    port: join(folder, 'ttyRoom'),
    pull,
    plugInAs,
    remove: async () => {
      await pull();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
