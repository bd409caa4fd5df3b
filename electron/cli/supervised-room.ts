import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { pauseAfter, usualPauses } from '../../shared/boot/restart-pauses.ts';
import type { CommandIo } from './command-io.ts';
import { withoutCoreDump } from './without-core-dump.ts';

/** Says to a process that it is the room service of another one, and the secret of a demo, which outlives it. */
export const supervisedBy = 'VIGIL_SUPERVISED';

/** What the room service says to the process above it once it answers. */
export interface Served {
  readonly url: string;
  readonly pid: number;
}

/**
 * The room service as a process of its own under this one, which starts it again when it ends by itself, on the same
 * port, for ever: an open page finds its way back alone. Resolves with the exit code once it was asked to stop, or when
 * the first start was refused, which another one would not change.
 */
export async function superviseRoom(argv: readonly string[], io: CommandIo): Promise<number> {
  const secret = randomBytes(32).toString('base64url');
  let child: ChildProcess | null = null;
  let isAsked = false;
  let wake = (): void => undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      isAsked = true;
      child?.kill('SIGTERM');
      wake();
    });
  }
  let args = ['serve', ...argv];
  let hasServed = false;
  let crashes = 0;
  for (;;) {
    const startedMs = performance.now();
    const { program, args: execArgv } = withoutCoreDump(process.execPath, process.execArgv);
    child = fork(process.argv[1] ?? '', args, {
      execPath: program,
      execArgv: [...execArgv],
      env: { ...process.env, [supervisedBy]: secret },
    });
    child.on('message', (message) => {
      // From this very program. To check it by a schema, this process would load what checks schemas, and the room wait for it.
      const { url, pid } = message as Served;
      // The address stays; a browser is opened once.
      if (!hasServed) {
        io.stdout(JSON.stringify({ url, pid }));
        args = [...args, '--port', new URL(url).port, '--no-open'];
      }
      hasServed = true;
    });
    const { code, words } = await ended(child);
    child = null;
    if (isAsked || !hasServed) return code ?? (isAsked ? 0 : 1);
    if (performance.now() - startedMs >= usualPauses.steadyMs) crashes = 0;
    io.stderr(`vigil serve: the room service ended (${words}) and is being started again`);
    const waitMs = pauseAfter(crashes, usualPauses);
    crashes += 1;
    await new Promise<void>((resolve) => {
      wake = resolve;
      setTimeout(resolve, waitMs);
    });
    // oxlint-disable-next-line typescript/no-unnecessary-condition -- a signal sets it while this waits
    if (isAsked) return 0;
  }
}

function ended(child: ChildProcess): Promise<{ code: number | null; words: string }> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, words: signal ?? String(code) }));
  });
}
