import { app, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import { join } from 'node:path';
import { serviceReportSchema, type BootMessage } from '../../shared/boot/boot-message.ts';
import type { ShellOptions } from './shell-options.ts';

export interface ServiceBoot extends ShellOptions {
  readonly keyBase64: string | null;
}

/** What the page is told of the service. */
export type ServiceState =
  | { readonly state: 'starting' }
  | { readonly state: 'ready' }
  /** It cannot run, and says why: starting it again would change nothing. */
  | { readonly state: 'refused'; readonly code: string; readonly message: string }
  /** It ended by itself and is being started again. */
  | { readonly state: 'lost'; readonly why: string };

const readyMsMax = 10_000;
const restartMs = [250, 1000, 2000, 5000] as const;
const stopMsMax = 3000;

/**
 * Supervises the room service: starts it, gives it a bounded time to be ready, and starts it again when it ends by
 * itself. An exit that we asked for is not a crash.
 */
export class RoomServiceProcess {
  readonly #boot: ServiceBoot;
  readonly #listeners = new Set<(state: ServiceState) => void>();
  #child: UtilityProcess | null = null;
  #state: ServiceState = { state: 'starting' };
  #crashes = 0;
  #stopping = false;

  constructor(boot: ServiceBoot) {
    this.#boot = boot;
  }

  get state(): ServiceState {
    return this.#state;
  }

  onState(listener: (state: ServiceState) => void): void {
    this.#listeners.add(listener);
  }

  start(): void {
    if (this.#stopping) return;
    const child = utilityProcess.fork(join(import.meta.dirname, 'room-service.js'), [], {
      serviceName: 'Vigil room service',
      stdio: 'inherit',
    });
    this.#child = child;
    const late = setTimeout(() => child.kill(), readyMsMax);
    child.on('message', (message: unknown) => {
      clearTimeout(late);
      this.#report(message);
    });
    child.on('exit', (code) => {
      clearTimeout(late);
      if (this.#child === child) this.#ended(code);
    });
    child.postMessage(this.#bootMessage());
  }

  /** Hands the service its end of a channel to a page. */
  connect(port: MessagePortMain): void {
    this.#child?.postMessage({ kind: 'page' }, [port]);
  }

  stop(): void {
    this.#stopping = true;
    const child = this.#child;
    if (child === null) return;
    // SIGTERM lets it close the record in order; one that does not answer is ended.
    child.kill();
    setTimeout(() => child.pid !== undefined && process.kill(child.pid, 'SIGKILL'), stopMsMax).unref();
  }

  #bootMessage(): BootMessage {
    const { dataFolder, demoFolder, mode, keyBase64, demoRate, extraPorts } = this.#boot;
    return { kind: 'boot', dataFolder, demoFolder, mode, keyBase64, demoRate, extraPorts: [...extraPorts], version: app.getVersion() };
  }

  #report(message: unknown): void {
    const report = serviceReportSchema.safeParse(message);
    if (!report.success) return;
    if (report.data.kind === 'ready') {
      this.#crashes = 0;
      this.#become({ state: 'ready' });
    } else {
      this.#become({ state: 'refused', code: report.data.code, message: report.data.message });
    }
  }

  #ended(code: number): void {
    this.#child = null;
    if (this.#stopping || this.#state.state === 'refused') return;
    this.#become({ state: 'lost', why: `The room service ended (${code}).` });
    const waitMs = restartMs[Math.min(this.#crashes, restartMs.length - 1)] ?? 5000;
    this.#crashes += 1;
    setTimeout(() => this.start(), waitMs);
  }

  #become(state: ServiceState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
