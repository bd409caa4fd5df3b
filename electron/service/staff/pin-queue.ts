import { RefusedError } from '../../../shared/contract/contract-errors.ts';

/**
 * One PIN after the other. Hashing one takes 128 MB for half a second, so that ten at once would take the memory
 * of a small workstation and hold up a monitor's bytes. A PIN that waits sees what the one before it led to: five
 * wrong ones sent at once lock just as five in a row do, and the sixth is not hashed.
 */
export class PinQueue {
  readonly #waitingMax: number;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(waitingMax = 16) {
    this.#waitingMax = waitingMax;
  }

  /** Runs the check when those before it have settled. Throws `RefusedError` where too many wait already. */
  async run<T>(check: () => Promise<T>): Promise<T> {
    if (this.#waiting >= this.#waitingMax) {
      throw new RefusedError({
        code: 'STAFF_BUSY',
        message: 'Too many PINs are being checked at once. Wait a few seconds and type it again.',
      });
    }
    this.#waiting += 1;
    const turn = this.#last.then(check, check);
    this.#last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.#waiting -= 1;
    }
  }
}
