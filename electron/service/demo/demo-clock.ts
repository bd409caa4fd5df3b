import type { Instant } from '../../../shared/values/instant.ts';
import type { Cancel, Clock } from '../platform/platform.ts';

interface Task {
  dueMs: number;
  readonly everyMs: number | null;
  readonly run: () => void;
}

/** How often the real world moves this clock on, in real milliseconds. */
const stepRealMs = 10;
/** A computer that slept does not make the demo play hours at once. */
const stepMsMax = 30_000;
/** After this much of its own time the clock lets promises run: ports open and answer by promises. */
const sliceMs = 100;

/**
 * A clock that starts in the past and can run fast. Due tasks run one at a time, each at exactly its own time,
 * so a demo at 600× sees the same order of events as one at 1×.
 */
export class DemoClock implements Clock {
  readonly #real: Clock;
  readonly #startMs: number;
  readonly #tasks = new Set<Task>();
  readonly #stop: Cancel;
  #elapsedMs = 0;
  #rate: number;
  #realMonoMs: number;
  #stepping = false;
  #holds = 0;

  constructor(real: Clock, startMs: number, rate: number) {
    this.#real = real;
    this.#startMs = startMs;
    this.#rate = rate;
    this.#realMonoMs = real.monoMs();
    this.#stop = real.every(stepRealMs, () => void this.#step());
  }

  get rate(): number {
    return this.#rate;
  }

  setRate(rate: number): void {
    this.#rate = rate;
  }

  /** Stands still until this has settled: what takes real time, such as the key of private notes, takes none of the demo's. */
  async holdFor(work: Promise<unknown>): Promise<void> {
    this.#holds += 1;
    try {
      await work;
    } finally {
      this.#holds -= 1;
    }
  }

  /** As if the computer had been off until then: no task runs meanwhile, each is as far away as it was before. */
  sleepUntil(utcMs: number): void {
    const skippedMs = Math.max(0, utcMs - this.now().utcMs);
    for (const task of this.#tasks) task.dueMs += skippedMs;
    this.#elapsedMs += skippedMs;
  }

  now(): Instant {
    return { utcMs: Math.floor(this.#startMs + this.#elapsedMs), offsetMin: this.#real.now().offsetMin };
  }

  monoMs(): number {
    return this.#elapsedMs;
  }

  bootMs(): number {
    return this.#elapsedMs;
  }

  after(ms: number, task: () => void): Cancel {
    return this.#add({ dueMs: this.#elapsedMs + Math.max(0, ms), everyMs: null, run: task });
  }

  every(ms: number, task: () => void): Cancel {
    if (!(ms > 0)) throw new RangeError(`a repeating timer needs ms > 0, not ${ms}`);
    return this.#add({ dueMs: this.#elapsedMs + ms, everyMs: ms, run: task });
  }

  close(): void {
    this.#stop();
    this.#tasks.clear();
  }

  #add(task: Task): Cancel {
    this.#tasks.add(task);
    return () => this.#tasks.delete(task);
  }

  async #step(): Promise<void> {
    const realMonoMs = this.#real.monoMs();
    const stepMs = Math.min(stepMsMax, (realMonoMs - this.#realMonoMs) * this.#rate);
    this.#realMonoMs = realMonoMs;
    if (this.#stepping || this.#holds > 0) return;
    this.#stepping = true;
    const targetMs = this.#elapsedMs + stepMs;
    const { rate } = this;
    try {
      // A task that slows the clock (the demo has caught up) ends this step where it stands.
      while (this.#elapsedMs < targetMs && this.#rate === rate && this.#holds === 0) {
        this.#advanceTo(Math.min(targetMs, this.#elapsedMs + sliceMs));
        await settled();
      }
    } finally {
      // A task that throws ends its step, not the clock.
      this.#stepping = false;
    }
  }

  #advanceTo(targetMs: number): void {
    for (let task = this.#nextDue(targetMs); task !== null; task = this.#nextDue(targetMs)) {
      this.#elapsedMs = Math.max(this.#elapsedMs, task.dueMs);
      if (task.everyMs === null) this.#tasks.delete(task);
      else task.dueMs += task.everyMs;
      task.run();
    }
    this.#elapsedMs = Math.max(this.#elapsedMs, targetMs);
  }

  #nextDue(targetMs: number): Task | null {
    let next: Task | null = null;
    for (const task of this.#tasks) {
      if (task.dueMs <= targetMs && (next === null || task.dueMs < next.dueMs)) next = task;
    }
    return next;
  }
}

/** Lets chains of promises run, without waiting for real time. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
}
