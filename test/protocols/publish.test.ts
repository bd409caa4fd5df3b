import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusalOf } from '../../renderer/connection/failure.ts';
import type { RoomClient } from '../../renderer/connection/room-client.ts';
import { protocolLibrary } from '../../shared/clinical/protocol-library.ts';
import { builtInLibrary, findProtocol } from '../../shared/clinical/protocol-directory.ts';
import type { Protocol } from '../../shared/clinical/protocol.ts';
import type { Role } from '../../shared/contract/board/people.ts';
import { addKnownPerson } from '../support/known-person.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';
import { pageOf } from '../support/page.ts';

const id = 'iv-ketamine-0.5-40';
let test1: TestRoom;
const pages = new Map<Role, RoomClient>();

beforeAll(async () => {
  test1 = openTestRoom();
  const nurse = pageOf(test1.host);
  await nurse.staff.signIn({ personId: test1.nurseId, pin: testPin });
  pages.set('nurse', nurse);
  for (const [role, name, pin] of [
    ['prescriber', 'Pat Prescriber', '580213'],
    ['it', 'Ira Tech', '917402'],
  ] as const) {
    const { personId } = addKnownPerson(test1.room, { name, role, pin });
    const page = pageOf(test1.host);
    await page.staff.signIn({ personId, pin });
    pages.set(role, page);
  }
});
afterAll(() => test1.close());

function as(role: Role): RoomClient {
  const page = pages.get(role);
  if (page === undefined) throw new Error(`nobody is signed in as ${role}`);
  return page;
}

async function refused(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'accepted',
    (error: unknown) => `${refusalOf(error)?.code}: ${refusalOf(error)?.message}`,
  );
}

const today = (): string => new Date(test1.clock.now().utcMs + test1.clock.now().offsetMin * 60_000).toISOString().slice(0, 10);
const laterDay = (days: number): string => new Date(Date.parse(`${today()}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const publication = (version: number, changes: Record<string, unknown> = {}) => ({
  commandId: randomUUID(),
  basedOn: { protocolId: id, version },
  draft: { ...findProtocol(id), ...changes },
  author: 'Robin Author',
  effectiveFrom: today(),
});

describe('versions of a protocol', () => {
  test('PROTOCOL-16 everybody in the room and IT read them, nobody without a sign-in', async () => {
    for (const role of ['nurse', 'prescriber', 'it'] as const) {
      expect((await as(role).protocols.list()).map((one) => one.validity)).toEqual([
        'replaced',
        'in-force',
        'replaced',
        'in-force',
        'in-force',
        'in-force',
      ]);
    }
    expect(await refused(pageOf(test1.host).protocols.list())).toContain('STAFF_NOT_SIGNED_IN');
    expect(await refused(as('it').protocols.read({ protocolId: id, version: 7 }))).toContain('PROTOCOL_NOT_FOUND: Version 7');
  });

  test('PROTOCOL-17 only a prescriber publishes; what is wrong or past is refused in words and writes nothing', async () => {
    const before = test1.room.recorder.room.protocols.versions.length;
    const broken = { dose: { ...findProtocol(id)?.dose, mgPerKg: 3 } };
    for (const role of ['nurse', 'it'] as const) {
      expect(await refused(as(role).protocols.publish(publication(2)))).toContain('STAFF_NOT_ALLOWED');
    }
    const page = as('prescriber').protocols;
    expect(await refused(page.publish(publication(2, broken)))).toBe(
      'PROTOCOL_INVALID: dose, mg/kg: 3 lies outside its own range 0.3 to 1.',
    );
    expect(await refused(page.publish({ ...publication(2), effectiveFrom: laterDay(-1) }))).toContain('has passed');
    expect(await refused(page.publish(publication(2, { drug: 'esketamine' })))).toContain('another drug or route is another protocol');
    expect(await refused(page.publish(publication(3)))).toContain('PROTOCOL_CHANGED: Version 2 of "IV ketamine');
    expect(await refused(page.publish({ ...publication(2), basedOn: { protocolId: 'mine', version: 1 } }))).toContain('PROTOCOL_NOT_FOUND');
    expect(test1.room.recorder.room.protocols.versions).toHaveLength(before);
  });

  test('PROTOCOL-18 a published version has its number, author, approver and date from the room; a session that runs keeps its own', async () => {
    const sessionId = test1.openSession();
    const dose = { ...findProtocol(id)?.dose, mgPerKg: 0.6 };
    const claimed = { dose, version: 40, approver: 'Somebody Else', status: 'never looked at' };
    // Nobody chose a day: it is the one on which it is published.
    const { effectiveFrom: _none, ...asked } = publication(2, claimed);
    expect(await as('prescriber').protocols.publish(asked)).toEqual({ protocolId: id, version: 3 });
    // The same call once more answers again and writes nothing.
    expect(await as('prescriber').protocols.publish(asked)).toEqual({ protocolId: id, version: 3 });
    expect(await as('nurse').protocols.read({ protocolId: id, version: 3 })).toMatchObject({
      version: 3,
      author: 'Robin Author',
      approver: 'Pat Prescriber',
      status: 'approved by Pat Prescriber',
      effectiveFrom: today(),
      dose: { mgPerKg: 0.6 },
    });
    expect(test1.room.records.record(sessionId).session.protocol.version).toBe(2);
    expect((await as('nurse').session.protocols()).filter((one) => one.protocolId === id).map((one) => one.version)).toEqual([3, 2]);
  });

  test('PROTOCOL-19 a version from a later day is to come until that day; the next session gets the one in force', async () => {
    const asked = { ...publication(3), effectiveFrom: laterDay(3) };
    await as('prescriber').protocols.publish(asked);
    const list = (await as('it').protocols.list()).filter((one) => one.protocolId === id);
    expect(list.map((one) => [one.version, one.validity])).toEqual([
      [1, 'replaced'],
      [2, 'replaced'],
      [3, 'in-force'],
      [4, 'to-come'],
    ]);
    const running = test1.room.recorder.session;
    test1.execute({ type: 'end-session', reason: 'nobody came' });
    const opening = { patientId: running?.opened.patientId ?? '', protocolId: id, course: null };
    const next = test1.room.recorder.openSession({ commandId: randomUUID(), personId: test1.nurseId }, opening);
    expect(test1.room.recorder.sessions.find(next)?.opened.protocolVersion).toBe(3);
  });

  test('PROTOCOL-20 after a restart the room knows every version again and draws old sessions by theirs', async () => {
    await test1.restart();
    const { protocols } = test1.room.recorder.room;
    expect(protocols.versions.filter((protocol) => protocol.id === id).map((protocol) => protocol.version)).toEqual([1, 2, 3, 4]);
    const listed = test1.room.records.list();
    expect(listed).toHaveLength(2);
    for (const { sessionId } of listed) expect(test1.room.records.record(sessionId).session.protocol.name).toContain('IV ketamine');
  });

  test('PROTOCOL-20 a library finds a version, the newest, and the one in force', () => {
    const base = findProtocol(id, 1);
    if (base === null) throw new Error('the built-in protocol is missing');
    const version = (number: number, effectiveFrom: string): Protocol => ({ ...base, version: number, effectiveFrom });
    const library = protocolLibrary([base]).with(version(3, '2027-01-01')).with(version(2, '2026-12-01'));
    expect([library.newest(id)?.version, library.find(id, 2)?.version, library.find(id, 9)]).toEqual([3, 2, null]);
    expect(['2026-11-30', '2026-12-01', '2027-06-01'].map((day) => library.inForce(id, day)?.version)).toEqual([1, 2, 3]);
    expect(library.offered('2026-12-05').map((protocol) => protocol.version)).toEqual([2]);
    expect(builtInLibrary.versions).toHaveLength(6);
  });

  test('PROTOCOL-20 where a later Vigil brings a version under a number that the clinic had published, the clinic’s stands', () => {
    const brought = builtInLibrary.find(id, 2);
    if (brought?.route !== 'iv') throw new Error('there is no second built-in version');
    const published = { ...brought, status: 'approved by Pat Prescriber', dose: { ...brought.dose, steps: undefined } };
    const library = builtInLibrary.with(published);
    expect([library.find(id, 2), library.newest(id), library.inForce(id, '2026-12-01')]).toEqual([published, published, published]);
    expect(library.versions).toHaveLength(6);
    expect(library.find(id, 1)).toEqual(builtInLibrary.find(id, 1));
  });
});
