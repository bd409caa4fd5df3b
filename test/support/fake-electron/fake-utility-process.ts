import { fork as forkChild, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { app } from './fake-app.ts';
import { PortCrossing, type FakeMessagePort, type PortMessage } from './fake-message-port.ts';

/** Between this process and a utility process. */
export type UtilityMessage = PortMessage | { readonly kind: 'message'; readonly data: unknown; readonly ports: readonly number[] };

class FakeUtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #ports: PortCrossing;

  constructor(modulePath: string, args: readonly string[]) {
    super();
    this.#child = forkChild(modulePath, args, {
      execArgv: ['--import', new URL('parent-port.ts', import.meta.url).href],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#ports = new PortCrossing((message) => this.#send(message));
    this.#child.on('message', (message: UtilityMessage) => {
      if (message.kind === 'message') this.emit('message', message.data);
      else this.#ports.take(message);
    });
    this.#child.on('exit', (code, signal) => {
      this.#ports.close();
      this.emit('exit', code ?? (signal === 'SIGKILL' ? 9 : 1));
    });
    process.on('exit', () => this.#child.kill('SIGKILL'));
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined;
  }

  postMessage(data: unknown, ports: readonly FakeMessagePort[] = []): void {
    this.#send({ kind: 'message', data, ports: ports.map((port) => this.#ports.depart(port)) });
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }

  #send(message: UtilityMessage): void {
    if (this.#child.connected) this.#child.send(message);
  }
}

const running = new Set<{ readonly name: string; readonly process: FakeUtilityProcess }>();

export const utilityProcess = {
  fork(modulePath: string, args: readonly string[], { serviceName }: { readonly serviceName: string }): FakeUtilityProcess {
    const entry = { name: serviceName, process: new FakeUtilityProcess(modulePath, args) };
    running.add(entry);
    entry.process.on('exit', () => running.delete(entry));
    return entry.process;
  },
};

// As Electron's `app.getAppMetrics()` names them; a test finds the room service by it.
app.utilities = () => [...running].map(({ name, process: { pid } }) => ({ type: 'Utility', name, pid: pid ?? 0 }));
