import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from '@playwright/test';
import type { KnownPerson } from '../../support/known-person.ts';
import { prepareRoom } from '../../support/prepared-room.ts';
import { lastingUrl } from '../../support/room-client.ts';

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
  const { url: once, pid } = await firstLine(child);
  const url = await lastingUrl(once);
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

/** The served room of the test that runs. */
export interface RoomOfTest extends ServedRoom {
  readonly folder: string;
  /** After its end: the same folder at the same address. */
  serveAgain(): Promise<void>;
}

/**
 * For each test of a spec a room of its own in a folder of its own, which is served before the test and gone behind it: prepared, with these
 * people beside the nurse, or the demonstration.
 */
export function roomForEach(prepared: { readonly people?: readonly KnownPerson[] } | 'demo' = {}): RoomOfTest {
  let base = '';
  let room: ServedRoom;
  const folder = (): string => join(base, 'room');
  test.beforeEach(async () => {
    base = mkdtempSync(join(tmpdir(), 'vigil-e2e-'));
    if (prepared !== 'demo') await prepareRoom(folder(), prepared);
    room = await serveRoom([...(prepared === 'demo' ? ['--demo'] : []), '--data', folder()]);
  });
  test.afterEach(async () => {
    await room.end();
    rmSync(base, { recursive: true, force: true });
  });
  return {
    get folder() {
      return folder();
    },
    get url() {
      return room.url;
    },
    get pid() {
      return room.pid;
    },
    end: (signal) => room.end(signal),
    serveAgain: async () => {
      room = await serveRoom(['--data', folder(), '--port', new URL(room.url).port]);
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
