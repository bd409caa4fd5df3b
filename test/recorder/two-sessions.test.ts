import { afterEach, beforeEach, expect, test } from 'vitest';
import { RefusedError } from '../../shared/contract/contract-errors.ts';
import { sessionCommandSchema, type SessionCommandInput } from '../../shared/contract/session-commands.ts';
import type { Recorded } from '../../electron/service/recorder/act.ts';
import { draft } from '../store/room-fixture.ts';
import { openTestRoom, plugMonitorsIn, type TestRoom } from '../support/test-room.ts';

let room: TestRoom;
let over: string;
let running: string;
beforeEach(async () => {
  room = openTestRoom();
  plugMonitorsIn(room);
  over = room.openSession();
  await room.pass(60_000);
  room.insist({ type: 'end-session', reason: 'played' });
  running = room.openSession();
  await room.pass(5000);
});
afterEach(() => room.close());

const readingsOf = (sessionId: string): number => [...room.room.recorder.storage.store.readings.readSession(sessionId)].length;

function inSession(sessionId: string, command: SessionCommandInput, doubts: readonly string[] = []): Recorded {
  const { recorder, ids } = room.room;
  const answers = doubts.map((doubt) => ({ key: doubt, reason: 'as it was' }));
  const act = { commandId: ids.uuid(), personId: room.nurseId, answers, ownPinChecked: true };
  try {
    return recorder.execute(act, sessionId, sessionCommandSchema.parse(command));
  } catch (error) {
    if (!(error instanceof RefusedError) || error.refusal.doubts === undefined || doubts.length > 0) throw error;
    return inSession(
      sessionId,
      command,
      error.refusal.doubts.map(({ key }) => key),
    );
  }
}

async function expectRunning(): Promise<void> {
  expect(room.room.recorder.session?.sessionId).toBe(running);
  const before = readingsOf(running);
  await room.pass(5000);
  expect(readingsOf(running)).toBeGreaterThan(before + 5);
}

const entries: readonly { readonly what: string; readonly record: () => unknown }[] = [
  {
    what: 'a late note in it',
    record: () => inSession(over, { type: 'record-observation', text: 'entered late', chips: [], begunAt: room.clock.now().utcMs }),
  },
  {
    what: 'its private note marked',
    record: () => {
      const marked = { kind: 'private-note-marked', body: { noteId: room.room.ids.uuid() } } as never;
      room.room.recorder.recordRoom({ events: [marked] }, room.therapistId, null, over);
    },
  },
];

test.each(entries)('REC-21 with $what the session that runs goes on, at once and after a start', async ({ record }) => {
  record();
  await expectRunning();
  const { recorder, ids } = room.room;
  const again = { patientId: recorder.session?.opened.patientId ?? '', protocolId: 'iv-ketamine-0.5-40', course: null };
  expect(() => recorder.openSession({ commandId: ids.uuid(), personId: room.nurseId }, again)).toThrow(RefusedError);
  record();
  await room.restart();
  await expectRunning();
});

test('REC-21 a session that ended is over, also after a start, whatever was entered in another before', async () => {
  entries[0]?.record();
  inSession(running, { type: 'end-session', reason: 'played' });
  expect(room.room.recorder.session).toBeNull();
  await room.restart();
  expect(room.room.recorder.session).toBeNull();
  expect(room.openSession()).not.toBe(running);
});

test('REC-21 an end that is undone opens its session again, also after a start, and is refused while another runs', async () => {
  const endOf = (sessionId: string): string =>
    room.room.recorder.sessions.require(sessionId).log.findLast(({ kind }) => kind === 'session-ended')?.eventId ?? '';
  expect(() => inSession(over, { type: 'undo', eventId: endOf(over) })).toThrow(RefusedError);
  inSession(running, { type: 'end-session', reason: 'played' });
  inSession(over, { type: 'undo', eventId: endOf(over) });
  expect(room.room.recorder.session?.sessionId).toBe(over);
  await room.restart();
  expect(room.room.recorder.session?.sessionId).toBe(over);
  inSession(over, { type: 'end-session', reason: 'now' });
  await room.restart();
  expect(room.room.recorder.session).toBeNull();
});

test('REC-21 of a session that was left open beside the one that runs an entry takes nothing from the one that runs', async () => {
  const { recorder, ids } = room.room;
  const { opened } = recorder.sessions.require(running);
  // As a folder may hold it from before: no call opens a second one.
  const left = ids.uuid();
  recorder.storage.store.events.appendAll([draft(ids, 'session-opened', opened, { sessionId: left })]);
  inSession(left, { type: 'record-observation', text: 'entered here', chips: [], begunAt: room.clock.now().utcMs });
  expect(recorder.sessions.require(left).observations).toHaveLength(1);
  await expectRunning();
});
