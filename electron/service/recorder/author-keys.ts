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
  openEarlierKey,
  sealEarlierKey,
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

/** An author's keys that are open: the one that seals, and those of before that open with it, by their numbers. */
export interface KeyRing {
  readonly number: number;
  readonly keys: Map<number, Uint8Array>;
}

/** A key is begun after a PIN was lost: nobody loses more. */
const keysMax = 20;

/** The keys of the authors of private notes, as they lie wrapped: making one, opening it, and wrapping it for another PIN. */
export class AuthorKeys {
  readonly #options: AuthorKeysOptions;

  constructor(options: AuthorKeysOptions) {
    this.#options = options;
  }

  /** What this author has here, before anything is opened; null where they have never begun. */
  begun(personId: PersonId): { readonly withPhrase: boolean } | null {
    if (!this.#options.isBegun()) return null;
    const kept = this.#options.use((file) => file.authors.find(personId));
    return kept === null ? null : { withPhrase: kept.withPhrase };
  }

  /** Makes the first where this author has none. Null where this secret does not open theirs. Throws `RefusedError` where the phrase is missing. */
  async open(personId: PersonId, secret: AuthorSecret): Promise<KeyRing | null> {
    const { ids, key, hashCost } = this.#options;
    const kept = this.#options.use((file) => file.authors.find(personId));
    if (kept !== null) {
      if (kept.withPhrase && secret.phrase === null) {
        throw refused(
          'PRIVATE_PHRASE_MISSING',
          'Your private notes open with your PIN and the phrase you chose for them. Type the phrase, too.',
        );
      }
      const key = await this.#openKept(personId, kept.withPhrase ? secret : { ...secret, phrase: null }, kept);
      return key === null ? null : this.#ringOf(personId, kept.number, key);
    }
    const made = await createAuthorKey(key, personId, secret, (count) => ids.randomBytes(count), hashCost);
    if (this.#options.use((file) => file.authors.add(personId, made.sealed))) return { number: 1, keys: new Map([[1, made.key]]) };
    // Another window of the same author was quicker.
    return this.open(personId, secret);
  }

  /**
   * Another key for whoever lost what opens theirs: from now on it seals their notes, and those from before stay sealed.
   * Where this secret does open theirs, nothing is begun. Throws `RefusedError` where they have none.
   */
  async beginAnew(personId: PersonId, secret: AuthorSecret): Promise<KeyRing> {
    const { ids, key, hashCost } = this.#options;
    const kept = this.#options.use((file) => file.authors.find(personId));
    const opened = kept === null || (kept.withPhrase && secret.phrase === null) ? null : await this.open(personId, secret);
    if (opened !== null) return opened;
    if (kept === null) throw refused('PRIVATE_KEY_REFUSED', 'You have no private notes here yet. Open them, which begins them.');
    if (kept.number >= keysMax) {
      throw refused('PRIVATE_KEY_REFUSED', `You have begun ${keysMax} keys here. Open one of them with the PIN or the phrase of then.`);
    }
    const made = await createAuthorKey(key, personId, secret, (count) => ids.randomBytes(count), hashCost);
    if (this.#options.use((file) => file.authors.beginAnew(personId, kept.number, made.sealed))) {
      return { number: kept.number + 1, keys: new Map([[kept.number + 1, made.key]]) };
    }
    throw refused('PRIVATE_KEY_REFUSED', 'Another window of yours was quicker. Open your notes with what you typed there.');
  }

  /**
   * Opens keys of before with the secret of then, and seals each under the key of today, which opens both from then on. How
   * many it opened; 0 where the secret is of none. Those that the ring has are not asked.
   */
  async openEarlier(personId: PersonId, ring: KeyRing, secret: AuthorSecret): Promise<number> {
    const { ids, key: dataKey } = this.#options;
    const latest = ring.keys.get(ring.number);
    if (latest === undefined) return 0;
    let count = 0;
    for (const kept of this.#options.use((file) => file.authors.earlier(personId))) {
      if (ring.keys.has(kept.number) || (kept.withPhrase && secret.phrase === null)) continue;
      const key = await openAuthorKey(dataKey, personId, kept.withPhrase ? secret : { ...secret, phrase: null }, kept);
      if (key === null) continue;
      const sealed = sealEarlierKey(latest, { authorId: personId, number: kept.number }, key, (bytes) => ids.randomBytes(bytes));
      this.#options.use((file) => file.authors.keepUnder(personId, kept.number, { number: ring.number, sealed }));
      ring.keys.set(kept.number, key);
      count += 1;
    }
    if (count > 0) this.#addSealedUnder(personId, ring);
    return count;
  }

  #ringOf(personId: PersonId, number: number, key: Uint8Array): KeyRing {
    const ring: KeyRing = { number, keys: new Map([[number, key]]) };
    this.#addSealedUnder(personId, ring);
    return ring;
  }

  /** What the keys of the ring open, newest first, because each lies under a later one. */
  #addSealedUnder(personId: PersonId, { keys }: KeyRing): void {
    for (const { number, under } of this.#options.use((file) => file.authors.earlier(personId))) {
      const later = under === null || keys.has(number) ? undefined : keys.get(under.number);
      const key = under === null || later === undefined ? null : openEarlierKey(later, { authorId: personId, number }, under.sealed);
      if (key !== null) keys.set(number, key);
    }
  }

  /** By the wrapping that holds, or the next one: a kill may have come between the record's new PIN and the private file's. */
  async #openKept(personId: PersonId, secret: AuthorSecret, kept: SealedAuthorKey): Promise<Uint8Array | null> {
    const { key } = this.#options;
    const opened = await openAuthorKey(key, personId, secret, kept);
    if (opened !== null && isWrappedWithDataKey(key, personId, kept)) await this.#rewrap(personId, opened, secret);
    const next = opened === null ? this.#options.use((file) => file.authors.findNextKey(personId)) : null;
    if (next === null) return opened;
    const byNext = await openAuthorKey(key, personId, secret, next);
    if (byNext !== null) this.#options.use((file) => file.authors.takeNextKey(personId));
    return byNext;
  }

  /** With a pepper of its own, so that nothing keeps a data key of before for this author's sake. */
  async #rewrap(personId: PersonId, key: Uint8Array, secret: AuthorSecret): Promise<void> {
    const sealed = await this.#wrap(personId, key, secret);
    this.#orLater(() => this.#options.use((file) => file.authors.rewrap(personId, sealed)));
  }

  /**
   * Keeps this author's key wrapped for a new PIN, too, before the record has it: until `takeNewPin` either opens it.
   * False where they have no private notes, or none that this PIN opens. Throws `RefusedError` where their notes need the
   * phrase, or do not open with it.
   */
  async prepareNewPin(personId: PersonId, { pin, phrase }: AuthorSecret, newPin: string): Promise<boolean> {
    const begun = this.begun(personId);
    const ring = begun === null ? null : await this.open(personId, { pin, phrase });
    const key = ring?.keys.get(ring.number) ?? null;
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
    if (ring !== null) wipeRing(ring);
    this.#options.use((file) => file.authors.keepNextKey(personId, sealed));
    return true;
  }

  /** The record has the new PIN. What fails here is made up for when the notes are opened with it. */
  takeNewPin(personId: PersonId): void {
    this.#orLater(() => this.#options.use((file) => file.authors.takeNextKey(personId)));
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

/** From memory. */
export function wipeRing({ keys }: KeyRing): void {
  for (const key of keys.values()) key.fill(0);
}

function refused(code: RefusalCode, message: string): RefusedError {
  return new RefusedError({ code, message });
}
