import { RefusedError, type RefusalCode } from '../../../shared/contract/contract-errors.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import type { Ids, Log } from '../platform/platform.ts';
import type { HashCost } from '../platform/slow-hash.ts';
import type { DataKey } from '../store/data-key.ts';
import type { PrivateNotesStore } from '../store/private-notes.ts';
import {
  createAuthorKey,
  isWrappedWithDataKey,
  openAuthorKey,
  wrapAuthorKey,
  type AuthorSecret,
  type SealedAuthorKey,
} from '../store/private-seal.ts';

export interface AuthorKeysOptions {
  readonly ids: Ids;
  readonly log: Log;
  readonly key: DataKey;
  readonly hashCost: HashCost;
  /** Whether private notes were ever begun in this folder. */
  readonly isBegun: () => boolean;
  /** The private file. Throws `RefusedError`. */
  readonly use: <Result>(work: (file: PrivateNotesStore) => Result) => Result;
}

/** The keys of the authors of private notes, as they lie wrapped: making one, opening it, and wrapping it for another PIN. */
export class AuthorKeys {
  readonly #options: AuthorKeysOptions;

  constructor(options: AuthorKeysOptions) {
    this.#options = options;
  }

  /** What this author has here, before anything is opened; null where they have never begun. */
  begun(personId: PersonId): { readonly withPhrase: boolean } | null {
    if (!this.#options.isBegun()) return null;
    const kept = this.#options.use((file) => file.findAuthor(personId));
    return kept === null ? null : { withPhrase: kept.withPhrase };
  }

  /** Makes it where this author has none. Null where this secret does not open it. Throws `RefusedError` where the phrase is missing. */
  async open(personId: PersonId, secret: AuthorSecret): Promise<Uint8Array | null> {
    const { ids, key, hashCost } = this.#options;
    const kept = this.#options.use((file) => file.findAuthor(personId));
    if (kept !== null) {
      if (kept.withPhrase && secret.phrase === null) {
        throw refused(
          'PRIVATE_PHRASE_MISSING',
          'Your private notes open with your PIN and the phrase you chose for them. Type the phrase, too.',
        );
      }
      return this.#openKept(personId, kept.withPhrase ? secret : { ...secret, phrase: null }, kept);
    }
    const made = await createAuthorKey(key, personId, secret, (count) => ids.randomBytes(count), hashCost);
    if (this.#options.use((file) => file.addAuthor(personId, made.sealed))) return made.key;
    // Another window of the same author was quicker.
    return this.open(personId, secret);
  }

  /** By the wrapping that holds, or the next one: a kill may have come between the record's new PIN and the private file's. */
  async #openKept(personId: PersonId, secret: AuthorSecret, kept: SealedAuthorKey): Promise<Uint8Array | null> {
    const { key } = this.#options;
    const opened = await openAuthorKey(key, personId, secret, kept);
    if (opened !== null && isWrappedWithDataKey(key, personId, kept)) await this.#rewrap(personId, opened, secret);
    const next = opened === null ? this.#options.use((file) => file.findNextKey(personId)) : null;
    if (next === null) return opened;
    const byNext = await openAuthorKey(key, personId, secret, next);
    if (byNext !== null) this.#options.use((file) => file.takeNextKey(personId));
    return byNext;
  }

  /** With a pepper of its own, so that nothing keeps a data key of before for this author's sake. */
  async #rewrap(personId: PersonId, key: Uint8Array, secret: AuthorSecret): Promise<void> {
    const sealed = await this.#wrap(personId, key, secret);
    this.#orLater(() => this.#options.use((file) => file.rewrap(personId, sealed)));
  }

  /**
   * Keeps this author's key wrapped for a new PIN, too, before the record has it: until `takeNewPin` either opens it.
   * False where they have no private notes, or none that this PIN opens. Throws `RefusedError` where their notes need the
   * phrase, or do not open with it.
   */
  async prepareNewPin(personId: PersonId, { pin, phrase }: AuthorSecret, newPin: string): Promise<boolean> {
    const begun = this.begun(personId);
    const key = begun === null ? null : await this.open(personId, { pin, phrase });
    // Sealed with a PIN from before somebody gave them another: no PIN of today opens it.
    if (begun === null || (key === null && !begun.withPhrase)) return false;
    if (key === null) {
      throw refused(
        'PRIVATE_KEY_REFUSED',
        'PIN and phrase together do not open your private notes. Check the phrase. Your PIN was not changed.',
      );
    }
    const secret = { pin: newPin, phrase: begun.withPhrase ? phrase : null };
    const sealed = await this.#wrap(personId, key, secret);
    key.fill(0);
    this.#options.use((file) => file.keepNextKey(personId, sealed));
    return true;
  }

  /** The record has the new PIN. What fails here is made up for when the notes are opened with it. */
  takeNewPin(personId: PersonId): void {
    this.#orLater(() => this.#options.use((file) => file.takeNextKey(personId)));
  }

  /** What a full disk keeps from being done keeps nobody from their notes. */
  #orLater(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      this.#options.log.warn('private-key-waiting', { code: error.refusal.code });
    }
  }

  #wrap(personId: PersonId, key: Uint8Array, secret: AuthorSecret): Promise<SealedAuthorKey> {
    const { ids, key: dataKey, hashCost } = this.#options;
    return wrapAuthorKey(dataKey, personId, key, secret, (count) => ids.randomBytes(count), hashCost);
  }
}

function refused(code: RefusalCode, message: string): RefusedError {
  return new RefusedError({ code, message });
}
