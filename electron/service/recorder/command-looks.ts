import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import { errorForLog } from '../platform/error-for-log.ts';
import type { Log } from '../platform/platform.ts';
import type { NewEvent } from '../session/events/session-event.ts';
import { lookTaken, waitingLooks } from '../store/command-looks.ts';
import type { DataKey } from '../store/data-key.ts';
import { commandOf, type Command } from './command.ts';

export interface CommandLooksOptions {
  readonly folder: string;
  readonly key: DataKey;
  readonly log: Log;
  /** Has it on disk when it returns, and once for each command. */
  readonly record: (events: readonly NewEvent<'looked-at'>[], command: Command) => void;
}

/** So few that a turn of the room stays short beside an infusion. */
const atATime = 5;

/** Takes into the log what commands told of their reading, also while no room ran. */
export class CommandLooks {
  readonly #options: CommandLooksOptions;
  #failed = false;

  constructor(options: CommandLooksOptions) {
    this.#options = options;
  }

  /** At a kill between log and file the file is taken in again, which records nothing. */
  takeIn(): void {
    const { folder, key, log, record } = this.#options;
    try {
      const { looks, unreadable } = waitingLooks(folder, key, atATime);
      if (unreadable > 0) log.error('command-looks-unreadable', { count: unreadable });
      for (const told of looks) {
        const { lookId, look, occurred } = told;
        record([{ kind: 'looked-at', body: look, occurred }], commandOf(lookId, 'command-look', null, look));
        lookTaken(folder, told);
      }
      this.#failed = false;
    } catch (error) {
      // What the disk refuses waits; the page says that nothing is recorded.
      if (!(error instanceof RefusedError) && !this.#failed) log.error('command-looks-not-taken', { error: errorForLog(error) });
      this.#failed = true;
    }
  }
}
