import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LookKind } from '../../shared/contract/looks.ts';
import type { EventBody } from '../../electron/service/session/events/session-event.ts';
import { addKnownPerson } from '../support/known-person.ts';
import { codeOf, openPage, pageOf } from '../support/page.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';

let room: TestRoom;
let sessionId: string;
let prescriberId: string;
let itId: string;
const second = 1000;
const minute = 60 * second;

beforeEach(() => {
  room = openTestRoom();
  prescriberId = addKnownPerson(room.room, { name: 'Paula', role: 'prescriber', pin: testPin }).personId;
  itId = addKnownPerson(room.room, { name: 'Ida', role: 'it', pin: testPin }).personId;
  sessionId = room.openSession();
});
afterEach(() => room.close());

function looks(): EventBody<'looked-at'>[] {
  return room.room.recorder.storage.store.events.readLooks({ all: true }, Number.MAX_SAFE_INTEGER, 1000).map(({ body }) => body);
}
function kinds(): LookKind[] {
  return looks()
    .map(({ what }) => what)
    .toReversed();
}
function endSession(): void {
  room.execute({ type: 'end-session', reason: 'patient-declined' });
}
function recordNumber(): string {
  return room.room.recorder.sessions.opening(sessionId)?.recordNumber ?? '';
}

describe('looks at a record', () => {
  test('LOOK-1 stand in the log a second later, with who, what, whose and from where', async () => {
    endSession();
    const { patientId } = room.room.recorder.sessions.opening(sessionId) ?? {};
    const page = pageOf(room.host, room.nurseId);
    const before = room.room.recorder.storage.store.events.head.seq;
    const openedMs = room.clock.now().utcMs;
    await page.session.record({ sessionId });
    await page.print.pages({ sessionId, kind: 'one-page' });
    await page.print.file({ sessionId, format: 'csv' });
    await page.print.prove({ sessionId });
    await page.drugLog.view();
    await page.session.list();
    expect(room.room.recorder.storage.store.events.head.seq).toBe(before);
    await room.pass(second);
    const of = { from: 'browser', personId: room.nurseId } as const;
    expect(looks().toReversed()).toEqual([
      { what: 'record-opened', ...of, patientId, sessionId },
      { what: 'record-printed', ...of, patientId, sessionId },
      { what: 'record-saved', ...of, patientId, sessionId, format: 'csv' },
      { what: 'signature-checked', ...of, patientId, sessionId },
      { what: 'drug-log-opened', ...of },
      { what: 'sessions-listed', ...of },
    ]);
    const [first] = [...room.room.recorder.storage.store.events.readAll({ afterSeq: before })];
    expect(first).toMatchObject({ kind: 'looked-at', sessionId: null, actor: 'service', occurred: { utcMs: openedMs } });
  });

  test('LOOK-1 are written by a close that comes before that second is over', async () => {
    endSession();
    await pageOf(room.host, room.nurseId).session.record({ sessionId });
    await room.restart();
    expect(kinds()).toEqual(['record-opened']);
  });

  test('LOOK-1 an author who opens their private notes has looked at them, and at nothing by asking whether there are any', async () => {
    const { client } = openPage(room.host, room.therapistId);
    await client.private.look({ sessionId });
    await client.private.open({ sessionId, pin: testPin, phrase: null });
    await room.pass(second);
    expect(looks()).toMatchObject([{ what: 'private-notes-opened', personId: room.therapistId, sessionId }]);
  });

  test('LOOK-2 are told once an hour, and once a minute where something left the room', async () => {
    endSession();
    const page = (): ReturnType<typeof pageOf> => pageOf(room.host, room.nurseId);
    const lookAgain = async (): Promise<void> => {
      await page().session.record({ sessionId });
      await page().signing.history({ sessionId });
      await page().print.pages({ sessionId, kind: 'one-page' });
      await room.pass(second);
    };
    await lookAgain();
    await lookAgain();
    expect(kinds()).toEqual(['record-opened', 'record-printed']);
    await room.pass(minute);
    await lookAgain();
    expect(kinds()).toEqual(['record-opened', 'record-printed', 'record-printed']);
    await pageOf(room.host, prescriberId).session.record({ sessionId });
    await room.pass(60 * minute);
    await page().session.record({ sessionId });
    await room.pass(second);
    expect(kinds().filter((kind) => kind === 'record-opened')).toHaveLength(3);
  });

  test('LOOK-3 of a session that goes on each person is told once', async () => {
    const watching = openPage(room.host, room.nurseId);
    const feed = (await watching.client.live.watch())[Symbol.asyncIterator]();
    await feed.next();
    await watching.client.session.record({ sessionId });
    await watching.client.signing.read({ sessionId });
    await room.pass(2 * 60 * minute);
    await pageOf(room.host, room.nurseId).session.record({ sessionId });
    await pageOf(room.host, prescriberId).session.record({ sessionId });
    await room.pass(second);
    expect(looks()).toMatchObject([
      { what: 'session-watched', personId: prescriberId, sessionId },
      { what: 'session-watched', personId: room.nurseId, sessionId },
    ]);
    watching.connection.close();
  });

  test('LOOK-3 nobody watches who reads no records, or is not there', async () => {
    for (const personId of [itId, null]) {
      const { client, connection } = openPage(room.host, personId);
      await (await client.live.watch())[Symbol.asyncIterator]().next();
      connection.close();
    }
    await room.pass(second);
    expect(kinds()).toEqual([]);
  });

  test('LOOK-4 what was refused is no look', async () => {
    endSession();
    expect(await codeOf(pageOf(room.host, itId).session.record({ sessionId }))).toBe('STAFF_NOT_ALLOWED');
    expect(await codeOf(pageOf(room.host).session.record({ sessionId }))).toBe('STAFF_NOT_SIGNED_IN');
    const unknown = room.room.ids.uuid();
    expect(await codeOf(pageOf(room.host, room.nurseId).session.record({ sessionId: unknown }))).toBe('SESSION_NOT_FOUND');
    await room.pass(second);
    expect(kinds()).toEqual([]);
  });

  test('LOOK-7 a search is a look at each patient that it found', async () => {
    const page = pageOf(room.host, room.nurseId);
    await page.patients.find({ query: '' });
    await page.patients.find({ query: 'nobody of that name' });
    const [found] = await page.patients.find({ query: 'demo' });
    await room.pass(second);
    expect(looks().toReversed()).toMatchObject([{ what: 'sessions-listed' }, { what: 'patient-found', patientId: found?.patientId }]);
    expect(looks()).toHaveLength(2);
  });

  test('LOOK-8 whose access ended in that second is told all the same', async () => {
    endSession();
    await pageOf(room.host, prescriberId).session.record({ sessionId });
    room.room.recorder.recordRoom({ events: [{ kind: 'access-ended', body: { personId: prescriberId } }] }, room.nurseId);
    await room.pass(second);
    expect(looks()).toMatchObject([{ what: 'record-opened', personId: prescriberId }]);
  });

  test('LOOK-11 is no entry of the session', async () => {
    endSession();
    const hash = (): string => room.room.recordProof(sessionId).recordHash;
    const before = hash();
    await pageOf(room.host, room.nurseId).session.record({ sessionId });
    await room.pass(second);
    expect(kinds()).toEqual(['record-opened']);
    expect(hash()).toBe(before);
  });
});

describe('who looked', () => {
  test('LOOK-5 is found by person and by record number, with the names of then', async () => {
    endSession();
    await pageOf(room.host, room.nurseId).session.record({ sessionId });
    await room.pass(second);
    room.room.recorder.recordRoom({ events: [{ kind: 'person-changed', body: { personId: room.nurseId, name: 'Norah' } }] }, prescriberId);
    await room.pass(60 * minute);
    await pageOf(room.host, room.nurseId).session.record({ sessionId });
    await pageOf(room.host, room.nurseId).drugLog.view();
    await pageOf(room.host, room.therapistId).session.list();
    await room.pass(second);
    const page = pageOf(room.host, prescriberId);
    const ofPatient = await page.looks.list({ of: { by: 'record-number', recordNumber: recordNumber().toLowerCase() }, before: null });
    const patient = { name: 'Demo Patient', recordNumber: recordNumber() };
    expect(ofPatient.looks).toMatchObject([
      { what: 'record-opened', name: 'Norah', from: 'browser', patient, sessionMs: expect.any(Number) as number },
      { what: 'record-opened', name: 'Nurse', patient },
    ]);
    const ofPerson = await page.looks.list({ of: { by: 'person', personId: room.nurseId }, before: null });
    expect(ofPerson.looks.map(({ what }) => what)).toEqual(['drug-log-opened', 'record-opened', 'record-opened']);
    const older = await page.looks.list({ of: { by: 'everybody' }, before: ofPerson.looks[1]?.seq ?? null });
    expect(older.looks.map(({ name }) => name)).toEqual(['Nurse']);
    expect(older.hasOlder).toBe(false);
    expect(await codeOf(page.looks.list({ of: { by: 'record-number', recordNumber: 'none' }, before: null }))).toBe('PATIENT_NOT_FOUND');
  });

  test('LOOK-5 comes as one table, too', async () => {
    endSession();
    await pageOf(room.host, room.nurseId).print.file({ sessionId, format: 'json' });
    await room.pass(second);
    const { content } = await pageOf(room.host, prescriberId).looks.file({ of: { by: 'everybody' } });
    const lines = content.as === 'text' ? content.text.trimEnd().split('\r\n') : [];
    expect(lines[0]).toBe('time,what,format,person,from,account,patient,record_number,session,event');
    expect(lines[1]).toContain(`,record-saved,json,Nurse,browser,,Demo Patient,${recordNumber()},`);
    expect(lines).toHaveLength(2);
  });

  test('LOOK-6 tells IT record numbers and no names, and is a look itself', async () => {
    endSession();
    await pageOf(room.host, room.nurseId).session.record({ sessionId });
    await room.pass(second);
    const page = pageOf(room.host, itId);
    const said = [
      await page.looks.list({ of: { by: 'record-number', recordNumber: recordNumber() }, before: null }),
      await page.looks.file({ of: { by: 'everybody' } }),
    ];
    expect(JSON.stringify(said)).toContain(recordNumber());
    expect(JSON.stringify(said)).not.toContain('Demo Patient');
    await room.pass(second);
    const { patientId } = room.room.recorder.sessions.opening(sessionId) ?? {};
    expect(looks().slice(0, 2)).toMatchObject([
      { what: 'looks-saved', personId: itId },
      { what: 'looks-opened', personId: itId, patientId },
    ]);
  });
});
