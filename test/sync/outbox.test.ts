import { afterEach, describe, expect, test } from 'vitest';
import type { EventBody } from '../../electron/service/session/events/session-event.ts';
import { openReader } from '../../electron/service/store/database.ts';
import { hashOf, idToBlob } from '../../electron/service/store/event-row.ts';
import type { Store } from '../../electron/service/store/store.ts';
import { liveBatch, Outbox, type BatchLimits } from '../../electron/service/sync/outbox.ts';
import type { OutgoingBatch, OutgoingRow } from '../../electron/service/sync/outgoing-row.ts';
import { answer, createRoomFixture, draft, sessionDrafts, type RoomFixture } from '../store/room-fixture.ts';
import { withKeyOf } from '../store/rewritten-room.ts';

let room: RoomFixture | undefined;
const closing: { close(): void }[] = [];
afterEach(() => {
  for (const one of closing.splice(0).toReversed()) one.close();
  room?.close();
});

function open(): { readonly room: RoomFixture; readonly store: Store; readonly outbox: Outbox; readonly sessionId: string } {
  const opened = (room = createRoomFixture(601));
  const store = opened.open();
  const outbox = new Outbox(openReader(store.database.file, opened.key));
  closing.push(store, outbox);
  return { room: opened, store, outbox, sessionId: opened.ids.uuid() };
}

/** All that a place would be given that asks from a number on until there is nothing more. */
function drained(outbox: Outbox, seq = 0, limits: BatchLimits = liveBatch): OutgoingBatch[] {
  const batches: OutgoingBatch[] = [];
  for (let after = seq; ;) {
    const batch = outbox.after(after, limits);
    if (batch.rows.length === 0) return batches;
    batches.push(batch);
    after = batch.rows.at(-1)?.seq ?? 0;
  }
}

const rowsOf = (batches: readonly OutgoingBatch[]): OutgoingRow[] => batches.flatMap(({ rows }) => rows);

/** The hash of a row, worked out from what was given away of it. */
function hashFrom(row: OutgoingRow, roomId: string): string {
  const id = (text: string | null): Buffer | null => (text === null ? null : idToBlob(text, 'id'));
  const place = { prev: Buffer.from(row.prev, 'hex'), roomId: idToBlob(roomId, 'room'), epoch: idToBlob(row.epoch, 'epoch') };
  const columns = {
    seq: row.seq,
    event_id: idToBlob(row.eventId, 'event'),
    session_id: id(row.sessionId),
    kind: row.kind,
    occurred_ms: row.occurredMs,
    occurred_offset_min: row.occurredOffsetMin,
    recorded_ms: row.recordedMs,
    recorded_offset_min: row.recordedOffsetMin,
    mono_us: row.monoUs,
    boot_id: row.bootId,
    actor: id(row.actor),
    command_id: id(row.commandId),
    supersedes: id(row.supersedes),
    body: row.body ?? '',
  };
  return hashOf(place, columns).toString('hex');
}

const pinHash = 'scrypt$zyxwvut-canary';
const person = { personId: 'b0000000-0000-7000-8000-000000000001', name: 'Nora', role: 'nurse', pinHash } as const;

describe('rows', () => {
  test('OUTBOX-1 every event leaves once and in order, and its hash is that of its columns; where a body is withheld the chain goes on', () => {
    const { room: opened, store, outbox, sessionId } = open();
    store.events.appendAll([draft(opened.ids, 'person-added', person)]);
    store.events.appendAll(sessionDrafts(opened.ids, sessionId, 450));
    const { roomId, seq, hash } = outbox.head();
    expect({ roomId, seq, hash }).toEqual({
      roomId: store.events.head.roomId,
      seq: 452,
      hash: Buffer.from(store.events.head.hash).toString('hex'),
    });
    const rows = rowsOf(drained(outbox));
    expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 452 }, (_, index) => index + 1));
    for (const [index, row] of rows.entries()) {
      expect(row.prev).toBe(rows[index - 1]?.hash ?? '0'.repeat(64));
      if (row.body !== null) expect(hashFrom(row, roomId)).toBe(row.hash);
    }
    const stored = [...store.events.readAll()];
    expect(rows.slice(1).map(({ eventId, body }) => [eventId, JSON.parse(body ?? 'null')])).toEqual(
      stored.slice(1).map(({ eventId, body }) => [eventId, body]),
    );
    expect(rows[0]).toMatchObject({ kind: 'person-added', body: null, withheld: 'credential' });
    expect(JSON.parse(rows[0]?.redacted ?? '')).toEqual({ personId: person.personId, name: 'Nora', role: 'nurse' });
  });

  test('OUTBOX-2 a batch is of two hundred events and 256 kB at most; an event that is more goes alone', () => {
    const { room: opened, store, outbox, sessionId } = open();
    store.events.appendAll(sessionDrafts(opened.ids, sessionId, 249));
    const long = (): ReturnType<typeof draft> => {
      const body: EventBody<'observation-recorded'> = { text: 'é'.repeat(4000), chips: [] };
      return draft(opened.ids, 'observation-recorded', body, { sessionId });
    };
    store.events.appendAll(Array.from({ length: 40 }, long));
    const batches = drained(outbox);
    const bytes = ({ rows }: OutgoingBatch): number => rows.reduce((sum, { body }) => sum + Buffer.byteLength(body ?? ''), 0);
    expect(batches[0]?.rows).toHaveLength(200);
    expect(Math.max(...batches.map(bytes))).toBeLessThanOrEqual(liveBatch.bytes);
    expect(Math.max(...batches.map(bytes))).toBeGreaterThan(liveBatch.bytes / 2);
    expect(rowsOf(batches)).toHaveLength(290);
    const single = drained(outbox, 250, { rows: 200, bytes: 1000 });
    expect(single.map(({ rows }) => rows.length)).toEqual(Array.from({ length: 40 }, () => 1));
  });

  test('OUTBOX-3 what an event of the log is, and where its epochs begin, can be asked', () => {
    const { room: opened, store, outbox, sessionId } = open();
    expect(outbox.head()).toMatchObject({ seq: 0, hash: '0'.repeat(64), epoch: store.events.head.epoch });
    expect(outbox.after(0)).toEqual({ rows: [], takenBack: [] });
    store.events.appendAll(sessionDrafts(opened.ids, sessionId, 3));
    const head = outbox.head();
    expect(outbox.at(head.seq)).toEqual({ epoch: head.epoch, hash: head.hash });
    expect(outbox.at(head.seq + 1)).toBeNull();
    expect(outbox.epochs()).toEqual([{ epoch: head.epoch, firstSeq: 1, cause: 'created' }]);
  });
});

describe('what stays in the room', () => {
  const utterance = (words: string, consent: boolean) => ({ utterance: { words, consent, spoken: 'spontaneously' } }) as const;

  test('OUTBOX-4 PIN hashes, words without agreement and words taken to the private side are in no batch, also where they had left before', () => {
    const { room: opened, store, outbox, sessionId } = open();
    const { ids } = opened;
    store.events.appendAll([draft(ids, 'person-added', person), draft(ids, 'pin-changed', { personId: person.personId, pinHash })]);
    store.events.appendAll(sessionDrafts(ids, sessionId, 2));
    const said = draft(ids, 'observation-recorded', { text: 'xylophone', chips: [] }, { sessionId });
    const quoted = draft(ids, 'observation-recorded', { text: 'soft', chips: [], details: utterance('zither', true) }, { sessionId });
    const unagreed = draft(ids, 'observation-recorded', { text: '', chips: [], details: utterance('ocarina', false) }, { sessionId });
    store.events.appendAll([said, quoted, unagreed]);
    const sentBefore = drained(outbox);
    // Until they are taken back they leave: what is looked for below can be found.
    expect(JSON.stringify(sentBefore)).toMatch(/xylophone.*zither/);
    const through = outbox.head().seq;

    const commandId = ids.uuid();
    const undo = draft(
      ids,
      'event-undone',
      { eventId: said.eventId, reason: 'xylophone' },
      { sessionId, commandId, supersedes: said.eventId },
    );
    const moved = { direction: 'to-private', from: 'record', noteId: ids.uuid() } as const;
    store.events.appendAll([undo, draft(ids, 'text-moved-across', moved, { sessionId, commandId })]);
    const again = { eventId: quoted.eventId, text: 'soft', chips: [], details: utterance('zither', false), reason: 'asked again' };
    store.events.appendAll([draft(ids, 'observation-amended', again, { sessionId, supersedes: quoted.eventId })]);

    const [batch] = drained(outbox, through);
    const seqOf = (eventId: string): number => store.events.findEvent(eventId)?.seq ?? 0;
    const { epoch } = outbox.head();
    expect(batch?.takenBack).toEqual([
      { epoch, seq: seqOf(said.eventId), withheld: 'private', redacted: null },
      { epoch, seq: seqOf(quoted.eventId), withheld: 'not-agreed', redacted: JSON.stringify({ text: 'soft', chips: [], details: {} }) },
    ]);
    const canaries = /zyxwvut-canary|xylophone|zither|ocarina/;
    expect(JSON.stringify(batch)).not.toMatch(canaries);
    // And for whoever begins anew.
    expect(JSON.stringify(drained(outbox))).not.toMatch(canaries);
  });

  test('OUTBOX-5 an event that cannot be read stays here and keeps no other back; of its session nothing leaves that other entries may take back', () => {
    const { room: opened, store, outbox, sessionId } = open();
    const { ids } = opened;
    store.events.appendAll(sessionDrafts(ids, sessionId, 3));
    store.events.appendAll([draft(ids, 'observation-recorded', { text: 'xylophone', chips: [] }, { sessionId })]);
    const other = ids.uuid();
    store.events.appendAll(sessionDrafts(ids, other, 1));
    store.events.appendAll([draft(ids, 'observation-recorded', { text: 'zither', chips: [] }, { sessionId: other })]);
    store.events.appendAll([draft(ids, 'pin-changed', { personId: person.personId, pinHash })]);
    outbox.close();
    store.close();
    withKeyOf(opened, (connection) => {
      connection.prepare(`UPDATE event_log SET body = '{"value":' WHERE kind = 'item-answered' AND seq = 3`).run();
      connection.prepare(`UPDATE event_log SET body = '{"pinHash":"zyxwvut-canary"}' WHERE kind = 'pin-changed'`).run();
    });
    const opening = opened.open();
    closing.push(opening);
    const damaged = new Outbox(openReader(opening.database.file, opened.key));
    closing.push(damaged);
    const rows = rowsOf(drained(damaged));
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
    expect(rows.filter(({ kind }) => kind === 'observation-recorded').map(({ withheld }) => withheld)).toEqual(['unknown', null]);
    expect(rows.at(-1)).toMatchObject({ kind: 'pin-changed', body: null, withheld: 'unknown', redacted: null });
    expect(rows.filter(({ kind }) => kind === 'item-answered').every(({ withheld }) => withheld === null)).toBe(true);
  });
});

test('OUTBOX-6 what is read while the room records is one moment of its log, and no read outlives its call', () => {
  const { room: opened, store, outbox, sessionId } = open();
  store.events.appendAll(sessionDrafts(opened.ids, sessionId, 10));
  for (let tick = 0; tick < 40; tick += 1) {
    store.events.appendAll([answer(opened.ids, sessionId, sessionId, tick)]);
    expect(outbox.after(tick).rows.at(-1)?.seq).toBe(store.events.head.seq);
  }
  // A read that was left open would keep this from reaching the end of the log.
  const [checkpoint] = store.database.connection.pragma('wal_checkpoint(RESTART)') as [{ busy: number; log: number; checkpointed: number }];
  expect(checkpoint).toMatchObject({ busy: 0, checkpointed: checkpoint.log });
});
