import type { Connection } from './connection.ts';
import { mark } from './event-log.ts';
import { selectEvents } from './event-reader.ts';
import { contentHash, hashOf, noHash, rowToEvent, type ChainPlace, type EventRow } from './event-row.ts';
import type { NamedLosses } from './named-losses.ts';
import type { SigningStart } from './verify-checkpoints.ts';
import type { RecordedEvent } from '../session/events/session-event.ts';
import type { Restore } from './verify-findings.ts';
import { SignatureCheck } from './signature-check.ts';

/** How often the share is told. */
const eventsAtOnce = 500;
const noId = Buffer.alloc(16);

/** One pass over the events in order. */
export class ChainCheck {
  seq = 0;
  hash: Buffer = noHash;
  count = 0;
  lastEpoch: Buffer | null = null;
  /** The starts at which the kept head was missing. */
  readonly headMissingAt: number[] = [];
  /** The starts of the service, in order. */
  readonly starts: SigningStart[] = [];
  /** The restores that the log tells of, in order. */
  readonly restores: Restore[] = [];
  /** The private notes that the log says exist. */
  readonly markedNotes: string[] = [];
  readonly signatures: SignatureCheck;
  /** What salvages of the room named as lost. */
  readonly named: NamedLosses;
  /** Those of its holes that are there as they were named, by their first number. */
  readonly #holesFound = new Set<number>();
  readonly #connection: Connection;
  readonly #roomId: Buffer | null;
  readonly #add: (seq: number | null, what: string) => void;
  #before: EventRow | undefined;

  constructor(
    connection: Connection,
    { roomId, named }: { readonly roomId: Buffer | null; readonly named: NamedLosses },
    add: (seq: number | null, what: string) => void,
  ) {
    this.#connection = connection;
    this.#roomId = roomId;
    this.#add = add;
    this.named = named;
    this.signatures = new SignatureCheck(add, this.named.setAside);
  }

  /** @param onShare told how much of the log was read, 0 to 1 */
  run(onShare: (share: number) => void): void {
    const epochs = this.#connection
      .prepare<[], { first_seq: number; epoch: Buffer }>('SELECT first_seq, epoch FROM epoch ORDER BY first_seq')
      .all();
    if (this.#roomId === null) this.#add(null, 'the room has no id');
    if (epochs[0]?.first_seq !== 1) this.#add(null, 'the first epoch is missing');
    let epochIndex = 0;
    const last = this.#connection.prepare<[], number | null>('SELECT max(seq) FROM event_log').pluck().get() ?? 1;
    this.lastEpoch = epochs.at(-1)?.epoch ?? null;
    const known = this.#connection.prepare<[Buffer], number>('SELECT seq FROM event_log WHERE event_id = ?').pluck();
    for (const row of this.#connection.prepare<[], EventRow>(`${selectEvents} ORDER BY seq`).iterate()) {
      while ((epochs[epochIndex + 1]?.first_seq ?? Infinity) <= row.seq) epochIndex += 1;
      this.#verifyPlace(row, epochs[epochIndex]?.epoch ?? noId);
      this.#verifyForm(row, known);
      this.signatures.take(row);
      this.count += 1;
      this.seq = row.seq;
      this.hash = row.hash;
      this.#before = row;
      if (this.count % eventsAtOnce === 0) onShare(row.seq / last);
    }
    for (const { from, through } of this.named.holes.values()) {
      if (!this.#holesFound.has(from))
        this.#add(from, `${eventsFrom(from, through)} named as lost by a salvage, and the log does not lack just these`);
    }
  }

  #verifyPlace(row: EventRow, epoch: Buffer): void {
    const skipped = row.seq !== this.seq + 1;
    if (skipped) this.#verifyHole(row, epoch);
    const place = { prev: this.hash, roomId: this.#roomId ?? noId, epoch };
    // After a gap the hash before is unknown, so that this one cannot be judged.
    if (!skipped && !this.#fits(place, row)) {
      this.#add(row.seq, `event ${row.seq} or the end of the chain before it has been changed: its hash does not fit`);
    }
    const marked = { ...row };
    mark(marked, this.#before);
    if (row.run_start !== marked.run_start || row.command_start !== marked.command_start) {
      this.#add(row.seq, `event ${row.seq} is wrongly marked as the start of a session's run or of a command`);
    }
  }

  /** A hole is no problem where a salvage named it: just these numbers, and what stands on both sides of it. */
  #verifyHole(row: EventRow, epoch: Buffer): void {
    const from = this.seq + 1;
    const hole = this.named.holes.get(from);
    if (hole?.through !== row.seq - 1) {
      // A salvage may have named less.
      this.#add(from, `${eventsFrom(from, row.seq - 1)} missing`);
      return;
    }
    this.#holesFound.add(from);
    const content = contentHash({ roomId: this.#roomId ?? noId, epoch }, row).toString('hex');
    if (hole.before === this.hash.toString('hex') && hole.after.hash === row.hash.toString('hex') && hole.after.content === content) return;
    this.#add(
      row.seq,
      `event ${row.seq} or the event before it is not the one at which the salvage found ${from === hole.through ? `event ${from}` : `events ${from} to ${hole.through}`} missing`,
    );
  }

  #fits(place: ChainPlace, row: EventRow): boolean {
    try {
      return hashOf(place, row).equals(row.hash);
    } catch {
      // Not even the form of an id: whatever it is, it is not what was hashed.
      return false;
    }
  }

  #noteStart({ seq, body }: RecordedEvent<'service-started'>): void {
    if (body.keptHead === 'missing') this.headMissingAt.push(seq);
    this.starts.push({ seq, publicKey: body.checkpointKey ?? null });
  }

  #verifyForm(row: EventRow, known: { get(id: Buffer): number | undefined }): void {
    try {
      const event = rowToEvent(row);
      if (event.kind === 'service-started') this.#noteStart(event);
      if (event.kind === 'room-restored') this.restores.push({ seq: event.seq, ...event.body });
      if (event.kind === 'private-note-marked') this.markedNotes.push(event.body.noteId);
    } catch (error) {
      // Only the kind of the fault: the message would quote what stands in the event.
      this.#add(row.seq, `event ${row.seq} is not a valid ${row.kind} (${error instanceof Error ? error.name : 'fault'})`);
    }
    if (row.supersedes === null) return;
    const target = known.get(row.supersedes);
    // It may be one of those that a salvage named as lost.
    if (target === undefined && this.#holesFound.size > 0) return;
    if (target === undefined || target >= row.seq) this.#add(row.seq, `event ${row.seq} supersedes an event that is not before it`);
  }
}

function eventsFrom(from: number, through: number): string {
  return from === through ? `event ${from} is` : `events ${from} to ${through} are`;
}
