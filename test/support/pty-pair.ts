import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';

/** Two ends of a virtual serial cable, made by socat. */
export interface PtyPair {
  /** Ends the cable: both names vanish and whoever has an end open is cut off. */
  pull(): Promise<void>;
}

/** Whether this computer can make virtual serial cables; say so when a test is skipped. */
export const canMakePtys = spawnSync('socat', ['-V'], { stdio: 'ignore' }).status === 0;

/** Ends with its input: however this process ends, the pipe to it closes, and no socat is left behind by a test that failed. */
const socatWhileHeld = 'socat "$0" "$1" & read -r _; kill $!; wait';

export async function makePtyPair(pathA: string, pathB: string): Promise<PtyPair> {
  const end = (path: string): string => `PTY,link=${path},raw,echo=0`;
  const child = spawn('sh', ['-c', socatWhileHeld, end(pathA), end(pathB)], { stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = once(child, 'exit');
  // SIGTERM, which the shell sends, lets socat remove its links, as a pulled adapter takes its name with it.
  const pull = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  const untilMs = Date.now() + 5000;
  while (!(existsSync(pathA) && existsSync(pathB))) {
    if (Date.now() > untilMs) {
      await pull();
      throw new Error(`socat made no pair ${pathA} ${pathB}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return { pull };
}
