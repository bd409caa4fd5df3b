import { writeSync } from 'node:fs';

/** Where a command reads and writes: stdout is for machines (one JSON object a line), stderr for people. */
export interface CommandIo {
  stdout(line: string): void;
  stderr(line: string): void;
  /** Shows one line in the place of the one before, or takes it away where it is empty. Only there where a person sees it happen: at a terminal. */
  readonly progress?: (line: string) => void;
  readonly stdin: AsyncIterable<Uint8Array>;
}

/** 0 done, 1 a finding or a refusal, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

export function processIo(): CommandIo {
  // `vigil decode … | head` closes our output before we are done: that is the reader's way of saying enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  return {
    stdout: (line) => process.stdout.write(`${line}\n`),
    stderr: (line) => process.stderr.write(`${line}\n`),
    ...(process.stderr.isTTY ? { progress: showLine } : {}),
    stdin: process.stdin,
  };
}

/** A terminal may have no size. */
const unknownColumns = 80;

/** At once, also in the middle of work that lets nothing else run. */
function showLine(line: string): void {
  try {
    writeSync(process.stderr.fd, `\r${line.slice(0, (process.stderr.columns || unknownColumns) - 1)}\u001B[K`);
  } catch (error) {
    // A terminal that takes nothing just now gets the next one.
    if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
  }
}
