import type { Look } from '../service/recorder/looks.ts';
import { createSystemClock } from '../service/platform/system-clock.ts';
import { createSystemIds } from '../service/platform/system-ids.ts';
import { tellLook } from '../service/store/command-looks.ts';
import type { DataKey } from '../service/store/data-key.ts';
import { StoreError } from '../service/store/store-error.ts';
import type { CommandIo } from './command-io.ts';
import { systemAccount } from './system-account.ts';

export interface ReadByCommand {
  readonly folder: string;
  readonly key: DataKey;
  readonly look: Pick<Look, 'what' | 'patientId' | 'sessionId' | 'format'>;
  /** Where it cannot be told. Left out: only where nothing can be written there at all. */
  readonly goesOn?: 'always';
}

/**
 * Tells the room, before anything of it leaves, that this command reads it, and by which account of the computer: a person
 * of the room is not known here. A folder that cannot be written, a copy on a stick, is read all the same, and that is
 * said. Returns whether it was told; throws `StoreError` where it could have been: a disk that is full.
 */
export function tellRead({ folder, key, look, goesOn }: ReadByCommand, io: CommandIo): boolean {
  const clock = createSystemClock();
  const told: Look = { ...look, from: 'command', personId: null, account: systemAccount() };
  try {
    tellLook(folder, { lookId: createSystemIds(clock).uuid(), occurred: clock.now(), look: told }, key);
    return true;
  } catch (error) {
    if (!(error instanceof StoreError) || (goesOn !== 'always' && !readOnly.includes(error.code))) throw error;
    io.stderr(`not told: that this was read will not stand in “Who looked”. ${error.message}`);
    return false;
  }
}

const readOnly: readonly string[] = ['STORE_READ_ONLY', 'STORE_FOLDER_FORBIDDEN'];
