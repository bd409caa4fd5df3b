import type { Cancel, Clock } from '../../electron/service/platform/platform.ts';

export interface ManualClock extends Clock {
  /** Moves time on and runs every timer that falls due, in order, also those made meanwhile. */
  advance(ms: number): void;
  /** The same, but promises are let run before the first timer and after each: for code that waits for a port or a file. */
  pass(ms: number): Promise<void>;
  /** Time passes as a blocked process sees it: afterwards every timer that fell due runs once, late. */
  stall(ms: number): void;
  /** Steps the wall clock (as a person or NTP would) without any time passing. */
  stepWall(ms: number): void;
  /** Summer time begins or ends, or somebody sets another zone: UTC goes on. */
  setZone(offsetMin: number): void;
  /** The computer sleeps: the wall clock goes on, no timer does. */
  sleep(ms: number): void;
  /** How many timers are waiting: nothing may be left behind by `close()`. */
  readonly pending: number;
}

interface Timer {
  readonly number: number;
  dueMs: number;
  readonly everyMs: number | null;
  readonly task: () => void;
}

export interface ManualClockOptions {
  readonly startMs?: number;
  readonly offsetMin?: number;
  readonly monoStartMs?: number;
  readonly rate?: number;
}

/** 2026-11-23T15:00:00Z, 10:00 in New York. */
export const manualClockStartMs = 1_795_446_000_000;

export function createManualClock(options: ManualClockOptions = {}): ManualClock {
  let monoMs = options.monoStartMs ?? 1000;
  let wallMs = options.startMs ?? manualClockStartMs;
  let sleptMs = 0;
  let offsetMin = options.offsetMin ?? -300;
  let count = 0;
  const timers = new Set<Timer>();

  function add(ms: number, everyMs: number | null, task: () => void): Cancel {
    const timer: Timer = { number: count++, dueMs: monoMs + Math.max(0, ms), everyMs, task };
    timers.add(timer);
    return () => timers.delete(timer);
  }

  function next(untilMs: number): Timer | null {
    let first: Timer | null = null;
    for (const timer of timers) {
      if (timer.dueMs > untilMs) continue;
      if (first === null || timer.dueMs < first.dueMs || (timer.dueMs === first.dueMs && timer.number < first.number)) first = timer;
    }
    return first;
  }

  function moveTo(targetMs: number): void {
    const stepMs = Math.max(0, targetMs - monoMs);
    monoMs += stepMs;
    wallMs += stepMs;
  }

  function run(timer: Timer): void {
    moveTo(timer.dueMs);
    if (timer.everyMs === null) timers.delete(timer);
    else timer.dueMs += timer.everyMs;
    timer.task();
  }

  return {
    rate: options.rate ?? 1,
    now: () => ({ utcMs: Math.floor(wallMs), offsetMin }),
    monoMs: () => monoMs,
    bootMs: () => monoMs + sleptMs,
    after: (ms, task) => add(ms, null, task),
    every: (ms, task) => {
      if (!(ms > 0)) throw new RangeError(`a repeating timer needs ms > 0, not ${ms}`);
      return add(ms, ms, task);
    },
    advance: (ms) => {
      const targetMs = monoMs + ms;
      for (let timer = next(targetMs); timer !== null; timer = next(targetMs)) run(timer);
      moveTo(targetMs);
    },
    pass: async (ms) => {
      const targetMs = monoMs + ms;
      await promisesRun();
      for (let timer = next(targetMs); timer !== null; timer = next(targetMs)) {
        run(timer);
        await promisesRun();
      }
      moveTo(targetMs);
      await promisesRun();
    },
    stall: (ms) => {
      moveTo(monoMs + ms);
      const due = [...timers].filter((timer) => timer.dueMs <= monoMs).sort((a, b) => a.dueMs - b.dueMs || a.number - b.number);
      for (const timer of due) {
        if (!timers.has(timer)) continue;
        if (timer.everyMs === null) timers.delete(timer);
        else timer.dueMs = monoMs + timer.everyMs;
        timer.task();
      }
    },
    stepWall: (ms) => {
      wallMs += ms;
    },
    setZone: (minutes) => {
      offsetMin = minutes;
    },
    sleep: (ms) => {
      wallMs += ms;
      sleptMs += ms;
    },
    get pending() {
      return timers.size;
    },
  };
}

/** Lets every promise that can settle without time or the outside do so. */
async function promisesRun(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
}
