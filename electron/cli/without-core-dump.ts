/** A program and its arguments, as one starts them. */
export interface Started {
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * As a program is started whose memory is written to no disk when it crashes: what it has in memory is the room's key and
 * patients' names. Node cannot set the limit of a process, so a shell sets it and makes way for the program, under the same
 * number. Both limits go down, so that the program cannot raise its own. Windows has no such limit.
 */
export function withoutCoreDump(program: string, args: readonly string[], platform: NodeJS.Platform = process.platform): Started {
  if (platform === 'win32') return { program, args };
  return { program: '/bin/sh', args: ['-c', 'ulimit -c 0; exec "$0" "$@"', program, ...args] };
}
