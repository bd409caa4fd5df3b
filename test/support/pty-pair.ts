import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';

/** Two ends of a virtual serial cable, made by socat. */
export interface PtyPair {
  /** Ends the cable: both names vanish and whoever has an end open is cut off. */
  pull(): Promise<void>;
}

/** Whether this computer can make virtual serial cables; say so when a test is skipped. */
export const canMakePtys = spawnSync('socat', ['-V'], { stdio: 'ignore' }).status === 0;

export async function makePtyPair(pathA: string, pathB: string): Promise<PtyPair> {
  const end = (path: string): string => `PTY,link=${path},raw,echo=0`;
  const child: ChildProcess = spawn('socat', [end(pathA), end(pathB)], {
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  const untilMs = Date.now() + 5000;
  while (!(existsSync(pathA) && existsSync(pathB))) {
    if (child.exitCode !== null || Date.now() > untilMs) {
      child.kill('SIGKILL');
      throw new Error(`socat made no pair ${pathA} ${pathB}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return {
    pull: async () => {
      // SIGTERM lets socat remove its links, as a pulled adapter takes its name with it.
      if (child.exitCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}
