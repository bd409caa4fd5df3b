import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roles, type Role } from '../../shared/contract/board/people.ts';
import { refusalOf } from '../../renderer/connection/failure.ts';
import { addKnownPerson } from '../support/known-person.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';
import { callNames, callRows, type Call } from './call-rows.ts';
import { openPage } from '../support/page.ts';

let room: TestRoom;
let sessionId: string;
let calls: ReturnType<typeof callRows>;
/** Nobody, somebody whose access was ended while their page still holds a ticket, and the roles. */
const readers = [null, 'ended', ...roles] as const;
type Reader = (typeof readers)[number];
const people = new Map<Reader, string>();
const uuid = (): string => room.room.ids.uuid();

beforeAll(() => {
  room = openTestRoom();
  sessionId = room.openSession();
  calls = callRows(sessionId, uuid);
  people.set('nurse', room.nurseId).set('therapist', room.therapistId);
  for (const role of ['prescriber', 'it'] as const) {
    const person = { personId: uuid(), name: role, role, pinHash: room.room.recorder.staff.people.get(room.nurseId)?.pinHash ?? '' };
    room.room.recorder.recordRoom({ events: [{ kind: 'person-added', body: person }] }, room.nurseId);
    people.set(role, person.personId);
  }
  const ended = addKnownPerson(room.room, { name: 'Former', role: 'prescriber', pin: testPin }).personId;
  room.room.recorder.recordRoom({ events: [{ kind: 'access-ended', body: { personId: ended } }] }, room.nurseId);
  people.set('ended', ended);
});
afterAll(() => room.close());

/** What a page with this person on its seat is answered: a refusal code, or `answered`. */
async function callAs(role: Reader, call: Call): Promise<string> {
  const { client, connection } = openPage(room.host, role === null ? null : people.get(role));
  const procedure = call.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], client);
  try {
    await (procedure as (input?: unknown) => Promise<unknown>)(calls[call].input?.());
    return 'answered';
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return refusal.code;
  } finally {
    if (connection.seat !== null) room.room.seats.release(connection.seat);
    connection.close();
  }
}

function isRole(reader: Reader): reader is Role {
  return roles.some((role) => role === reader);
}

const turnedAway = ['STAFF_NOT_SIGNED_IN', 'STAFF_NOT_ALLOWED'];

describe('every call of the contract by every role', () => {
  test('ROLE-7 there is a row for every call', () => {
    expect(Object.keys(calls).toSorted()).toEqual(callNames.toSorted());
  });

  test.each(callNames)('ROLE-7, ACCESS-5 %s is for those it is for, and not for whose access was ended', async (call) => {
    const { who } = calls[call];
    const seen: Record<string, boolean> = {};
    for (const role of readers) {
      const before = room.room.recorder.storage.store.events.head.seq;
      const answer = await callAs(role, call);
      const isTurnedAway = turnedAway.includes(answer);
      seen[role ?? 'nobody'] = !isTurnedAway;
      if (!isTurnedAway) continue;
      expect(answer).toBe(isRole(role) ? 'STAFF_NOT_ALLOWED' : 'STAFF_NOT_SIGNED_IN');
      expect(room.room.recorder.storage.store.events.head.seq).toBe(before);
    }
    const expected = readers.map((role) => [role ?? 'nobody', who === 'anyone' || (isRole(role) && who.includes(role))]);
    expect(seen).toEqual(Object.fromEntries(expected));
  });
});
