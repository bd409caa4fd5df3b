import { RefusedError, type Refusal, type RefusalCode } from '../../../shared/contract/contract-errors.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import type { Clock } from '../platform/platform.ts';
import type { RecordedEventDraft } from '../store/event-log.ts';
import type { ReadingRow } from '../store/reading-log.ts';
import type { Store } from '../store/store.ts';
import type { WaveBlock } from '../store/wave-log.ts';
import { StoreError, type StoreErrorCode } from '../store/store-error.ts';
import type { RecordedEvent } from '../session/events/session-event.ts';

/** Whether what is said can be kept. There is no other place to keep it: stopped is a screen of its own. */
export type StorageState =
  | { readonly state: 'recording'; readonly lastWriteMs: UtcMs | null }
  | { readonly state: 'stopped'; readonly sinceMs: UtcMs; readonly code: StoreErrorCode; readonly message: string };

/** The disk failed in the last step of a write: whether it has it is known when the store is open again. The same call, made again then, is answered. */
export class OutcomeUnknownError extends Error {
  override readonly name = 'OutcomeUnknownError';
}

/**
 * The store as the recorder uses it: every failure stops recording and is said; nothing is retried on a handle
 * that failed (after a failed fsync the kernel may claim success for pages it dropped), so the store is opened
 * anew before the next attempt.
 */
export class Storage {
  readonly #clock: Clock;
  readonly #reopen: () => Store;
  readonly #onState: () => void;
  #store: Store | null;
  /** Of the newest event that the recorder knows of. */
  #lastSeq: number;
  #state: StorageState = { state: 'recording', lastWriteMs: null };
  /** The command whose events may be on disk. */
  #inDoubt: string | null = null;

  constructor(clock: Clock, store: Store, reopen: () => Store, onState: () => void) {
    this.#clock = clock;
    this.#store = store;
    this.#lastSeq = store.events.head.seq;
    this.#reopen = reopen;
    this.#onState = onState;
  }

  get state(): StorageState {
    return this.#state;
  }

  /** For reading; throws a refusal while there is none. */
  get store(): Store {
    if (this.#store === null) throw this.#refused();
    return this.#store;
  }

  /** Throws `OutcomeUnknownError` where this is the command of which the disk may have the events. */
  refuseInDoubt(commandId: string): void {
    if (this.#store === null && this.#inDoubt === commandId) throw this.#outcomeUnknown();
  }

  /** On disk when it returns. Throws `RefusedError`, then nothing was written, or `OutcomeUnknownError`. */
  appendEvents(drafts: readonly RecordedEventDraft[], commandDigest: Uint8Array | null = null): readonly RecordedEvent[] {
    if (this.#state.state === 'stopped') throw this.#refused();
    if (this.#store?.checkpoints.isOverdue(drafts[0]?.monoMs ?? 0) === true) this.#signBefore();
    const events = this.#write((store) => store.events.appendAll(drafts, commandDigest), drafts[0]?.commandId ?? null);
    this.#lastSeq = events.at(-1)?.seq ?? this.#lastSeq;
    this.#store?.checkpoints.take(events);
    return events;
  }

  appendReadings(rows: readonly ReadingRow[]): void {
    if (rows.length > 0) this.#write((store) => store.readings.appendSecond(rows));
  }

  appendWaves(blocks: readonly WaveBlock[]): void {
    if (blocks.length > 0) this.#write((store) => store.waves.append(blocks));
  }

  /**
   * Tries to record again, beginning with `drafts`, which say what was missed. Returns what the recorder does not know
   * yet, or null: a write that failed in its last step, the sync, may be on disk all the same.
   */
  tryAgain(drafts: () => readonly RecordedEventDraft[]): readonly RecordedEvent[] | null {
    if (this.#state.state !== 'stopped') return null;
    try {
      this.#store ??= this.#reopen();
      const kept = [...this.#store.events.readAll({ afterSeq: this.#lastSeq })];
      this.#store.checkpoints.sign(this.#clock.now().utcMs);
      const missed = this.#store.events.appendAll(drafts());
      const events = [...kept, ...missed];
      this.#store.checkpoints.take(missed);
      this.#lastSeq = events.at(-1)?.seq ?? this.#lastSeq;
      this.#recorded();
      return events;
    } catch (error) {
      this.#stopped(error);
      return null;
    }
  }

  /** What to tell whoever read where the store cannot be read; null for every other failure. It is no reason to stop recording. */
  refusalOfRead(error: unknown): Refusal | null {
    if (!(error instanceof StoreError)) return null;
    const goesOn = this.#state.state === 'recording' ? ' The room goes on recording.' : '';
    return { code: refusalCodeOf(error.code), message: `The record could not be read here. ${error.message}${goesOn}` };
  }

  /** Each second: what tells of a lost end of the record is never further behind than that, and what is due is signed. */
  keepProof(monoMs: number): void {
    this.#store?.events.keepHead();
    if (this.#store?.checkpoints.isDue(monoMs) === true) this.#write(({ checkpoints }) => checkpoints.sign(this.#clock.now().utcMs));
  }

  close(): void {
    try {
      this.#signBefore();
    } finally {
      this.#store?.close();
      this.#store = null;
    }
  }

  /** Where the disk refuses that, what follows goes on: the events are on disk, and are signed later. */
  #signBefore(): void {
    try {
      this.#store?.checkpoints.sign(this.#clock.now().utcMs);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
    }
  }

  #write<T>(write: (store: Store) => T, commandId: string | null = null): T {
    if (this.#store === null) throw this.#refused();
    try {
      const result = write(this.#store);
      this.#recorded();
      return result;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.#stopped(error);
      if (!error.mayBeWritten || commandId === null) throw this.#refused();
      this.#inDoubt = commandId;
      throw this.#outcomeUnknown();
    }
  }

  #outcomeUnknown(): OutcomeUnknownError {
    return new OutcomeUnknownError('This may or may not be recorded: the disk failed in the middle of it.');
  }

  #recorded(): void {
    this.#inDoubt = null;
    const wasStopped = this.#state.state === 'stopped';
    this.#state = { state: 'recording', lastWriteMs: this.#clock.now().utcMs };
    if (wasStopped) this.#onState();
  }

  #stopped(error: unknown): void {
    this.#closeQuietly();
    const code = error instanceof StoreError ? error.code : 'STORE_FAILED';
    const message = error instanceof Error ? error.message : String(error);
    const sinceMs = this.#state.state === 'stopped' ? this.#state.sinceMs : this.#clock.now().utcMs;
    const changed = this.#state.state !== 'stopped' || this.#state.code !== code;
    this.#state = { state: 'stopped', sinceMs, code, message };
    if (changed) this.#onState();
  }

  #closeQuietly(): void {
    try {
      this.#store?.close();
    } catch {
      // It failed already; what matters is that the handle is not used again.
    }
    this.#store = null;
  }

  #refused(): RefusedError {
    const code: RefusalCode = this.#state.state === 'stopped' ? refusalCodeOf(this.#state.code) : 'STORE_FAILED';
    const why = this.#state.state === 'stopped' ? this.#state.message : 'The record is closed.';
    return new RefusedError({ code, message: `Not recorded. ${why}` });
  }
}

/** How a page is told of it. */
export function refusalCodeOf(code: StoreErrorCode): RefusalCode {
  return code === 'STORE_READ_ONLY' || code === 'STORE_FULL' ? code : 'STORE_FAILED';
}

/** What somebody asked for, where the folder or a file of it refuses: they are told why as they are told of any refusal. */
export function inWords<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    const code = error instanceof StoreError ? refusalCodeOf(error.code) : 'STORE_FAILED';
    throw new RefusedError({ code, message: error instanceof Error ? error.message : String(error) });
  }
}
