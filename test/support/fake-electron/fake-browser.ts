import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ownClock } from '../../../electron/setup/test-clock.mjs';
import { app } from './fake-app.ts';

/** One side of Chromium's debugging protocol: the browser itself, or one page of it. */
export interface DebuggerSession {
  // The protocol's answers are typed by whoever reads them.
  send<T = unknown>(method: string, parameters?: object): Promise<T>;
  on<T>(event: string, task: (parameters: T) => void): void;
}

interface Answer {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

let socket: WebSocket | null = null;
let lastId = 0;
const answers = new Map<number, Answer>();
const listeners = new Map<string, ((parameters: never) => void)[]>();

/** Starts the system's Chromium without a window, and passes on the line that Playwright waits for. */
export async function startBrowser(profileFolder: string): Promise<void> {
  const child = spawn(
    process.env['VIGIL_CHROMIUM'] ?? '/usr/bin/chromium',
    [
      '--headless=new',
      '--no-startup-window',
      '--remote-debugging-port=0',
      `--user-data-dir=${profileFolder}`,
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Electron's `backgroundThrottling: false`.
      '--disable-background-timer-throttling',
      '--disable-renderer-backgrounding',
      // Chromium's own sandbox does not start for root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], env: ownClock(process.env) },
  );
  process.on('exit', () => child.kill('SIGKILL'));
  child.on('exit', () => app.exit(1));
  const lines = createInterface({ input: child.stderr });
  const line = await new Promise<string>((resolve) =>
    lines.on('line', (text) => text.startsWith('DevTools listening on ') && resolve(text)),
  );
  socket = new WebSocket(line.slice('DevTools listening on '.length));
  await new Promise((resolve, reject) => {
    socket?.addEventListener('open', resolve);
    socket?.addEventListener('error', () => reject(new Error('the browser does not answer')));
  });
  socket.addEventListener('message', (event) => heard(JSON.parse(String(event.data))));
  process.stderr.write(`${line}\n`);
}

export function debuggerSession(sessionId?: string): DebuggerSession {
  return {
    send(method, parameters = {}) {
      lastId += 1;
      const id = lastId;
      socket?.send(JSON.stringify({ id, method, params: parameters, sessionId }));
      return new Promise((resolve, reject) => answers.set(id, { resolve, reject }));
    },
    on(event, task) {
      const key = `${sessionId ?? ''} ${event}`;
      listeners.set(key, [...(listeners.get(key) ?? []), task]);
    },
  };
}

interface Heard {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly method?: string;
  readonly params?: unknown;
  readonly sessionId?: string;
}

function heard({ id, result, error, method, params, sessionId }: Heard): void {
  if (id === undefined) {
    for (const task of listeners.get(`${sessionId ?? ''} ${method}`) ?? []) task(params as never);
    return;
  }
  const answer = answers.get(id);
  answers.delete(id);
  if (error === undefined) answer?.resolve(result as never);
  else answer?.reject(new Error(error.message));
}
