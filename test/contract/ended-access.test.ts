import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RoomClient } from '../../renderer/connection/room-client.ts';
import type { SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { inPinQueue } from '../../electron/service/api/check-pin.ts';
import { addKnownPerson } from '../support/known-person.ts';
import { codeOf, openPage, pageOf } from '../support/page.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';
import { transports, type TestTransport } from './transports.ts';

// A PIN is compared on purpose slowly, and much slower where the machine has else to do.
vi.setConfig({ testTimeout: 120_000 });

let room: TestRoom;
let sessionId: string;
let nurseId: string;
let opened: TestTransport[] = [];
beforeEach(() => {
  room = openTestRoom();
  sessionId = room.openSession();
  ({ personId: nurseId } = addKnownPerson(room.room, { name: 'Nora', role: 'nurse', pin: '580213' }));
});
afterEach(async () => {
  for (const transport of opened) await transport.close();
  opened = [];
  await room.close();
});

const uuid = (): string => room.room.ids.uuid();
const head = (): number => room.room.recorder.storage.store.events.head.seq;
const seen = (): SessionCommandInput => ({
  type: 'record-observation',
  text: 'a heron stands',
  chips: [],
  begunAt: room.clock.now().utcMs,
});
const execute = (client: RoomClient, command = seen(), by: object = {}): Promise<string> =>
  codeOf(client.session.execute({ commandId: uuid(), sessionId, command, ...by } as Parameters<RoomClient['session']['execute']>[0]));
const end = (client: RoomClient, personId: string, more: object = {}): Promise<string> =>
  codeOf(client.staff.endAccess({ personId, ...more }));
const endNow = (personId: string): void =>
  room.room.recorder.recordRoom({ events: [{ kind: 'access-ended', body: { personId } }] }, room.nurseId);

/** Ends somebody while these calls wait for their turn to compare a PIN. Their answers. */
async function endDuring(personId: string, calls: () => readonly Promise<string>[]): Promise<string[]> {
  let go: () => void = () => undefined;
  const before = inPinQueue(() => new Promise<void>((resolve) => (go = resolve)));
  const answers = calls();
  await new Promise((resolve) => setImmediate(resolve));
  endNow(personId);
  go();
  await before;
  return Promise.all(answers);
}

/** A page of its own over a real socket, with these seats, as after a reload. */
async function socketPage(seat: string, beside?: string): Promise<RoomClient> {
  const transport = await transports['WebSocket']?.(room.host);
  if (transport === undefined) throw new Error('there is no socket');
  opened.push(transport);
  await transport.client.staff.resume({ seat, ...(beside === undefined ? {} : { beside }) });
  return transport.client;
}

describe('whoever is given another role or name', () => {
  test('ACCESS-13 has it at every page at the next call, and what they did keeps the name of then', async () => {
    const theirs = await socketPage(room.room.seats.take(nurseId));
    expect(await execute(theirs)).toBe('accepted');
    const nurse = pageOf(room.host, room.nurseId);
    const weight: SessionCommandInput = { type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } };
    expect(await codeOf(nurse.staff.change({ personId: nurseId, name: 'Eleonora', role: 'therapist' }))).toBe('accepted');
    expect(await execute(theirs, weight)).toBe('STAFF_NOT_ALLOWED');
    expect(await execute(theirs)).toBe('accepted');
    const history = (await theirs.signing.history({ sessionId })).filter(({ label }) => label === 'Observation');
    expect(history.map(({ by }) => by)).toEqual(['Nora', 'Eleonora']);
    await room.restart();
    const again = (await pageOf(room.host, room.nurseId).signing.history({ sessionId })).filter(({ label }) => label === 'Observation');
    expect(again.map(({ by }) => by)).toEqual(['Nora', 'Eleonora']);
  });

  test('ACCESS-13 it takes what making both roles takes, and the same again writes nothing', async () => {
    const { personId: itId } = addKnownPerson(room.room, { name: 'Ida', role: 'it', pin: '917402' });
    const [it, nurse] = [pageOf(room.host, itId), pageOf(room.host, room.nurseId)];
    const change = (client: RoomClient, more: object) => codeOf(client.staff.change({ personId: nurseId, ...more }));
    expect(await change(nurse, { role: 'prescriber' })).toBe('STAFF_NOT_ALLOWED');
    expect(await change(pageOf(room.host, room.therapistId), { name: 'Eleonora' })).toBe('STAFF_NOT_ALLOWED');
    expect(await change(it, { role: 'prescriber' })).toBe('STAFF_WITNESS_REQUIRED');
    expect(await change(it, { role: 'prescriber', confirm: { personId: nurseId, pin: '580213' } })).toBe('STAFF_WITNESS_REQUIRED');
    const confirm = { personId: room.nurseId, pin: testPin };
    expect(await change(it, { role: 'prescriber', confirm })).toBe('accepted');
    const before = head();
    expect(await change(it, { name: 'Nora', role: 'prescriber', confirm })).toBe('accepted');
    expect(head()).toBe(before);
    expect(await change(nurse, { role: 'nurse' })).toBe('STAFF_NOT_ALLOWED');
  });
});

describe('whoever is locked out', () => {
  test('ACCESS-14 tries again at once after somebody who may change them has ended it, also after a restart, and counts anew', async () => {
    const signIn = (pin: string): Promise<string> => codeOf(pageOf(room.host).staff.signIn({ personId: nurseId, pin }));
    const nurse = pageOf(room.host, room.nurseId);
    const unlock = (client: RoomClient): Promise<string> => codeOf(client.staff.endLockout({ personId: nurseId }));
    expect(await unlock(nurse)).toBe('STAFF_NOT_LOCKED_OUT');
    for (let tries = 0; tries < 5; tries += 1) await signIn('314159');
    expect(await signIn('580213')).toBe('STAFF_LOCKED_OUT');
    expect(await unlock(pageOf(room.host, room.therapistId))).toBe('STAFF_NOT_ALLOWED');
    expect(await unlock(pageOf(room.host, nurseId))).toBe('STAFF_NOT_ALLOWED');
    expect((await nurse.staff.list()).filter(({ lockedOut }) => lockedOut).map(({ name }) => name)).toEqual(['Nora']);
    expect(await unlock(nurse)).toBe('accepted');
    await room.restart();
    for (let tries = 0; tries < 4; tries += 1) expect(await signIn('314159')).toBe('STAFF_WRONG_PIN');
    expect(await signIn('580213')).toBe('accepted');
  });
});

describe('whose access is ended', () => {
  test('ACCESS-5 is refused at the next call of every page, in front and beside, and whoever sits with them stays', async () => {
    const { seats } = room.room;
    const [alone, besideThem] = [
      await socketPage(seats.take(nurseId)),
      await socketPage(seats.take(nurseId), seats.take(room.therapistId)),
    ];
    expect(await execute(alone)).toBe('accepted');
    expect(await end(pageOf(room.host, room.nurseId), nurseId, { reason: 'works at another clinic now' })).toBe('accepted');
    expect(await execute(alone)).toBe('STAFF_NOT_SIGNED_IN');
    expect(await codeOf(alone.session.list())).toBe('STAFF_NOT_SIGNED_IN');
    expect(await execute(besideThem)).toBe('accepted');
    expect(room.room.recorder.session?.log.at(-1)?.actor).toEqual({ personId: room.therapistId });
    expect(seats.present).not.toContain(nurseId);
    expect(room.room.recorder.staff.present).not.toContain(nurseId);
  });

  test('ACCESS-5 a seat that was being taken meanwhile opens nothing', async () => {
    endNow(nurseId);
    const { client } = openPage(room.host, nurseId);
    expect(await execute(client)).toBe('STAFF_NOT_SIGNED_IN');
  });

  test('ACCESS-6 neither signs in nor stands by, also after a restart, and no PIN is compared for it', async () => {
    expect(await end(pageOf(room.host, room.nurseId), nurseId)).toBe('accepted');
    await room.restart();
    const before = head();
    expect(await codeOf(pageOf(room.host).staff.signIn({ personId: nurseId, pin: '580213' }))).toBe('STAFF_ACCESS_ENDED');
    const page = pageOf(room.host, room.nurseId);
    for (const pin of ['580213', '314159']) {
      expect(await execute(page, seen(), { witness: { personId: nurseId, pin } })).toBe('STAFF_ACCESS_ENDED');
    }
    expect(await codeOf(page.staff.resetPin({ personId: nurseId, pin: '604813' }))).toBe('STAFF_ACCESS_ENDED');
    expect(head()).toBe(before);
  });

  test.each(['actor', 'witness'] as const)(
    'ACCESS-7 what was not committed yet is refused: the %s is ended while a PIN is compared',
    async (who) => {
      const other = room.nurseId;
      const [actor, witness] = who === 'actor' ? [nurseId, other] : [other, nurseId];
      const pin = who === 'actor' ? testPin : '580213';
      const logged = (): number => room.room.recorder.session?.log.length ?? 0;
      const before = logged();
      const page = pageOf(room.host, actor);
      const answers = await endDuring(nurseId, () => [execute(page, seen(), { witness: { personId: witness, pin } })]);
      expect(answers).toEqual(['STAFF_ACCESS_ENDED']);
      expect(logged()).toBe(before);
    },
  );

  test('ACCESS-7 nor is a person added, or an entry of the drug log written, in the name of somebody who left meanwhile', async () => {
    const page = pageOf(room.host, nurseId);
    const stock = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 } as const;
    const witness = { personId: room.therapistId, pin: testPin };
    const answers = await endDuring(nurseId, () => [
      codeOf(page.staff.add({ name: 'Added', role: 'nurse', pin: '604813' })),
      codeOf(page.drugLog.receive({ commandId: uuid(), stock, units: 10, witness })),
    ]);
    expect(answers).toEqual(['STAFF_ACCESS_ENDED', 'STAFF_ACCESS_ENDED']);
    const kinds = [...room.room.recorder.storage.store.events.readAll()].map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'controlled-drug-received')).toEqual([]);
    expect(room.room.recorder.staff.people.size).toBe(3);
  });

  test('ACCESS-8 it takes what making that person takes, and the log says who confirmed and why', async () => {
    const { personId: itId } = addKnownPerson(room.room, { name: 'Ida', role: 'it', pin: '917402' });
    const { personId: prescriberId } = addKnownPerson(room.room, { name: 'Pat', role: 'prescriber', pin: '604813' });
    const it = pageOf(room.host, itId);
    expect(await end(pageOf(room.host, room.therapistId), nurseId)).toBe('STAFF_NOT_ALLOWED');
    expect(await end(pageOf(room.host, nurseId), prescriberId)).toBe('STAFF_NOT_ALLOWED');
    expect(await end(it, prescriberId)).toBe('STAFF_WITNESS_REQUIRED');
    expect(await end(it, prescriberId, { confirm: { personId: prescriberId, pin: '604813' } })).toBe('STAFF_WITNESS_REQUIRED');
    const confirm = { personId: nurseId, pin: '580213' };
    expect(await end(it, prescriberId, { confirm, reason: 'moved away' })).toBe('accepted');
    const logged = JSON.stringify([...room.room.recorder.storage.store.events.readAll()].at(-1));
    expect(logged).toContain(`"reason":"moved away","confirmedBy":{"personId":"${nurseId}","name":"Nora"}`);
    expect(await end(it, prescriberId, { confirm })).toBe('STAFF_ACCESS_ENDED');
    const give = (more: object) => codeOf(it.staff.giveAccess({ personId: prescriberId, ...more }));
    expect(await give({})).toBe('STAFF_WITNESS_REQUIRED');
    expect(await give({ confirm })).toBe('accepted');
    expect(await give({ confirm })).toBe('STAFF_HAS_ACCESS');
    expect(await codeOf(pageOf(room.host).staff.signIn({ personId: prescriberId, pin: '604813' }))).toBe('accepted');
  });

  test('ACCESS-9 everybody signed in sees who could and can sign in; why somebody left is for those who may change it', async () => {
    expect(await end(pageOf(room.host, room.nurseId), nurseId, { reason: 'works at another clinic now' })).toBe('accepted');
    const listed = async (by: string) => (await pageOf(room.host, by).staff.list()).find(({ personId }) => personId === nurseId);
    expect(await listed(room.nurseId)).toMatchObject({ ended: { by: 'Nurse', reason: 'works at another clinic now' }, changedWith: [] });
    expect(await listed(room.therapistId)).toMatchObject({ ended: { by: 'Nurse', reason: null }, changedWith: null });
  });

  test('ACCESS-15 whoever is in charge is told by the name of today, and that their access was ended', async () => {
    const inCharge = async (): Promise<unknown> => {
      const page = openPage(room.host, room.therapistId);
      for await (const message of await page.client.live.watch()) {
        page.connection.close();
        if (message.kind === 'snapshot') return [message.board.session?.responsible, message.board.session?.responsibleLeft];
      }
      return null;
    };
    const note = (kind: 'access-ended' | 'access-given'): unknown =>
      room.room.recorder.recordRoom({ events: [{ kind, body: { personId: room.nurseId } }] }, nurseId);
    expect(await inCharge()).toEqual(['Nurse', false]);
    room.room.recorder.recordRoom({ events: [{ kind: 'person-changed', body: { personId: room.nurseId, name: 'Nell' } }] }, nurseId);
    expect(await inCharge()).toEqual(['Nell', false]);
    note('access-ended');
    expect(await inCharge()).toEqual(['Nell', true]);
    note('access-given');
    expect(await inCharge()).toEqual(['Nell', false]);
  });
});
