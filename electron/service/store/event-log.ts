import type { EventKind, RecordedEvent } from '../session/events/session-event.ts';
import type { Statement } from './connection.ts';
import type { Database } from './database.ts';
import { blobToId, checkBootId, checkInstant, encodeBody, hashOf, idToBlob, monoToUs, noHash, sameId, type EventRow } from './event-row.ts';
import { EventReader, selectEvents } from './event-reader.ts';
import type { LogHeadFile } from './log-head.ts';

/** An event as the recorder hands it over: all but its place in the log. */
export type RecordedEventDraft<K extends EventKind = EventKind> = { [P in K]: Omit<RecordedEvent<P>, 'seq'> }[K];

/** Where the log ends. `seq` 0 and a hash of zeros while it is empty. */
export interface LogHead {
  readonly roomId: string;
  readonly epoch: string;
  readonly seq: number;
  readonly hash: Uint8Array;
}

const columns = [
  'seq',
  'event_id',
  'session_id',
  'kind',
  'occurred_ms',
  'occurred_offset_min',
  'recorded_ms',
  'recorded_offset_min',
  'mono_us',
  'boot',
  'actor',
  'command_id',
  'supersedes',
  'body',
  'run_start',
  'command_start',
  'hash',
] as const;
const repeatedIdsKept = 50;

/**
 * The append-only record of the room. One instance per open database; what `appendAll` returned is on disk.
 *
 *     draft ─► body checked, encoded ─► hash over prev + every column ─► INSERT … COMMIT (fsync) ─► kept head ─► event
 */
export class EventLog extends EventReader {
  readonly #database: Database;
  readonly #headFile: LogHeadFile;
  readonly #roomId: Buffer;
  readonly #epoch: Buffer;
  readonly #epochId: string;
  readonly #insert: Statement<unknown[]>;
  readonly #insertDigest: Statement<[commandId: Buffer, digest: Uint8Array]>;
  #boots: ReadonlyMap<string, number> = new Map();
  readonly #repeatedIds = new Map<string, Buffer>();
  #seq: number;
  #hash: Buffer;
  #last: Pick<EventRow, 'session_id' | 'command_id'> | undefined;

  /** @param onPage told of every page of events that was read: reading a long log takes a while, and says so */
  constructor(database: Database, place: { readonly roomId: Buffer; readonly epoch: Buffer }, headFile: LogHeadFile, onPage?: () => void) {
    super(database, onPage);
    const connection = database.connection;
    this.#database = database;
    this.#headFile = headFile;
    this.#roomId = place.roomId;
    this.#epoch = place.epoch;
    this.#epochId = blobToId(place.epoch);
    this.#insert = connection.prepare(`INSERT INTO event_log (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
    this.#insertDigest = connection.prepare('INSERT INTO command (command_id, digest) VALUES (?, ?)');
    const last = connection.prepare<[], EventRow>(`${selectEvents} ORDER BY seq DESC LIMIT 1`).get();
    this.#seq = last?.seq ?? 0;
    this.#hash = last?.hash ?? noHash;
    this.#last = last;
  }

  /** Brings the kept head to the last event, where a burst left it behind. */
  keepHead(): void {
    this.#headFile.catchUp();
  }

  get head(): LogHead {
    return { roomId: blobToId(this.#roomId), epoch: this.#epochId, seq: this.#seq, hash: new Uint8Array(this.#hash) };
  }

  /**
   * Appends all events, in order, in one transaction, or none. They are on disk when it returns them.
   * `commandDigest`: what the command that led to them asked for. Throws a `ZodError` or `TypeError` for an event that
   * is not one, and `StoreError` where the disk refuses.
   */
  appendAll(drafts: readonly RecordedEventDraft[], commandDigest: Uint8Array | null = null): RecordedEvent[] {
    if (drafts.length === 0) return [];
    const rows: EventRow[] = [];
    const events: RecordedEvent[] = [];
    for (const draft of drafts) {
      const { row, event } = this.#chain(draft, rows.at(-1));
      rows.push(row);
      events.push(event);
    }
    const boots = new Map(this.#boots);
    this.#database.write(() => {
      for (const row of rows) {
        if (!boots.has(row.boot_id)) boots.set(row.boot_id, this.#addBoot(row.boot_id));
        this.#insert.run(
          row.seq,
          row.event_id,
          row.session_id,
          row.kind,
          row.occurred_ms,
          row.occurred_offset_min,
          row.recorded_ms,
          row.recorded_offset_min,
          row.mono_us,
          boots.get(row.boot_id),
          row.actor,
          row.command_id,
          row.supersedes,
          row.body,
          row.run_start,
          row.command_start,
          row.hash,
        );
      }
      const commandId = rows[0]?.command_id ?? null;
      if (commandId !== null && commandDigest !== null) this.#insertDigest.run(commandId, commandDigest);
    });
    const last = rows.at(-1);
    if (last === undefined) return events;
    this.#boots = boots;
    this.#seq = last.seq;
    this.#hash = last.hash;
    this.#last = last;
    this.#headFile.record(this.#epochId, last.seq, last.hash, last.mono_us / 1000);
    return events;
  }

  #chain(draft: RecordedEventDraft, before: EventRow | undefined): { row: EventRow; event: RecordedEvent } {
    const { text, body } = encodeBody(draft.kind, draft.body);
    const occurred = checkInstant(draft.occurred, 'occurred');
    const recorded = checkInstant(draft.recorded, 'recorded');
    const sessionId = draft.sessionId === null ? null : this.#repeatedId(draft.sessionId, 'sessionId');
    const commandId = draft.commandId === null ? null : this.#repeatedId(draft.commandId, 'commandId');
    const seq = (before?.seq ?? this.#seq) + 1;
    const row: { -readonly [Column in keyof EventRow]: EventRow[Column] } = {
      seq,
      event_id: idToBlob(draft.eventId, 'eventId'),
      session_id: sessionId,
      kind: draft.kind,
      occurred_ms: occurred.utcMs,
      occurred_offset_min: occurred.offsetMin,
      recorded_ms: recorded.utcMs,
      recorded_offset_min: recorded.offsetMin,
      mono_us: monoToUs(draft.monoMs),
      boot_id: checkBootId(draft.bootId),
      actor: draft.actor === 'service' ? null : this.#repeatedId(draft.actor.personId, 'actor'),
      command_id: commandId,
      supersedes: draft.supersedes === null ? null : idToBlob(draft.supersedes, 'supersedes'),
      body: text,
      run_start: 0,
      command_start: 0,
      hash: noHash,
    };
    mark(row, before ?? this.#last);
    const place = { prev: before?.hash ?? this.#hash, roomId: this.#roomId, epoch: this.#epoch };
    row.hash = hashOf(place, row);
    // Exactly what reading the row back gives, so that what was acknowledged and what is in the record are one.
    const event = {
      seq,
      eventId: draft.eventId.toLowerCase(),
      sessionId: draft.sessionId?.toLowerCase() ?? null,
      kind: draft.kind,
      body,
      occurred,
      recorded,
      monoMs: row.mono_us / 1000,
      bootId: draft.bootId,
      actor: draft.actor === 'service' ? 'service' : { personId: draft.actor.personId.toLowerCase() },
      commandId: draft.commandId?.toLowerCase() ?? null,
      supersedes: draft.supersedes?.toLowerCase() ?? null,
    } as RecordedEvent;
    return { row, event };
  }

  /** Of an id that one event after another has. */
  #repeatedId(id: string, field: string): Buffer {
    const known = this.#repeatedIds.get(id);
    if (known !== undefined) return known;
    const blob = idToBlob(id, field);
    if (this.#repeatedIds.size >= repeatedIdsKept) this.#repeatedIds.clear();
    this.#repeatedIds.set(id, blob);
    return blob;
  }

  #addBoot(bootId: string): number {
    const connection = this.#database.connection;
    const known = connection.prepare<[string], number>('SELECT boot FROM boot WHERE boot_id = ?').pluck().get(bootId);
    return known ?? Number(connection.prepare('INSERT INTO boot (boot_id) VALUES (?)').run(bootId).lastInsertRowid);
  }
}

type Belonging = Pick<EventRow, 'session_id' | 'command_id'>;
type Marks = { run_start: number; command_start: number };

/** Sets the marks of an event that follows `before`, or is the first of all. */
export function mark(row: Belonging & Marks, before: Belonging | undefined): void {
  row.run_start = before !== undefined && sameId(row.session_id, before.session_id) ? 0 : 1;
  row.command_start = row.command_id === null || (before !== undefined && sameId(row.command_id, before.command_id)) ? 0 : 1;
}
