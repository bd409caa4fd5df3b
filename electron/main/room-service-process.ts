import type { MessagePortMain } from 'electron';
import { serviceReportSchema, type BootMessage, type ServiceReport, type ShellMessage } from '../../shared/boot/boot-message.ts';
import { pauseAfter, usualPauses, type RestartPauses } from '../../shared/boot/restart-pauses.ts';
import { assertNever } from '../../shared/values/assert-never.ts';

/** As much of a utility process as its supervisor needs. */
export interface ServiceChild {
  readonly pid: number | undefined;
  postMessage(message: ShellMessage, ports?: MessagePortMain[]): void;
  on(event: 'message', task: (message: unknown) => void): unknown;
  on(event: 'exit', task: (code: number) => void): unknown;
  /** Ends it at once. */
  kill(): void;
}

/** What the page is told of the service. */
export type ServiceState =
  | { readonly state: 'starting' }
  | { readonly state: 'ready' }
  /** It cannot run, and says why: starting it again would change nothing. */
  | { readonly state: 'refused'; readonly code: string; readonly message: string }
  /** It ended by itself and is being started again. */
  | { readonly state: 'lost'; readonly why: string };

export interface Patience extends RestartPauses {
  /** From the start, or from the last sign that it makes progress, until it is ready. */
  readonly readyMsMax: number;
  readonly stopMsMax: number;
}

const usualPatience: Patience = { ...usualPauses, readyMsMax: 10_000, stopMsMax: 5000 };

/**
 * Supervises the room service: starts it, gives it a bounded time to be ready or to say how far it has come, and starts
 * it again when it ends by itself, for ever. An exit that we asked for is not a crash. A long record takes long to open
 * on a slow computer, and one that was ended on its way would never open.
 */
export class RoomServiceProcess {
  readonly #fork: () => ServiceChild;
  readonly #boot: BootMessage;
  readonly #patience: Patience;
  readonly #listeners = new Set<(state: ServiceState) => void>();
  #kioskLeft: () => void = () => undefined;
  #child: ServiceChild | null = null;
  #state: ServiceState = { state: 'starting' };
  #crashes = 0;
  #readyAtMs: number | null = null;
  #stopped: Promise<void> | null = null;

  constructor(fork: () => ServiceChild, boot: BootMessage, patience = usualPatience) {
    this.#fork = fork;
    this.#boot = boot;
    this.#patience = patience;
  }

  get state(): ServiceState {
    return this.#state;
  }

  onState(listener: (state: ServiceState) => void): void {
    this.#listeners.add(listener);
  }

  /** Called at the first time that the service has opened what it was to open. */
  onceReady(task: () => void): void {
    const listener = (state: ServiceState): void => {
      if (state.state !== 'ready' || !this.#listeners.delete(listener)) return;
      task();
    };
    this.onState(listener);
  }

  /** The service decides who may, and the page has no say in it. */
  onKioskLeft(task: () => void): void {
    this.#kioskLeft = task;
  }

  start(): void {
    if (this.#stopped !== null || this.#child !== null) return;
    const child = this.#fork();
    this.#child = child;
    const wait = (): NodeJS.Timeout => setTimeout(() => child.kill(), this.#patience.readyMsMax);
    let late: NodeJS.Timeout | undefined = wait();
    child.on('message', (message) => {
      const report = serviceReportSchema.safeParse(message).data;
      if (report === undefined) return;
      clearTimeout(late);
      late = report.kind === 'starting' && report.step === 'reading' ? wait() : undefined;
      if (this.#child === child) this.#heard(report, child);
    });
    child.on('exit', (code) => {
      clearTimeout(late);
      if (this.#child === child) this.#ended(code);
    });
    child.postMessage(this.#boot);
  }

  /** Hands the service its end of a channel to a page. */
  connect(port: MessagePortMain): void {
    this.#child?.postMessage({ kind: 'page' }, [port]);
  }

  /** The computer woke up. */
  resumed(): void {
    this.#child?.postMessage({ kind: 'resumed' });
  }

  /** Asks it to close the record in order, and ends it if that takes too long. Resolves when it is gone. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop(this.#child);
    return this.#stopped;
  }

  async #stop(child: ServiceChild | null): Promise<void> {
    if (child === null) return;
    const gone = new Promise<void>((resolve) => child.on('exit', () => resolve()));
    child.postMessage({ kind: 'stop' });
    const late = setTimeout(() => child.kill(), this.#patience.stopMsMax);
    await gone;
    clearTimeout(late);
  }

  #heard(report: ServiceReport, child: ServiceChild): void {
    switch (report.kind) {
      case 'starting':
        return;
      case 'ready':
        this.#readyAtMs = performance.now();
        this.#become({ state: 'ready' });
        return;
      case 'kiosk-left':
        this.#kioskLeft();
        return;
      case 'refused':
        this.#become({ state: 'refused', code: report.code, message: report.message });
        child.kill();
        return;
      default:
        assertNever(report);
    }
  }

  #ended(code: number): void {
    this.#child = null;
    if (this.#stopped !== null || this.#state.state === 'refused') return;
    const { steadyMs } = this.#patience;
    if (this.#readyAtMs !== null && performance.now() - this.#readyAtMs >= steadyMs) this.#crashes = 0;
    this.#readyAtMs = null;
    this.#become({ state: 'lost', why: `The room service ended (${code}) and is being started again.` });
    const waitMs = pauseAfter(this.#crashes, this.#patience);
    this.#crashes += 1;
    setTimeout(() => this.start(), waitMs);
  }

  #become(state: ServiceState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
