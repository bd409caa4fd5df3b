import { firstRecoveryKey, type KeyCeremony, type LeftOutKey, type RecoveryKeyView } from '../../../shared/contract/recovery-keys.ts';
import { RefusedError, type RefusalCode } from '../../../shared/contract/contract-errors.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import type { Clock, Ids } from '../platform/platform.ts';
import type { EventBody, NewEvent } from '../session/events/session-event.ts';
import { nameAt } from '../staff/names.ts';
import { createRecoveryKey, newRecoveryKey, plainRecoveryKey, type DataKey } from '../store/data-key.ts';
import { dataFolderAt, removeFile, type DataFolder } from '../store/data-folder.ts';
import {
  readRecoveryKeyFile,
  recoveryKeyFileExists,
  recoveryKeysMax,
  replaceRecoveryKeyFile,
  sealUnder,
  type SealedRecoveryKey,
} from '../store/recovery-key-file.ts';
import { sameGroup } from '../store/recovery-key.ts';
import type { Recorder } from './recorder.ts';
import { inWords } from './storage.ts';

export interface RecoveryKeysOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly recorder: Recorder;
  readonly folder: string;
  readonly key: DataKey;
}

/** A key that was shown and has not been typed back. It is in memory alone: whoever leaves it leaves nothing. */
interface Pending {
  readonly ceremonyId: string;
  readonly printed: string;
  readonly asked: readonly number[];
  readonly by: PersonId;
  readonly begunMonoMs: number;
  /** What is added when it was typed back; null for the first key, which set-up has kept already. */
  readonly adds: EventBody<'recovery-key-added'> | null;
}

export type Confirmed = Pick<EventBody<'recovery-key-removed'>, 'confirmedBy'>;

const askedCount = 3;
const groupCount = 6;
const patienceMs = 30 * 60_000;

/**
 * The printed keys of a room: which there are, one more, one fewer. What opens the room is what the sealed file holds; the
 * record tells who made it and when. A key counts once three of its groups, which the room chooses, were typed back from
 * the paper: until then the file is as it was.
 */
export class RecoveryKeys {
  readonly #options: RecoveryKeysOptions;
  readonly #folder: DataFolder;
  /** One at a time: a paper that lies about half made is worth nothing. */
  #pending: Pending | null = null;

  constructor(options: RecoveryKeysOptions) {
    this.#options = options;
    this.#folder = dataFolderAt(options.folder);
  }

  /** Those that open the room now. */
  get views(): readonly RecoveryKeyView[] {
    const { room, staff } = this.#options.recorder;
    return this.#kept().map(({ about }) => {
      const keyId = about?.keyId ?? firstRecoveryKey;
      const told = room.recoveryKeys.get(keyId);
      return {
        keyId,
        name: about?.name ?? null,
        madeMs: told?.atMs ?? about?.madeMs ?? null,
        by: told === undefined || told.by === null ? null : nameAt(staff.people, told.by, told.seq),
        typedBack: told?.typedBack === true,
      };
    });
  }

  /** Those whose papers open backups from before the data key was changed, and this room no more. */
  get leftOut(): readonly LeftOutKey[] {
    const kept = new Set(this.#kept().map(({ about }) => about?.keyId ?? firstRecoveryKey));
    return [...this.#options.recorder.room.recoveryKeys].flatMap(([keyId, { name, leftOutMs: sinceMs }]) =>
      sinceMs === null || kept.has(keyId) ? [] : [{ keyId, name, sinceMs }],
    );
  }

  /**
   * The first one, of a room that is being set up: on disk when this returns, because from now on the room keeps records.
   * One that a set-up left that did not finish belongs to a key that nobody was shown.
   */
  beginFirst(by: PersonId): KeyCeremony {
    const { key, ids } = this.#options;
    const printed = inWords(() => {
      removeFile(this.#folder.recoveryKeyFile);
      return createRecoveryKey(this.#folder, key, (count) => ids.randomBytes(count));
    });
    return this.#begin(printed, by, null);
  }

  /** Throws `RefusedError`; until it is typed back nothing is written. */
  begin(name: string, by: PersonId, confirmed: Confirmed): KeyCeremony {
    const { ids } = this.#options;
    this.#refuseName(name);
    const adds = { keyId: ids.uuid(), name, ...confirmed };
    return this.#begin(
      newRecoveryKey((count) => ids.randomBytes(count)),
      by,
      adds,
    );
  }

  /**
   * Whoever has to type it back: who began it; of the first key whoever has the paper (null), because nobody could sign in
   * yet. Undefined where there is no such ceremony any more.
   */
  typistOf(ceremonyId: string): PersonId | null | undefined {
    const pending = this.#find(ceremonyId);
    if (pending === null) return undefined;
    return pending.adds === null ? null : pending.by;
  }

  /** Throws `RefusedError` that says which group is wrong; it can be typed again. */
  typeBack(ceremonyId: string, groups: readonly string[]): void {
    const pending = this.#find(ceremonyId);
    if (pending === null) {
      throw refused(
        'RECOVERY_KEY_GONE',
        'This recovery key was not typed back in time, or was left. Destroy the paper and make another one.',
      );
    }
    const printed = pending.printed.split('-');
    for (const [index, number] of pending.asked.entries()) {
      if (sameGroup(groups[index] ?? '', printed[number - 1] ?? '')) continue;
      throw refused(
        'RECOVERY_KEY_GROUP_WRONG',
        `Group ${number} is not the one of this key. Compare it with the paper, and type it again.`,
        String(number),
      );
    }
    if (pending.adds === null) this.#record([{ kind: 'recovery-key-typed-back', body: { keyId: firstRecoveryKey } }], pending.by);
    else this.#add(pending, pending.adds);
    this.#pending = null;
  }

  leave(ceremonyId: string): void {
    if (this.#pending?.ceremonyId === ceremonyId) this.#pending = null;
  }

  /** Throws `RefusedError` where there is no such key, or no other one. */
  remove(keyId: string, by: PersonId, confirmed: Confirmed): void {
    const kept = this.#kept();
    const left = kept.filter(({ about }) => (about?.keyId ?? firstRecoveryKey) !== keyId);
    if (left.length === kept.length) throw refused('RECOVERY_KEY_NOT_FOUND', 'This recovery key opens the room no more.');
    if (left.length === 0) {
      throw refused(
        'RECOVERY_KEY_LAST',
        'It is the only recovery key: without one a lost computer is a lost room. Make another one first.',
      );
    }
    this.#change(kept, left, [{ kind: 'recovery-key-removed', body: { keyId, ...confirmed } }], by);
  }

  #begin(printed: string, by: PersonId, adds: Pending['adds']): KeyCeremony {
    const { ids, clock } = this.#options;
    const asked = groupsToAsk(ids.randomBytes(groupCount));
    this.#pending = { ceremonyId: ids.uuid(), printed, asked, by, adds, begunMonoMs: clock.monoMs() };
    return { ceremonyId: this.#pending.ceremonyId, recoveryKey: printed, asked: [...asked] };
  }

  #find(ceremonyId: string): Pending | null {
    const pending = this.#pending;
    if (pending === null || pending.ceremonyId !== ceremonyId) return null;
    return this.#options.clock.monoMs() - pending.begunMonoMs > patienceMs ? null : pending;
  }

  #add({ printed, by }: Pending, adds: EventBody<'recovery-key-added'>): void {
    const { key, ids, clock } = this.#options;
    const { keyId, name } = adds;
    this.#refuseName(name);
    const kept = this.#kept();
    const about = { keyId, name, madeMs: clock.now().utcMs };
    const one = sealUnder(plainRecoveryKey(printed, this.#folder), key, about, (count) => ids.randomBytes(count));
    const events: NewEvent[] = [
      { kind: 'recovery-key-added', body: adds },
      { kind: 'recovery-key-typed-back', body: { keyId } },
    ];
    this.#change(kept, [...kept, one], events, by);
  }

  /** File, then record; where it cannot be recorded the file is as before. In a power loss between the two the file is what counts. */
  #change(before: readonly SealedRecoveryKey[], after: readonly SealedRecoveryKey[], events: readonly NewEvent[], by: PersonId): void {
    const { recoveryKeyFile } = this.#folder;
    inWords(() => replaceRecoveryKeyFile(recoveryKeyFile, after));
    try {
      this.#record(events, by);
    } catch (error) {
      if (before.length === 0) removeFile(recoveryKeyFile);
      else replaceRecoveryKeyFile(recoveryKeyFile, before);
      throw error;
    }
  }

  #record(events: readonly NewEvent[], by: PersonId): void {
    this.#options.recorder.recordRoom({ events }, by);
  }

  #refuseName(name: string): void {
    const kept = this.#kept();
    if (kept.some(({ about }) => about?.name.toLowerCase() === name.toLowerCase())) {
      throw refused('RECOVERY_KEY_NAME_TAKEN', `There is a recovery key called ${name} already. Give this one another name.`, 'name');
    }
    if (kept.length < recoveryKeysMax) return;
    throw refused('RECOVERY_KEY_TOO_MANY', `A room has ${recoveryKeysMax} recovery keys at most. Take one away first.`);
  }

  #kept(): readonly SealedRecoveryKey[] {
    const { recoveryKeyFile } = this.#folder;
    return recoveryKeyFileExists(recoveryKeyFile) ? inWords(() => readRecoveryKeyFile(recoveryKeyFile)) : [];
  }
}

/** Three of six, each as likely as any other, in the order of the paper. */
function groupsToAsk(random: Uint8Array): readonly number[] {
  const drawn = Array.from(random, (byte, index) => ({ byte, number: index + 1 }));
  const chosen = drawn.toSorted((a, b) => a.byte - b.byte).slice(0, askedCount);
  return chosen.map(({ number }) => number).toSorted((a, b) => a - b);
}

function refused(code: RefusalCode, message: string, subject?: string): RefusedError {
  return new RefusedError({ code, message, ...(subject === undefined ? {} : { subject }) });
}
