import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { commandOf, recallCommand } from '../../electron/service/recorder/command.ts';
import type { RecordedEvent } from '../../electron/service/session/events/session-event.ts';
import type { RecordedEventDraft } from '../../electron/service/store/event-log.ts';
import type { Store } from '../../electron/service/store/store.ts';
import { createRoomFixture, answer, draft, sessionDrafts, storeErrorOf, type RoomFixture } from './room-fixture.ts';

const rooms: RoomFixture[] = [];
const stores: Store[] = [];
function openRoom(seed: number): { room: RoomFixture; store: Store; reopen: () => Store } {
  const room = createRoomFixture(seed);
  rooms.push(room);
  const open = (): Store => {
    const store = room.open();
    stores.push(store);
    return store;
  };
  return { room, store: open(), reopen: open };
}

afterEach(() => {
  for (const store of stores.splice(0)) store.close();
  for (const room of rooms.splice(0)) room.close();
});

describe('what is appended', () => {
  test('STORE-1 any text, time, actor and amount comes back as it was acknowledged', () => {
    const { room, store, reopen } = openRoom(11);
    const written: RecordedEvent[] = [];
    const anyDraft = fc
      .record({
        text: fc.string({ unit: 'binary', maxLength: 200 }).map((text) => text.replaceAll('\0', '')),
        utcMs: fc.integer({ min: 0, max: 7_258_118_400_000 }),
        offsetMin: fc.integer({ min: -1080, max: 1080 }),
        monoMs: fc.double({ min: 0, max: 1e9, noNaN: true }),
        person: fc.boolean(),
        inSession: fc.boolean(),
        deliveredUg: fc.double({ min: 0, max: 1e6, noNaN: true }),
      })
      .map((made): RecordedEventDraft[] => {
        const at = { utcMs: made.utcMs, offsetMin: made.offsetMin };
        const rest = {
          sessionId: made.inSession ? room.ids.uuid() : null,
          occurred: at,
          recorded: at,
          monoMs: made.monoMs,
          actor: made.person ? { personId: room.ids.uuid() } : ('service' as const),
          commandId: room.ids.uuid(),
        };
        return [
          draft(room.ids, 'observation-recorded', { text: made.text, chips: [{ group: 'affect', chip: 'calm' }] }, rest),
          draft(room.ids, 'dose-completed', { deliveredUg: made.deliveredUg }, rest),
        ];
      });
    fc.assert(
      fc.property(anyDraft, (drafts) => {
        written.push(...store.events.appendAll(drafts));
      }),
      { numRuns: 150, seed: 11 },
    );
    expect([...store.events.readAll()]).toStrictEqual(written);
    const head = store.events.head;
    store.close();
    const again = reopen();
    expect([...again.events.readAll()]).toStrictEqual(written);
    expect(again.events.head).toStrictEqual(head);
    expect(written.map((event) => event.seq)).toStrictEqual(written.map((_, index) => index + 1));
  });

  test('STORE-1 ids in capitals are the same ids, and the returned event does not share its body with the caller', () => {
    const { room, store } = openRoom(12);
    const body = { text: 'calm', chips: [] as { group: 'affect'; chip: string }[] };
    const commandId = room.ids.uuid();
    const [event] = store.events.appendAll([
      draft(room.ids, 'observation-recorded', body, { commandId: commandId.toUpperCase(), sessionId: room.ids.uuid().toUpperCase() }),
    ]);
    body.text = 'changed later';
    expect(event).toMatchObject({ commandId, body: { text: 'calm' } });
    expect(store.events.findCommand(commandId)).toStrictEqual([event]);
  });

  test('REPEAT-5 what a command asked for is kept with its events or not at all; an id without it is used up', () => {
    const { room, store, reopen } = openRoom(14);
    const [kept, lost, old] = [room.ids.uuid(), room.ids.uuid(), room.ids.uuid()];
    const asked = commandOf(kept, 'session.execute', room.ids.uuid(), { b: 1, a: [{ d: null, c: 'x' }] });
    const [event] = store.events.appendAll([draft(room.ids, 'stop-requested', {}, { commandId: kept })], asked.digest);
    const twice = draft(room.ids, 'stop-requested', {}, { commandId: lost });
    expect(storeErrorOf(() => store.events.appendAll([twice, twice], asked.digest)).code).toBe('STORE_FAILED');
    store.events.appendAll([draft(room.ids, 'stop-requested', {}, { commandId: old })]);
    store.close();
    const { events } = reopen();
    expect(recallCommand(events, asked)).toStrictEqual([event]);
    expect(events.findDigest(lost)).toBeNull();
    expect(recallCommand(events, { ...asked, commandId: lost })).toBeNull();
    expect(() => recallCommand(events, { ...asked, commandId: old })).toThrow('COMMAND_ID_USED');
    // The same content in another order is the same; one value more or less is not.
    const personId = room.ids.uuid();
    const digestOf = (content: unknown): string =>
      Buffer.from(commandOf(kept, 'session.execute', personId, content).digest).toString('hex');
    expect(digestOf({ c: undefined, a: [{ c: 'x', d: null }], b: 1 })).toBe(digestOf({ b: 1, a: [{ d: null, c: 'x' }] }));
    expect(digestOf({ b: 1, a: [{ d: null }, { c: 'x' }] })).not.toBe(digestOf({ b: 1, a: [{ d: null, c: 'x' }] }));
  });

  test('STORE-2 one bad event among many leaves nothing behind, and the next append goes on from before', () => {
    const { room, store } = openRoom(13);
    const sessionId = room.ids.uuid();
    store.events.appendAll(sessionDrafts(room.ids, sessionId, 3));
    const before = store.events.head;
    const good = answer(room.ids, sessionId, room.ids.uuid(), 1);
    const twice = [good, answer(room.ids, sessionId, room.ids.uuid(), 2), { ...good }];
    expect(storeErrorOf(() => store.events.appendAll(twice)).code).toBe('STORE_FAILED');
    expect(() => store.events.appendAll([good, { ...good, body: { ratingId: 'x', item: 0, value: 1 } } as RecordedEventDraft])).toThrow(
      /ratingId/,
    );
    expect(store.events.head).toStrictEqual(before);
    expect([...store.events.readAll()]).toHaveLength(4);
    expect(store.events.appendAll([good]).map((event) => event.seq)).toStrictEqual([5]);
  });

  test('STORE-3 triggers refuse every change, whichever the table', () => {
    const { room, store } = openRoom(14);
    const sessionId = room.ids.uuid();
    store.events.appendAll(sessionDrafts(room.ids, sessionId, 2));
    const at = { utcMs: 1_795_446_000_000, offsetMin: 0 };
    store.readings.appendSecond([
      { sessionId, monitorId: room.ids.uuid(), at, monoMs: 1, bootId: 'boot', readings: [{ metric: 'spo2', absent: 'motion' }] },
    ]);
    const connection = store.database.connection;
    const changes = [
      `UPDATE event_log SET body = '{}'`,
      'DELETE FROM event_log',
      `REPLACE INTO event_log SELECT * FROM event_log WHERE seq = 1`,
      'UPDATE reading SET spo2 = 99',
      'DELETE FROM reading',
      `REPLACE INTO reading (place, stream, part, offset_min, mono_ms) SELECT place, stream, part, offset_min, mono_ms FROM reading`,
      'UPDATE reading_hour SET hour = 1',
      'DELETE FROM reading_hour',
      `UPDATE reading_notes SET text = '{}'`,
      'DELETE FROM reading_notes',
      'REPLACE INTO reading_notes SELECT * FROM reading_notes',
      'DELETE FROM reading_stream',
      `UPDATE reading_stream SET boot_id = 'x'`,
      'UPDATE epoch SET first_seq = 2',
      'DELETE FROM epoch',
      `UPDATE boot SET boot_id = 'x'`,
      'DELETE FROM boot',
      'UPDATE room SET room_id = zeroblob(16)',
      'DELETE FROM room',
    ];
    for (const sql of changes) expect(() => connection.exec(sql), sql).toThrow(/never/);
    expect([...store.events.readAll()]).toHaveLength(3);
  });
});

describe('what is found', () => {
  test('STORE-4 sessions, commands and single events, each in order and nothing else', () => {
    const { room, store, reopen } = openRoom(21);
    const [first, second, command] = [room.ids.uuid(), room.ids.uuid(), room.ids.uuid()];
    const version = (tick: number): RecordedEventDraft =>
      draft(room.ids, 'service-started', { version: '1', bootId: room.ids.uuid() }, { tick });
    const both = ['first', 'second'].map((text) =>
      draft(room.ids, 'observation-recorded', { text, chips: [] }, { sessionId: first, commandId: command }),
    );
    store.events.appendAll([version(1)]);
    store.events.appendAll(sessionDrafts(room.ids, first, 30));
    store.events.appendAll([version(2)]);
    store.events.appendAll(both);
    store.events.appendAll(sessionDrafts(room.ids, second, 3));
    // An amendment of the first session, long after.
    store.events.appendAll([draft(room.ids, 'stop-requested', {}, { sessionId: first })]);
    store.close();
    const { events } = reopen();
    const all = [...events.readAll()];
    for (const sessionId of [first, second]) {
      expect(events.readSession(sessionId)).toStrictEqual(all.filter((event) => event.sessionId === sessionId));
    }
    expect(events.newestSessions(1000).map(({ sessionId, opened }) => [sessionId, opened?.kind])).toStrictEqual([
      [second, 'session-opened'],
      [first, 'session-opened'],
    ]);
    expect(events.newestSessions(1).map(({ sessionId }) => sessionId)).toEqual([second]);
    expect([events.opening(first)?.seq, events.opening(room.ids.uuid())]).toEqual([2, null]);
    expect(events.findCommand(command)).toStrictEqual(all.filter((event) => event.commandId === command));
    expect(events.findCommand(command)).toHaveLength(2);
    expect(events.findCommand(room.ids.uuid())).toStrictEqual([]);
    expect(events.readSession(room.ids.uuid())).toStrictEqual([]);
    expect(events.findEvent(all[7]?.eventId ?? '')).toStrictEqual(all[7]);
    expect(events.findEvent(room.ids.uuid())).toBeNull();
    expect([...events.readAll({ afterSeq: 30 })]).toStrictEqual(all.slice(30));
  });

  test('STORE-4 any interleaving of sessions and commands is told apart', () => {
    const { room, store } = openRoom(22);
    const sessions = [room.ids.uuid(), room.ids.uuid(), null];
    const commands = [room.ids.uuid(), room.ids.uuid(), room.ids.uuid(), null];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(3)), { minLength: 1, maxLength: 12 }), (picks) => {
        const drafts = picks.map(([session, command]) =>
          draft(room.ids, 'stop-requested', {}, { sessionId: sessions[session] ?? null, commandId: commands[command] ?? null }),
        );
        store.events.appendAll(drafts);
      }),
      { numRuns: 60, seed: 22 },
    );
    const all = [...store.events.readAll()];
    for (const id of sessions) {
      if (id !== null) expect(store.events.readSession(id)).toStrictEqual(all.filter((event) => event.sessionId === id));
    }
    for (const id of commands) {
      if (id !== null) expect(store.events.findCommand(id)).toStrictEqual(all.filter((event) => event.commandId === id));
    }
  });

  test('STORE-5 appends between two read events neither fail nor show', () => {
    const { room, store } = openRoom(23);
    const sessionId = room.ids.uuid();
    store.events.appendAll(sessionDrafts(room.ids, sessionId, 1200));
    let seen = 0;
    for (const event of store.events.readAll()) {
      seen += 1;
      expect(event.seq).toBe(seen);
      if (seen % 100 === 0) store.events.appendAll([draft(room.ids, 'stop-requested', {}, { sessionId })]);
    }
    expect(seen).toBe(1201);
    expect(store.events.head.seq).toBe(1201 + 12);
  });
});

describe('what is refused', () => {
  const good = (room: RoomFixture): RecordedEventDraft => answer(room.ids, room.ids.uuid(), room.ids.uuid(), 1);
  const bad: readonly [why: string, change: Record<string, unknown>, told: RegExp][] = [
    ['an unknown kind', { kind: 'room-painted' }, /no such kind/],
    ['a kind of Object', { kind: 'constructor' }, /no such kind/],
    ['a body of another kind', { body: { running: true } }, /ratingId/],
    ['no body', { body: undefined }, /expected object/],
    ['a number that is none', { kind: 'dose-completed', body: { deliveredUg: Number.NaN } }, /deliveredUg/],
    ['an infinite number', { kind: 'dose-completed', body: { deliveredUg: Number.POSITIVE_INFINITY } }, /deliveredUg/],
    ['text too long', { kind: 'observation-recorded', body: { text: 'x'.repeat(4001), chips: [] } }, /4000/],
    ['U+0000', { kind: 'observation-recorded', body: { text: 'a\0b', chips: [] } }, /U\+0000/],
    ['no event id', { eventId: '' }, /eventId is not a UUID/],
    ['a short event id', { eventId: '0193a000-0000-7000-8000-00000000' }, /eventId is not a UUID/],
    ['a session id with a wrong digit', { sessionId: '0193a000-0000-7000-8000-00000000000g' }, /sessionId is not a UUID/],
    ['a command id without dashes', { commandId: '0193a0000000700080000000000000000000' }, /commandId is not a UUID/],
    ['a supersedes that is text', { supersedes: 'the one before' }, /supersedes is not a UUID/],
    ['an actor without id', { actor: { personId: 'nurse' } }, /actor is not a UUID/],
    ['a time before 1970', { occurred: { utcMs: -1, offsetMin: 0 } }, /occurred is not a time/],
    ['a time with a fraction', { recorded: { utcMs: 0.5, offsetMin: 0 } }, /recorded is not a time/],
    ['a time that is none', { occurred: { utcMs: Number.NaN, offsetMin: 0 } }, /occurred is not a time/],
    ['the year 2300', { occurred: { utcMs: 10_413_792_000_000, offsetMin: 0 } }, /occurred is not a time/],
    ['an offset of a day', { occurred: { utcMs: 0, offsetMin: 1440 } }, /occurred has no zone offset/],
    ['a negative monotonic time', { monoMs: -1 }, /monoMs/],
    ['a boot without id', { bootId: '' }, /bootId/],
  ];

  test.each(bad)('STORE-6 %s is refused and nothing is written', (_why, change, told) => {
    const { room, store } = openRoom(31);
    expect(() => store.events.appendAll([good(room), { ...good(room), ...change } as RecordedEventDraft])).toThrow(told);
    expect(store.events.head.seq).toBe(0);
    expect(store.events.appendAll([good(room)])).toHaveLength(1);
  });

  test('STORE-6 text that only looks like an escaped U+0000 is kept', () => {
    const { room, store } = openRoom(32);
    const text = String.raw`\u0000 and \\u0000`;
    const [event] = store.events.appendAll([draft(room.ids, 'observation-recorded', { text, chips: [] })]);
    expect(event?.body).toStrictEqual({ text, chips: [] });
  });

  test('STORE-7 every method of a closed store says so, and closing twice is nothing', () => {
    const { room, store } = openRoom(33);
    const id = room.ids.uuid();
    store.events.appendAll([good(room)]);
    store.close();
    store.close();
    const row = { sessionId: id, monitorId: id, at: { utcMs: 0, offsetMin: 0 }, monoMs: 1, bootId: 'b', readings: [] };
    const calls = [
      () => store.events.appendAll([good(room)]),
      () => [...store.events.readAll()],
      () => store.events.readSession(id),
      () => store.events.readRoom(),
      () => store.events.findCommand(id),
      () => store.events.findEvent(id),
      () => store.events.newestSessions(1000),
      () => store.readings.appendSecond([row]),
      () => [...store.readings.readSession(id)],
      () => store.readings.count(),
    ];
    for (const call of calls) {
      const error = storeErrorOf(call);
      expect(error.code).toBe('STORE_FAILED');
      expect(error.message).toMatch(/has been closed/);
    }
  });

  test('STORE-7 an append inside another write, a write that waits, and an empty append', async () => {
    const { room, store } = openRoom(34);
    const inside = storeErrorOf(() => store.database.write(() => store.events.appendAll([good(room)])));
    expect(inside.message).toMatch(/inside another/);
    expect(() => store.database.write(async () => Promise.resolve(1))).toThrow(/cannot wait/);
    expect(store.events.appendAll([])).toStrictEqual([]);
    expect(store.events.appendAll([good(room)]).map((event) => event.seq)).toStrictEqual([1]);
  });

  test('STORE-7 an error thrown inside a write undoes it', () => {
    const { store } = openRoom(35);
    const insert = `INSERT INTO boot (boot_id) VALUES ('ghost')`;
    expect(() =>
      store.database.write(() => {
        store.database.connection.exec(insert);
        throw new Error('never mind');
      }),
    ).toThrow('never mind');
    expect(store.database.connection.prepare('SELECT * FROM boot').all()).toStrictEqual([]);
  });
});
