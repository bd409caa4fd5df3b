import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const bundle = join(import.meta.dirname, '..', '..', '..', 'out', 'main', 'vigil.js');
const readyMsMax = 60_000;

/** `vigil serve`, as built: the browser shell of one room. */
export interface ServedRoom {
  readonly url: string;
  /** Of the room service as it was first started. */
  readonly pid: number;
  /** Ends it; SIGTERM in order, SIGKILL with whoever would start it again, as a power cut would. */
  end(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export async function serveRoom(args: readonly string[]): Promise<ServedRoom> {
  const child = spawn(process.execPath, [bundle, 'serve', '--no-open', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const { url, pid } = await firstLine(child);
  return {
    url,
    pid,
    end: async (signal = 'SIGTERM') => {
      if (signal === 'SIGTERM') child.kill(signal);
      else if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, signal);
      await closed;
    },
  };
}

function firstLine(child: ChildProcess): Promise<{ readonly url: string; readonly pid: number }> {
  return new Promise((resolve, reject) => {
    let errors = '';
    const late = setTimeout(() => reject(new Error(`vigil serve did not answer: ${errors}`)), readyMsMax);
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.once('close', () => reject(new Error(`vigil serve ended: ${errors}`)));
    child.stdout?.once('data', (line: Buffer) => {
      clearTimeout(late);
      resolve(JSON.parse(line.toString()) as { url: string; pid: number });
    });
  });
}
