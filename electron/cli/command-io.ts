/** Where a command reads and writes: stdout is for machines (one JSON object a line), stderr for people. */
export interface CommandIo {
  stdout(line: string): void;
  stderr(line: string): void;
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
    stdin: process.stdin,
  };
}
