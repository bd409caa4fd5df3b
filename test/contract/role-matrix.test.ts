import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roles, type Role } from '../../shared/contract/room-board.ts';
import { roomContract, type RoomContract } from '../../shared/contract/room-contract.ts';
import { openConnection } from '../../electron/service/api/call-context.ts';
import { roomRouter } from '../../electron/service/api/router.ts';
import { refusalIn } from '../../renderer/connection/room-client.ts';
import { formatsOfCountry } from '../../shared/values/formats.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';

type Area = keyof RoomContract;
type Call = { [A in Area]: `${A}.${keyof RoomContract[A] & string}` }[Area];

/** `anyone`: also a page at which nobody is signed in. */
interface CallRow {
  readonly who: 'anyone' | readonly Role[];
  /** Something the call is glad of, or refuses for a reason that is not the person's. */
  readonly input?: () => unknown;
}

const all: readonly Role[] = ['nurse', 'therapist', 'prescriber', 'it'];
const allInRoom: readonly Role[] = ['nurse', 'therapist', 'prescriber'];
const clinical: readonly Role[] = ['nurse', 'prescriber'];
const authors: readonly Role[] = ['therapist', 'prescriber'];
const outfitters: readonly Role[] = ['nurse', 'it'];
const keepers: readonly Role[] = ['nurse', 'prescriber', 'it'];

let room: TestRoom;
let sessionId: string;
const people = new Map<Role, string>();
const someId = '018f0000-0000-7000-8000-000000000000';
const vial = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 } as const;
const uuid = (): string => room.room.ids.uuid();
const ofSession = (): object => ({ sessionId });
const witnessed = (): object => ({ commandId: uuid(), stock: vial, witness: { personId: someId, pin: testPin } });
const patient = (): object => ({ name: 'Demo Patient', birthDate: '1984-03-14', recordNumber: uuid() });

const calls: Record<Call, CallRow> = {
  'live.watch': { who: 'anyone' },
  'live.acknowledge': { who: 'anyone', input: () => ({ number: 1 }) },
  'staff.signIn': { who: 'anyone', input: () => ({ personId: someId, pin: testPin }) },
  'staff.resume': { who: 'anyone', input: () => ({ seat: 'no such seat' }) },
  'staff.signOut': { who: 'anyone' },
  'staff.add': { who: keepers, input: () => ({ name: 'New', role: 'nurse', pin: '000000' }) },
  // A room that is set up refuses it; the demo, which is nobody's, has to take it.
  'setup.room': {
    who: 'anyone',
    input: () => ({ roomName: 'Room 3', person: { name: 'New', role: 'nurse', pin: '000000' }, monitors: [] }),
  },
  'setup.ports': { who: 'anyone' },
  'setup.protocols': { who: 'anyone' },
  'setup.formats': { who: keepers, input: () => formatsOfCountry.us },
  'setup.addMonitor': { who: outfitters, input: () => ({ name: 'Oximeter', protocol: 'masimo-ascii1', port: `/dev/${uuid()}` }) },
  'setup.capture': { who: outfitters, input: () => ({ monitorId: someId, on: true }) },
  'setup.removeMonitor': { who: outfitters, input: () => ({ monitorId: someId }) },
  'setup.detect': { who: outfitters, input: () => ({ port: '/dev/none', ask: false }) },
  'setup.detection': { who: outfitters, input: () => ({ port: '/dev/none' }) },
  'setup.stopDetection': { who: outfitters, input: () => ({ port: '/dev/none' }) },
  'setup.detectionQuestions': { who: 'anyone' },
  'setup.monitorDetail': { who: all, input: () => ({ monitorId: someId }) },
  'setup.setListenOnly': { who: outfitters, input: () => ({ monitorId: someId, listenOnly: true }) },
  'protocols.list': { who: all },
  'protocols.read': { who: all, input: () => ({ protocolId: 'iv-ketamine-0.5-40', version: 1 }) },
  'protocols.publish': {
    who: ['prescriber'],
    input: () => ({
      commandId: uuid(),
      basedOn: { protocolId: 'iv-ketamine-0.5-40', version: 1 },
      draft: {},
      author: 'New',
      effectiveFrom: '2027-01-01',
    }),
  },
  'textPacks.list': { who: 'anyone' },
  'textPacks.load': { who: keepers, input: () => ({ content: 'not JSON' }) },
  'textPacks.remove': { who: keepers, input: () => ({ instrument: 'phq-9' }) },
  'textPacks.words': { who: 'anyone', input: () => ({ hash: 'x' }) },
  'print.pdf': { who: allInRoom, input: () => ({ sessionId, kind: 'one-page' }) },
  'print.pages': { who: allInRoom, input: () => ({ sessionId, kind: 'one-page' }) },
  'print.rems': { who: allInRoom, input: ofSession },
  'print.prove': { who: allInRoom, input: ofSession },
  'patients.find': { who: allInRoom, input: () => ({ query: 'demo' }) },
  'patients.add': { who: clinical, input: () => ({ commandId: uuid(), ...patient() }) },
  'private.look': { who: authors, input: ofSession },
  'private.open': { who: authors, input: () => ({ sessionId, pin: '000000', phrase: null }) },
  'private.close': { who: 'anyone' },
  'private.read': { who: authors, input: ofSession },
  'private.keepDraft': { who: authors, input: () => ({ sessionId, draftId: uuid(), text: 'x', begunAt: 1 }) },
  'private.record': { who: authors, input: () => ({ sessionId, noteId: uuid(), draftId: null, text: 'x', begunAt: 1 }) },
  'private.moveToShared': { who: authors, input: () => ({ sessionId, commandId: uuid(), noteId: uuid() }) },
  'private.moveToPrivate': { who: authors, input: () => ({ sessionId, commandId: uuid(), eventId: uuid() }) },
  'private.moveDraft': { who: authors, input: () => ({ sessionId, commandId: uuid(), direction: 'to-private' }) },
  'private.configure': { who: ['prescriber', 'it'], input: () => ({ offered: true, marksShown: true }) },
  'drugLog.view': { who: clinical },
  'drugLog.receive': { who: clinical, input: () => ({ ...witnessed(), units: 10 }) },
  'drugLog.count': { who: clinical, input: () => ({ ...witnessed(), mg: 5000 }) },
  'drugLog.dispose': { who: clinical, input: () => ({ ...witnessed(), mg: 10, reason: 'broken' }) },
  'signing.read': { who: allInRoom, input: ofSession },
  'signing.history': { who: allInRoom, input: ofSession },
  'session.open': { who: clinical, input: () => ({ commandId: uuid(), patientId: someId, protocolId: 'none', course: null }) },
  'session.execute': {
    who: clinical,
    input: () => ({
      sessionId,
      commandId: uuid(),
      command: { type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } },
    }),
  },
  'session.preview': {
    who: clinical,
    input: () => ({ sessionId, command: { type: 'record-weight', value: 80, unit: 'kg' } }),
  },
  'session.list': { who: allInRoom },
  'session.record': { who: allInRoom, input: ofSession },
  'session.waves': { who: allInRoom, input: () => ({ ...ofSession(), fromMs: 0, lengthMs: 60_000 }) },
  'session.protocols': { who: 'anyone' },
};

beforeAll(() => {
  room = openTestRoom();
  sessionId = room.openSession();
  people.set('nurse', room.nurseId).set('therapist', room.therapistId);
  for (const role of ['prescriber', 'it'] as const) {
    const person = { personId: uuid(), name: role, role, pinHash: room.room.recorder.staff.people.get(room.nurseId)?.pinHash ?? '' };
    room.room.recorder.recordRoom({ events: [{ kind: 'person-added', body: person }] }, room.nurseId);
    people.set(role, person.personId);
  }
});
afterAll(() => room.close());

/** What a page with this person on its seat is answered: a refusal code, or `answered`. */
async function callAs(role: Role | null, call: Call): Promise<string> {
  const connection = openConnection();
  const personId = role === null ? undefined : people.get(role);
  if (personId !== undefined) connection.seat = room.room.seats.take(personId);
  const client = createRouterClient(roomRouter, { context: { host: room.host, connection } });
  const procedure = call.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], client);
  try {
    await (procedure as (input?: unknown) => Promise<unknown>)(calls[call].input?.());
    return 'answered';
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal === null) throw error;
    return refusal.code;
  } finally {
    if (connection.seat !== null) room.room.seats.release(connection.seat);
    connection.close();
  }
}

const names = Object.entries(roomContract).flatMap(([area, procedures]) =>
  Object.keys(procedures).map((name) => `${area}.${name}`),
) as Call[];
const turnedAway = ['STAFF_NOT_SIGNED_IN', 'STAFF_NOT_ALLOWED'];

describe('every call of the contract by every role', () => {
  test('ROLE-7 there is a row for every call', () => {
    expect(Object.keys(calls).toSorted()).toEqual(names.toSorted());
  });

  test.each(names)('ROLE-7 %s is for those it is for', async (call) => {
    const { who } = calls[call];
    const seen: Record<string, boolean> = {};
    for (const role of [null, ...roles]) {
      const before = room.room.recorder.storage.store.events.head.seq;
      const answer = await callAs(role, call);
      const isTurnedAway = turnedAway.includes(answer);
      seen[role ?? 'nobody'] = !isTurnedAway;
      if (!isTurnedAway) continue;
      expect(answer).toBe(role === null ? 'STAFF_NOT_SIGNED_IN' : 'STAFF_NOT_ALLOWED');
      expect(room.room.recorder.storage.store.events.head.seq).toBe(before);
    }
    const expected = [null, ...roles].map((role) => [role ?? 'nobody', who === 'anyone' || (role !== null && who.includes(role))]);
    expect(seen).toEqual(Object.fromEntries(expected));
  });
});
