import { uptime } from 'node:os';
import type { Instant } from '../../../shared/values/instant.ts';
import type { Cancel, Clock } from './platform.ts';

/** Longer delays would overflow the timer and fire at once. */
const timerMsMax = 2_147_483_647;

/** The computer's own clock. The only place of the service that asks the system for the time. */
export function createSystemClock(): Clock {
  return {
    rate: 1,
    now: systemNow,
    monoMs: () => performance.now(),
    bootMs: () => uptime() * 1000,
    after: systemAfter,
    every: systemEvery,
  };
}

function systemNow(): Instant {
  const date = new Date();
  return { utcMs: date.getTime(), offsetMin: -date.getTimezoneOffset() };
}

function systemAfter(ms: number, task: () => void): Cancel {
  let timer: NodeJS.Timeout;
  function wait(leftMs: number): void {
    const stepMs = Math.min(leftMs, timerMsMax);
    timer = setTimeout(() => {
      if (leftMs > stepMs) wait(leftMs - stepMs);
      else task();
    }, stepMs);
  }
  wait(Math.max(0, ms));
  return () => clearTimeout(timer);
}

function systemEvery(ms: number, task: () => void): Cancel {
  if (!(ms > 0 && ms <= timerMsMax)) throw new RangeError(`a repeating timer needs 0 < ms <= ${timerMsMax}, not ${ms}`);
  const timer = setInterval(task, ms);
  return () => clearInterval(timer);
}
