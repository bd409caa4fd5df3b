import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, getPriority, setPriority } from 'node:os';
import { removeLeftCopies } from '../service/store/private-copy.ts';
import type { Command } from './command.ts';
import type { CommandIo } from './command-io.ts';
import { withoutCoreDump } from './without-core-dump.ts';

/** Says to a process that it is the one that works. */
const worksItself = 'VIGIL_WORKS_ITSELF';

/** Whether a command is to be given a process of its own: one that works for long, and is not in it yet. */
export function wantsOwnProcess({ whenEnded }: Pick<Command, 'whenEnded'>): boolean {
  return whenEnded !== undefined && process.env[worksItself] === undefined;
}

/**
 * Runs a program as a process under this one. Long work stands in one call of SQLite for seconds, in which a process
 * hears no signal that it handles; one that it does not handle ends it at once. So the child handles none, and this
 * process says what became of it and removes what it left. A room on the same computer goes before it.
 *
 * Resolves with its exit code, or 128 and the number of the signal that ended it.
 */
export async function runAsOwnProcess(
  program: readonly string[],
  { name, whenEnded }: Pick<Command, 'name' | 'whenEnded'>,
  io: Pick<CommandIo, 'stderr' | 'progress'>,
): Promise<number> {
  const env = { ...process.env, [worksItself]: '1' };
  const started = withoutCoreDump(process.execPath, [...process.execArgv, ...program]);
  const child = spawn(started.program, started.args, { stdio: 'inherit', env });
  let asked: NodeJS.Signals | null = null;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      asked = signal;
      // At a terminal Ctrl-C has reached it already.
      child.kill(signal);
    });
  }
  child.once('spawn', () => giveWay(child.pid));
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  // Windows knows no death by a signal, only a code of its own for it.
  const endedBy = signal ?? (asked !== null && (code === null || code > 2) ? asked : null);
  if (endedBy === null) return code ?? 1;
  removeLeftCopies();
  // Below the line in which the work was told, where there is a terminal.
  io.stderr(`${io.progress === undefined ? '' : '\n'}vigil ${name}: ended by ${endedBy}. ${whenEnded ?? ''}`);
  return 128 + constants.signals[endedBy];
}

const givesWay = constants.priority.PRIORITY_BELOW_NORMAL;

function giveWay(pid: number | undefined): void {
  try {
    if (pid !== undefined && getPriority(pid) < givesWay) setPriority(pid, givesWay);
  } catch {
    // It has ended already, or may not be told.
  }
}
