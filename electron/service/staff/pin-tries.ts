import type { Refusal } from '../../../shared/contract/contract-errors.ts';
import { lockAfterMs } from './lockout.ts';

/** Far longer than the longest wait. */
const forgottenAfterMs = 60 * 60_000;

/** Wrong PINs in a row that are counted at a page and not in the log, by the clock that nobody turns. */
export class PinTries {
  readonly #perWait: number;
  #wrong = 0;
  #lastMonoMs = 0;

  /** @param perWait after so many, and again so many, no PIN is compared for a time */
  constructor(perWait: number) {
    this.#perWait = perWait;
  }

  /** Milliseconds for which no PIN is compared; 0 where one is. */
  waitMs(nowMonoMs: number): number {
    return Math.max(0, lockAfterMs(this.#wrong, this.#perWait) - (nowMonoMs - this.#lastMonoMs));
  }

  noteWrong(nowMonoMs: number): void {
    if (nowMonoMs - this.#lastMonoMs > forgottenAfterMs) this.#wrong = 0;
    this.#wrong += 1;
    this.#lastMonoMs = nowMonoMs;
  }

  noteRight(): void {
    this.#wrong = 0;
  }
}

/** Why no PIN is compared for this page now, whosever it is; null where one is. */
export function pageObstacle(tries: PinTries, nowMonoMs: number): Refusal | null {
  const waitMs = tries.waitMs(nowMonoMs);
  if (waitMs === 0) return null;
  const message = `Too many wrong PINs at this page. It takes the next one in ${waitText(waitMs)}; at a page where somebody is signed in you can type yours now.`;
  return { code: 'STAFF_PAGE_WAITS', message, subject: 'pin' };
}

/** `4 min`, `40 s`: rounded up, so that waiting that long is enough. */
export function waitText(ms: number): string {
  return ms > 60_000 ? `${Math.ceil(ms / 60_000)} min` : `${Math.ceil(ms / 1000)} s`;
}
