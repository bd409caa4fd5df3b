import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { drugLogSourceKinds } from '../../electron/service/projection/drug-log.ts';
import { roomEventBodies, type EventKind, type RecordedEvent } from '../../electron/service/session/events/session-event.ts';
import { foldRoom } from '../../electron/service/session/room/room-state.ts';
import { foldStaff } from '../../electron/service/staff/person.ts';
import type { Connection, Statement } from '../../electron/service/store/connection.ts';
import { Database } from '../../electron/service/store/database.ts';
import type { RecordedEventDraft } from '../../electron/service/store/event-log.ts';
import { EventReader } from '../../electron/service/store/event-reader.ts';
import type { Store } from '../../electron/service/store/store.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import { createRoomFixture, draft, memoryFolder, storeErrorOf, type RoomFixture } from './room-fixture.ts';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';

/** A reader of the same file that tells how many rows its queries brought: what a lookup costs, whatever the machine does besides. */
function countingReader({ database }: Store): { readonly reader: EventReader; readonly rows: () => number } {
  let rows = 0;
  const { connection } = database;
  const prepare = (sql: string): Statement<unknown[]> => {
    const statement = connection.prepare(sql);
    const all = statement.all.bind(statement);
    return Object.assign(statement, {
      all: (...values: unknown[]) => {
        const found = all(...values);
        rows += found.length;
        return found;
      },
    });
  };
  const counting = { open: true, inTransaction: false, prepare } as unknown as Connection;
  return { reader: new EventReader(new Database(database.file, counting, { close: () => undefined })), rows: () => rows };
}

let room: RoomFixture;
let store: Store;
beforeEach(() => {
  room = createRoomFixture(171, mkdtempSync(join(memoryFolder(), 'vigil-lookup-')));
  store = room.open();
});
afterEach(() => {
  store.close();
  room.close();
});

const stock = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 } as const;

/** A little of everything that is looked for across sessions, and what lies between. */
function anyEvent(pick: number, people: readonly string[], patients: readonly string[]): RecordedEventDraft {
  const { ids } = room;
  const person = people[pick % people.length] ?? '';
  const patient = patients[pick % patients.length] ?? '';
  const witness = { personId: person, name: 'Nurse Two' };
  switch (pick % 11) {
    case 0:
      return draft(ids, 'signed-in', { personId: person });
    case 1:
    case 2:
      return draft(ids, 'sign-in-refused', { personId: person });
    case 3:
      return draft(ids, 'witness-authenticated', { personId: person });
    case 4:
      return draft(ids, 'signed-out', { personId: person, cause: 'asked' });
    case 5: {
      const body = { patientId: patient, name: 'Demo Patient', birthDate: '1984-03-14', recordNumber: 'DEMO-0042' };
      return draft(ids, 'patient-added', body);
    }
    case 6: {
      const opened = {
        patientId: patient,
        patientName: 'Demo Patient',
        birthDate: '1984-03-14',
        recordNumber: 'DEMO-0042',
        protocolId: 'iv-0.5',
        protocolVersion: 2,
        course: null,
      };
      return draft(ids, 'session-opened', opened, { sessionId: ids.uuid() });
    }
    case 7:
      return draft(ids, 'controlled-drug-counted', { stock, countedUg: 500_000, expectedUg: null, witness });
    case 8:
      return draft(ids, 'controlled-drug-drawn', { stock, ug: 500_000, forDose: true, witness }, { sessionId: ids.uuid() });
    case 9:
      return draft(ids, 'observation-recorded', { text: 'calm', chips: [] }, { sessionId: ids.uuid() });
    default:
      return draft(ids, 'service-started', { version: '1', bootId: ids.uuid() });
  }
}

/** By reading the whole log, as anybody could check it. */
function refusalsSince(all: readonly RecordedEvent[], personId: string): readonly RecordedEvent[] {
  const own = all.filter(
    ({ kind, body }) => /^(signed-in|sign-in-refused|witness-)/.test(kind) && 'personId' in body && body.personId === personId,
  );
  return own.slice(own.findLastIndex(({ kind }) => kind !== 'sign-in-refused') + 1);
}

describe('what is looked for across sessions', () => {
  test('STORE-33 is what a reading of the whole log finds, in any order of events', () => {
    const [people, patients] = [
      [room.ids.uuid(), room.ids.uuid()],
      [room.ids.uuid(), room.ids.uuid()],
    ];
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 }), (picks) => {
        store.events.appendAll(picks.map((pick) => anyEvent(pick, people, patients)));
        const all = [...store.events.readAll()];
        const openings = all.filter(({ kind }) => kind === 'session-opened').toReversed();
        expect(store.events.newestSessions(100_000).map(({ opened }) => opened)).toStrictEqual(openings);
        expect(store.events.newestSessions(2).map(({ opened }) => opened)).toStrictEqual(openings.slice(0, 2));
        for (const patientId of patients) {
          const own = openings.filter(({ body }) => 'patientId' in body && body.patientId === patientId);
          expect(store.events.sessionsOf(patientId).map(({ opened }) => opened)).toStrictEqual(own);
        }
        for (const personId of people) expect(store.events.readRefusals(personId)).toStrictEqual(refusalsSince(all, personId));
        expect(store.events.readDrugSources()).toStrictEqual(all.filter(({ kind }) => drugLogSourceKinds.includes(kind)));
        expect(foldRoom(store.events.readRoom())).toEqual(foldRoom(all));
      }),
      { numRuns: 25, seed: 171 },
    );
  });

  test('STORE-33 whatever is of the room and changes it is found, by kind', () => {
    const passing: readonly EventKind[] = [
      'service-started',
      'clock-stepped',
      'signed-in',
      'signed-out',
      'sign-in-refused',
      'witness-authenticated',
      'looked-at',
    ];
    const indexed = store.database.connection
      .prepare<[], string>("SELECT sql FROM sqlite_schema WHERE name = 'event_of_room'")
      .pluck()
      .get();
    const leftOut = (Object.keys(roomEventBodies) as EventKind[]).filter((kind) => indexed?.includes(`'${kind}'`));
    expect(leftOut.toSorted()).toEqual([...passing, ...drugLogSourceKinds.filter((kind) => kind in roomEventBodies)].toSorted());
  });

  test('STORE-33 a lockout of more refusals than a page holds is read to its beginning', () => {
    const personId = room.ids.uuid();
    store.events.appendAll([draft(room.ids, 'signed-in', { personId })]);
    store.events.appendAll(Array.from({ length: 45 }, (_, tick) => draft(room.ids, 'sign-in-refused', { personId }, { tick })));
    expect(store.events.readRefusals(personId)).toHaveLength(45);
    store.events.appendAll([draft(room.ids, 'witness-authenticated', { personId })]);
    expect(store.events.readRefusals(personId)).toEqual([]);
  });

  test('STORE-34 costs the same after a thousand sessions and sign-ins as after twenty', () => {
    const [person, patient] = [room.ids.uuid(), room.ids.uuid()];
    const others = (count: number): RecordedEventDraft[] =>
      Array.from({ length: count }, () => [0, 4, 9, 10, 6]).flatMap((picks) =>
        picks.map((pick) => anyEvent(pick, [person], [room.ids.uuid()])),
      );
    const { reader, rows } = countingReader(store);
    const cost = (work: () => unknown): number => {
      const before = rows();
      work();
      return rows() - before;
    };
    const lookups = (): number[] =>
      [() => reader.readRoom(), () => reader.readRefusals(person), () => reader.newestSessions(5), () => reader.sessionsOf(patient)].map(
        cost,
      );
    store.events.appendAll([anyEvent(6, [person], [patient]), ...others(20)]);
    const few = lookups();
    store.events.appendAll(others(1000));
    expect(lookups()).toEqual(few);
    expect(few).toEqual([0, 15, 5, 1]);
  });

  test('LOOK-10 who looked is found by person and patient, and a page costs as much after three thousand looks as after thirty', () => {
    const [person, patient, others] = [room.ids.uuid(), room.ids.uuid(), room.ids.uuid()];
    const looks = (count: number): RecordedEventDraft[] =>
      Array.from({ length: count }, (_, tick) =>
        draft(
          room.ids,
          'looked-at',
          {
            what: 'record-opened',
            from: 'window',
            personId: tick % 3 === 0 ? person : others,
            patientId: tick % 2 === 0 ? patient : others,
          },
          { tick },
        ),
      );
    const { reader, rows } = countingReader(store);
    const cost = (work: () => unknown): number => {
      const before = rows();
      work();
      return rows() - before;
    };
    const [all, end] = [{ all: true } as const, Number.MAX_SAFE_INTEGER];
    const pages = (): number[] =>
      [all, { personId: person }, { patientId: patient }]
        .map((of) => cost(() => reader.readLooks(of, end, 10)))
        .concat(cost(() => reader.readRoom()));
    store.events.appendAll(looks(30));
    expect(pages()).toEqual([10, 10, 10, 0]);
    store.events.appendAll(looks(3000));
    expect(pages()).toEqual([10, 10, 10, 0]);
    const whole = [...store.events.readAll()].filter((event) => event.kind === 'looked-at').toReversed();
    expect(store.events.readLooks(all, end, 5000)).toStrictEqual(whole);
    expect(store.events.readLooks({ personId: person }, end, 5000)).toStrictEqual(whole.filter(({ body }) => body.personId === person));
    const sought = whole.filter(({ body, seq }) => body.patientId === patient && seq < 20);
    expect(store.events.readLooks({ patientId: patient }, 20, 5000)).toStrictEqual(sought);
  });

  test('STORE-33 a damaged event keeps no other from being found, and nothing is found without its index', () => {
    const [person, patient] = [room.ids.uuid(), room.ids.uuid()];
    store.events.appendAll([anyEvent(6, [person], [patient]), anyEvent(2, [person], [patient]), anyEvent(5, [person], [patient])]);
    const { connection } = store.database;
    connection.exec(`DROP TRIGGER event_fixed; UPDATE event_log SET body = 'no JSON' WHERE kind = 'sign-in-refused'`);
    expect(store.events.readRefusals(person)).toEqual([]);
    expect(store.events.sessionsOf(patient)).toHaveLength(1);
    connection.exec('DROP INDEX event_opening');
    expect(storeErrorOf(() => store.events.newestSessions(1)).code).toBe('STORE_FAILED');
  });

  test('STORE-33 an index that lacks an entry is found by verify', () => {
    store.events.appendAll([anyEvent(6, [room.ids.uuid()], [room.ids.uuid()])]);
    const { connection } = store.database;
    const index = connection.prepare<[], string>("SELECT sql FROM sqlite_schema WHERE name = 'event_opening'").pluck().get() ?? '';
    // The same name and condition over no rows, then the condition of the schema put back.
    connection.exec(`DROP INDEX event_opening; ${index.replace("'session-opened'", "'none'")}`);
    (connection as unknown as { unsafeMode(on: boolean): void }).unsafeMode(true);
    connection.pragma('writable_schema=1');
    connection.prepare("UPDATE sqlite_schema SET sql = ? WHERE name = 'event_opening'").run(index);
    connection.pragma('writable_schema=0');
    store.close();
    expect(
      verifyDatabase(room.folder, room.key)
        .problems.map(({ what }) => what)
        .join(),
    ).toMatch(/inconsistent.*event_opening/);
  });
});

test('STORE-33 who is locked out at the start of a room is who its whole log says', () => {
  const personId = room.ids.uuid();
  const person = draft(room.ids, 'person-added', { personId, name: 'Nurse One', role: 'nurse', pinHash: 'hash' });
  const refused = Array.from({ length: 5 }, (_, tick) => draft(room.ids, 'sign-in-refused', { personId }, { tick }));
  store.events.appendAll([person, draft(room.ids, 'signed-in', { personId }), ...refused]);
  const staff = foldStaff(store.events.readRoom());
  const started = foldStaff(
    [...staff.people.keys()].flatMap((id) => store.events.readRefusals(id)),
    staff,
  );
  expect(started.signIns).toEqual(foldStaff(store.events.readAll()).signIns);
  expect(started.people).toEqual(foldStaff(store.events.readAll()).people);
});
