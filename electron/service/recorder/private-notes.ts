import { RefusedError, type RefusalCode } from '../../../shared/contract/contract-errors.ts';
import type { OpenedNotes, PrivateNote } from '../../../shared/contract/private-notes.ts';
import type { CommandId, EventId, PersonId, SessionId } from '../../../shared/values/ids.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import type { Clock, Ids, Log } from '../platform/platform.ts';
import type { HashCost } from '../platform/slow-hash.ts';
import { afterEndRefusal } from '../session/decide/after-end.ts';
import { commandRules } from '../session/decide/command-rules.ts';
import type { NewEvent } from '../session/events/session-event.ts';
import type { SessionState } from '../session/state/session-state.ts';
import type { DataKey } from '../store/data-key.ts';
import type { PrivateNotesStore, SealedNote } from '../store/private-notes.ts';
import { sealText, unsealText, type AuthorSecret, type NotePlace } from '../store/private-seal.ts';
import { StoreError } from '../store/store-error.ts';
import { AuthorKeys, wipeRing, type KeyRing } from './author-keys.ts';
import { commandOf } from './command.ts';
import type { Recorder } from './recorder.ts';

export interface PrivateNotesOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly recorder: Recorder;
  readonly key: DataKey;
  readonly hashCost: HashCost;
  /** The person who holds a seat; null where it was given up. An author's key is forgotten together with the seat. */
  readonly holderOf: (seat: string) => PersonId | null;
  /** Opens the private file, making it where there never was one. Throws `StoreError`. */
  readonly openFile: () => PrivateNotesStore;
  /** Whether private notes were ever begun in this folder. */
  readonly isBegun: () => boolean;
}

export type { AuthorSecret };

/** Whose page it is: the seat's ticket and the person who holds it. */
export interface Author {
  readonly seat: string;
  readonly personId: PersonId;
}

export interface DraftToKeep {
  readonly draftId: string;
  readonly text: string;
  readonly begunAt: UtcMs;
}

export interface NoteToRecord {
  readonly noteId: string;
  readonly draftId: string | null;
  readonly text: string;
  readonly begunAt: UtcMs;
}

/**
 * The private side of the room: who has it open, and the only place where private words and keys are in memory.
 *
 *   PIN ─► author's key (here, until the seat is left) ─► sealed note ─► private file, synced ─► mark in the record
 *
 * The note comes first: a crash in between costs its lock mark, which is made up for when the file is opened again,
 * never the note.
 */
export class PrivateNotes {
  readonly keys: AuthorKeys;
  readonly #options: PrivateNotesOptions;
  readonly #open = new Map<string, { readonly personId: PersonId; readonly ring: KeyRing }>();
  /** Which seat writes on a draft, so that two windows of one author do not write on the same one. */
  readonly #draftHolders = new Map<string, string>();
  #file: PrivateNotesStore | null = null;

  constructor(options: PrivateNotesOptions) {
    this.#options = options;
    this.keys = new AuthorKeys({ ...options, use: (work) => this.#use(work) });
  }

  /** Marks in the record the notes that a crash left unmarked. If the private file cannot be read, the room opens all the same. */
  start(): void {
    if (!this.#options.isBegun()) return;
    try {
      this.#markAll();
    } catch (error) {
      const code = error instanceof RefusedError ? error.refusal.code : error instanceof StoreError ? error.code : 'unknown';
      this.#options.log.warn('private-marks-waiting', { code });
    }
  }

  /** Seats whose key is in memory. */
  get openSeats(): Iterable<string> {
    return this.#open.keys();
  }

  isOpen({ seat, personId }: Author): boolean {
    return this.#open.get(seat)?.personId === personId;
  }

  /** Opens the private side for one page. The PIN was compared already; here it has to open the key. */
  async open(author: Author, secret: AuthorSecret): Promise<void> {
    const ring = await this.keys.open(author.personId, secret);
    if (ring === null) {
      throw refused(
        'PRIVATE_KEY_REFUSED',
        secret.phrase === null
          ? 'This PIN does not open your private notes: they were sealed with another one. Nothing was changed, and they stay sealed.'
          : 'PIN and phrase together do not open your private notes. Check the phrase. Nothing was changed, and they stay sealed.',
      );
    }
    this.#opened(author, ring);
  }

  /** As `open`, for whoever lost what opens their notes: under another key from now on. */
  async beginAnew(author: Author, secret: AuthorSecret): Promise<void> {
    this.#opened(author, await this.keys.beginAnew(author.personId, secret));
  }

  /** Whether any of the notes of before opened with the PIN, and phrase, of then. */
  async openEarlier(author: Author, secret: AuthorSecret): Promise<boolean> {
    return (await this.keys.openEarlier(author.personId, this.#ringOf(author), secret)) > 0;
  }

  #opened(author: Author, ring: KeyRing): void {
    this.close(author.seat);
    this.#open.set(author.seat, { personId: author.personId, ring });
    this.#markAll();
  }

  /** Forgets the key of one page. */
  close(seat: string): void {
    const open = this.#open.get(seat);
    if (open !== undefined) wipeRing(open.ring);
    this.#open.delete(seat);
    for (const [draftId, holder] of this.#draftHolders) if (holder === seat) this.#draftHolders.delete(draftId);
  }

  /** Forgets the keys of every page whose seat was given up or taken by somebody else. */
  closeOf(personId: PersonId): void {
    for (const [seat, open] of this.#open) if (open.personId === personId) this.close(seat);
  }

  closeLeft(): void {
    for (const [seat, { personId }] of this.#open) if (this.#options.holderOf(seat) !== personId) this.close(seat);
  }

  closeAll(): void {
    for (const seat of this.#open.keys()) this.close(seat);
    this.#file?.close();
    this.#file = null;
  }

  /**
   * The author's notes of a session in order of time, the newest draft that no other window of theirs has, and how many
   * notes of theirs, in whichever session, an earlier key of theirs keeps sealed: of those no word can be read here.
   */
  read(author: Author, sessionId: SessionId): OpenedNotes {
    this.closeLeft();
    const ring = this.#ringOf(author);
    const { personId } = author;
    const [notes, drafts, counts] = this.#use(
      (file) => [file.notesOf(personId, sessionId), file.draftsOf(personId, sessionId), file.countsByKey(personId)] as const,
    );
    const isOpen = ({ keyNumber }: { readonly keyNumber: number }): boolean => ring.keys.has(keyNumber);
    const free = drafts.filter(isOpen).find(({ draftId }) => (this.#draftHolders.get(draftId) ?? author.seat) === author.seat);
    const place = free && { id: free.draftId, authorId: personId, sessionId, atMs: free.begunMs };
    const text = free === undefined || place === undefined ? null : unsealed(ring, place, free);
    if (free !== undefined) this.#draftHolders.set(free.draftId, author.seat);
    return {
      notes: notes.filter(isOpen).map((note) => viewOf(note, ring)),
      draft: free === undefined || text === null ? null : { draftId: free.draftId, text, begunAtMs: free.begunMs },
      sealedBefore: [...counts].reduce((sum, [keyNumber, count]) => (ring.keys.has(keyNumber) ? sum : sum + count), 0),
    };
  }

  keepDraft(author: Author, sessionId: SessionId, { draftId, text, begunAt }: DraftToKeep): void {
    const ring = this.#ringOf(author);
    if (text.trim() === '') {
      this.#use((file) => file.dropDraft(author.personId, draftId));
      return;
    }
    const { clock } = this.#options;
    const state = this.#sessionOf(sessionId);
    const begunMs = this.#timeOf(state, begunAt);
    const sealed = this.#seal(ring, { id: draftId, authorId: author.personId, sessionId, atMs: begunMs }, text);
    this.#draftHolders.set(draftId, author.seat);
    const draft = { draftId, authorId: author.personId, sessionId, begunMs, keptMs: clock.now().utcMs, sealed, keyNumber: ring.number };
    this.#use((file) => file.keepDraft(draft));
  }

  record(author: Author, sessionId: SessionId, { noteId, draftId, text, begunAt }: NoteToRecord): PrivateNote {
    const ring = this.#ringOf(author);
    const before = this.#use((file) => file.findNote(noteId));
    if (before !== null) {
      if (before.authorId !== author.personId || before.sessionId !== sessionId) throw notFound();
      const kept = viewOf(before, ring);
      if (kept.text !== text.trim())
        throw refused('COMMAND_ID_USED', 'This carries the number of another note of yours. Nothing was recorded.', 'noteId');
      this.#markAll();
      return kept;
    }
    if (text.trim() === '') throw refused('OBSERVATION_EMPTY', 'There is nothing to record yet. Write something.');
    const now = this.#options.clock.now();
    const place = { id: noteId, authorId: author.personId, sessionId, atMs: this.#timeOf(this.#sessionOf(sessionId), begunAt) };
    const note = { noteId, authorId: author.personId, sessionId, atMs: place.atMs, offsetMin: now.offsetMin, recordedMs: now.utcMs };
    const sealed = this.#seal(ring, place, text.trim());
    this.#use((file) => file.addNote({ ...note, sealed, keyNumber: ring.number }, draftId));
    if (draftId !== null) this.#draftHolders.delete(draftId);
    this.#markAll();
    return viewOf({ ...note, sealed, keyNumber: ring.number, movedMs: null }, ring);
  }

  /** One transaction in the record: the observation, and that its words came across. */
  moveToShared(author: Author, sessionId: SessionId, commandId: CommandId, noteId: string): void {
    const ring = this.#ringOf(author);
    const asked = commandOf(commandId, 'private.moveToShared', author.personId, { sessionId, noteId });
    this.#options.recorder.recall(asked);
    const note = this.#use((file) => file.findNote(noteId));
    if (note === null || note.authorId !== author.personId || note.sessionId !== sessionId) throw notFound();
    if (this.#isMoved(sessionId, noteId)) {
      // Also after a crash between the record and the private file, and for a call whose answer was lost.
      this.#use((file) => file.setMoved(noteId, this.#options.clock.now().utcMs));
      return;
    }
    const text = unsealed(ring, placeOf(note), note);
    if (text === null) throw refused('PRIVATE_UNREADABLE', 'This note no longer opens, so that it cannot be moved. It stays sealed.');
    const command = { type: 'record-observation' as const, text, chips: [], begunAt: note.atMs };
    const also: NewEvent = { kind: 'text-moved-across', body: { direction: 'to-shared', from: 'record', noteId } };
    this.#options.recorder.execute({ commandId, personId: author.personId, also: [also], asked }, sessionId, command);
    this.#use((file) => file.setMoved(noteId, this.#options.clock.now().utcMs));
  }

  /** The words are sealed first; then the record says in one transaction that they went, that a note exists, and undoes the observation. */
  moveToPrivate(author: Author, sessionId: SessionId, commandId: CommandId, eventId: EventId): PrivateNote {
    const asked = commandOf(commandId, 'private.moveToPrivate', author.personId, { sessionId, eventId });
    this.#options.recorder.recall(asked);
    const before = this.#isMoved(sessionId, commandId) ? this.#use((file) => file.findNote(commandId)) : null;
    if (before !== null && before.authorId === author.personId) return viewOf(before, this.#ringOf(author));
    const observation = this.#sessionOf(sessionId).observations.find((entry) => entry.eventId === eventId);
    const owner = observation?.actor === 'service' ? null : observation?.actor.personId;
    if (observation === undefined || owner !== author.personId || observation.text === '') {
      throw refused(
        'PRIVATE_NOTE_NOT_FOUND',
        'Only words of your own that stand in the session can be moved to the private side.',
        eventId,
      );
    }
    const undo = { type: 'undo' as const, eventId, reason: 'moved to the private side by its author' };
    // Asked before anything is sealed: refused only afterwards, each further try would leave another copy.
    const over = afterEndRefusal(this.#sessionOf(sessionId), undo, commandRules.undo.when, null, this.#options.clock.now());
    if (over !== null) throw new RefusedError(over);
    // The note has the command's id: a repeated call finds it.
    const written = this.record(author, sessionId, { noteId: commandId, draftId: null, text: observation.text, begunAt: observation.atMs });
    const also: NewEvent = { kind: 'text-moved-across', body: { direction: 'to-private', from: 'record', noteId: commandId } };
    this.#options.recorder.execute({ commandId, personId: author.personId, also: [also], asked }, sessionId, undo);
    return written;
  }

  moveDraft(author: Author, sessionId: SessionId, commandId: CommandId, direction: 'to-shared' | 'to-private'): void {
    this.#ringOf(author);
    this.#sessionOf(sessionId);
    const event: NewEvent = { kind: 'text-moved-across', body: { direction, from: 'line', noteId: null } };
    const asked = commandOf(commandId, 'private.moveDraft', author.personId, { sessionId, direction });
    this.#options.recorder.recordRoom({ events: [event] }, author.personId, asked, sessionId);
  }

  #isMoved(sessionId: SessionId, noteId: string): boolean {
    return this.#sessionOf(sessionId).log.some((event) => event.kind === 'text-moved-across' && event.body.noteId === noteId);
  }

  #ringOf(author: Author): KeyRing {
    const open = this.#open.get(author.seat);
    if (open === undefined || open.personId !== author.personId) {
      throw refused('PRIVATE_CLOSED', 'Your private notes are closed. Open them with your PIN; what you were writing is kept.');
    }
    return open.ring;
  }

  #sessionOf(sessionId: SessionId): SessionState {
    const state = this.#options.recorder.sessions.find(sessionId);
    if (state === null) throw refused('SESSION_NOT_FOUND', 'There is no such session in this room.', sessionId);
    return state;
  }

  /** That of the first key, as far as it can be true. */
  #timeOf(state: SessionState, begunAt: UtcMs): UtcMs {
    return Math.min(Math.max(begunAt, state.openedMs), this.#options.clock.now().utcMs);
  }

  #seal({ keys, number }: KeyRing, place: NotePlace, text: string): Uint8Array {
    const key = keys.get(number);
    if (key === undefined) throw new Error('a ring has the key that seals');
    return sealText(key, place, text, (count) => this.#options.ids.randomBytes(count));
  }

  /** Says in the record that these notes exist. A record that cannot be written now is told later; the note is kept. */
  #markAll(): void {
    for (const note of this.#use((file) => file.unmarked())) {
      try {
        this.#mark(note);
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        this.#options.log.warn('private-mark-waiting', { code: error.refusal.code });
      }
    }
  }

  #mark({ noteId, authorId, sessionId, atMs, offsetMin }: SealedNote): void {
    const { recorder } = this.#options;
    const state = recorder.sessions.find(sessionId);
    // A private file beside a record that lost its end: the note is kept, its session is not there to be marked.
    if (state === null) return;
    if (!state.privateMarks.some((mark) => mark.noteId === noteId)) {
      const event: NewEvent = { kind: 'private-note-marked', body: { noteId }, occurred: { utcMs: atMs, offsetMin } };
      recorder.recordRoom({ events: [event] }, authorId, null, sessionId);
    }
    this.#use((file) => file.setMarked(noteId));
  }

  /** The private file, opened when it is first needed. After a fault of the disk it is opened anew the next time. */
  #use<Result>(work: (file: PrivateNotesStore) => Result): Result {
    try {
      this.#file ??= this.#options.openFile();
      return work(this.#file);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.#file?.close();
      this.#file = null;
      this.#options.log.error('private-file-failed', { code: error.code });
      const known = error.code === 'STORE_FULL' || error.code === 'STORE_READ_ONLY' ? error.code : 'PRIVATE_UNREADABLE';
      throw refused(known, `Private notes: ${error.message}`);
    }
  }
}

function placeOf({ noteId, authorId, sessionId, atMs }: SealedNote): NotePlace {
  return { id: noteId, authorId, sessionId, atMs };
}

function unsealed({ keys }: KeyRing, place: NotePlace, of: Pick<SealedNote, 'keyNumber' | 'sealed'>): string | null {
  const key = keys.get(of.keyNumber);
  return key === undefined ? null : unsealText(key, place, of.sealed);
}

function viewOf(note: SealedNote, ring: KeyRing): PrivateNote {
  const { noteId, atMs, recordedMs, movedMs } = note;
  return { noteId, atMs, recordedMs, movedMs, text: unsealed(ring, placeOf(note), note) };
}

function refused(code: RefusalCode, message: string, subject?: string): RefusedError {
  return new RefusedError(subject === undefined ? { code, message } : { code, message, subject });
}

function notFound(): RefusedError {
  return refused('PRIVATE_NOTE_NOT_FOUND', 'This is not a private note of yours in this session.');
}
