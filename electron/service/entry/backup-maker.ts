import { spawn, type ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import type { BackupMaker } from '../recorder/room-backups.ts';

/** A share that hangs is given up after this, and tried again later. */
const patienceMs = 2 * 3_600_000;

interface Ended {
  readonly code: number | null;
  /** The last line of its output, as `vigil` commands write it; empty where there is none. */
  readonly line: { readonly name?: unknown; readonly message?: unknown };
}

interface BackupMaking {
  /** The file of the `vigil` command. */
  readonly program: string;
  /** The room's data folder, with its key file. */
  readonly folder: string;
  readonly to: string;
}

/** Makes backups with the `vigil` command, as processes of their own that give way to the room. */
export function createBackupMaker({ program, folder, to }: BackupMaking): BackupMaker {
  let child: ChildProcess | null = null;

  async function run(...argv: string[]): Promise<Ended> {
    const running = spawn(process.execPath, [...process.execArgv, program, ...argv], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, VIGIL_WORKS_ITSELF: '1' },
      timeout: patienceMs,
      killSignal: 'SIGKILL',
    });
    child = running;
    let out = '';
    running.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
    running.once('spawn', () => giveWay(running.pid));
    try {
      const code = await new Promise<number | null>((resolve, reject) => {
        running.once('error', reject);
        running.once('close', resolve);
      });
      return { code, line: lastLine(out) };
    } finally {
      child = null;
    }
  }

  return {
    to: resolve(to),
    async backUp() {
      const { code, line } = await run('backup', '--data', folder, '--to', to);
      return code === 0 && typeof line.name === 'string' ? { name: line.name } : { failed: wordsOf(line) };
    },
    async drill(name) {
      const { code, line } = await run('restore', '--from', join(to, name), '--drill', '--key', join(folder, 'key'));
      return code === 0 ? { whole: true } : { failed: wordsOf(line) };
    },
    close: () => void child?.kill('SIGKILL'),
  };
}

function lastLine(out: string): Ended['line'] {
  try {
    const line: unknown = JSON.parse(out.trim().split('\n').at(-1) ?? '');
    return typeof line === 'object' && line !== null ? line : {};
  } catch {
    return {};
  }
}

function wordsOf({ message }: Ended['line']): string {
  return typeof message === 'string' ? message : 'It was ended before it was done.';
}

function giveWay(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or may not be told.
  }
}
