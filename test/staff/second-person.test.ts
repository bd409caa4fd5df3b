import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RoomClient } from '../../renderer/connection/room-client.ts';
import type { SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { PinQueue } from '../../electron/service/staff/pin-queue.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';
import { PlayedSession } from '../session/played-session.ts';
import { pageOf, codeOf } from '../support/page.ts';

const wrongPin = '975318';

describe('a second person on the first one’s page', () => {
  let room: TestRoom;
  let page: RoomClient;
  let sessionId: string;
  beforeEach(async () => {
    room = openTestRoom();
    page = pageOf(room.host);
    await page.staff.signIn({ personId: room.nurseId, pin: testPin });
    sessionId = room.openSession();
  });
  afterEach(() => room.close());

  function send(command: SessionCommandInput, personId: string, pin: string, commandId: string = randomUUID()): Promise<string> {
    return codeOf(page.session.execute({ commandId, sessionId, command, witness: { personId, pin } }));
  }
  const consent: SessionCommandInput = { type: 'reach-milestone', milestone: 'consent' };
  const arrived: SessionCommandInput = { type: 'reach-milestone', milestone: 'arrived' };
  const sessionEvents = (): number => room.room.recorder.session?.log.length ?? 0;

  test('STAFF-30 leaves the seat with the first person, whose act it stays', async () => {
    expect(await send(arrived, room.therapistId, testPin)).toBe('accepted');
    expect(room.room.seats.present).toEqual([room.nurseId]);
    expect(room.room.recorder.staff.present).toEqual([room.nurseId]);
    expect(room.room.recorder.session?.log.at(-1)?.actor).toEqual({ personId: room.nurseId });
  });

  test('STAFF-31, STAFF-33 writes nothing of the session on a wrong PIN, counts it, and locks after five', async () => {
    const before = sessionEvents();
    const codes: string[] = [];
    for (let tries = 0; tries < 6; tries += 1) codes.push(await send(arrived, room.therapistId, wrongPin));
    expect(codes).toEqual([...Array<string>(4).fill('STAFF_WRONG_PIN'), 'STAFF_LOCKED_OUT', 'STAFF_LOCKED_OUT']);
    expect(await send(arrived, room.therapistId, testPin)).toBe('STAFF_LOCKED_OUT');
    expect(sessionEvents()).toBe(before);
    expect(room.room.seats.present).toEqual([room.nurseId]);
    const written = JSON.stringify([...room.room.recorder.storage.store.events.readAll()]);
    expect(written).toContain('sign-in-refused');
    expect(written).not.toMatch(new RegExp(`${wrongPin}|"${testPin}"`));
  });

  test('STAFF-32 refuses whoever would witness their own act, before a PIN is compared', async () => {
    expect(await send(arrived, room.nurseId, wrongPin)).toBe('STAFF_OWN_WITNESS');
    expect(JSON.stringify([...room.room.recorder.storage.store.events.readAll()])).not.toContain('sign-in-refused');
  });

  test('STAFF-36 begins the count of wrong PINs anew with a right one', async () => {
    for (let tries = 0; tries < 4; tries += 1) await send(arrived, room.therapistId, wrongPin);
    expect(await send(arrived, room.therapistId, testPin)).toBe('accepted');
    expect(await send(consent, room.therapistId, wrongPin)).toBe('STAFF_WRONG_PIN');
    expect(await send(consent, room.therapistId, testPin)).toBe('accepted');
  });

  test('STAFF-37 answers a repeated command without asking the witness again', async () => {
    const commandId = randomUUID();
    expect(await send(arrived, room.therapistId, testPin, commandId)).toBe('accepted');
    const before = sessionEvents();
    expect(await send(arrived, room.therapistId, wrongPin, commandId)).toBe('accepted');
    expect(sessionEvents()).toBe(before);
  });
});

describe('who may be the second person', () => {
  test('STAFF-32 the decision itself refuses a witness who is the actor', () => {
    const session = new PlayedSession().openSession();
    const { actor } = session.context();
    session.witness = { personId: actor.personId, name: 'Nurse', role: 'nurse' };
    expect(session.try({ type: 'reach-milestone', milestone: 'arrived' }).refusal?.code).toBe('STAFF_OWN_WITNESS');
  });

  test('STAFF-34 IT is no witness of a clinical act', () => {
    const room = openTestRoom();
    try {
      room.openSession();
      const itId = room.room.ids.uuid();
      const body = { personId: itId, name: 'Technician', role: 'it', pinHash: 'x' } as const;
      room.room.recorder.recordRoom({ events: [{ kind: 'person-added', body }] }, null);
      expect(() => room.execute({ type: 'reach-milestone', milestone: 'arrived' }, room.nurseId, itId)).toThrow('STAFF_NOT_ALLOWED');
    } finally {
      void room.close();
    }
  });
});

describe('PINs that come at once', () => {
  test('STAFF-35 are checked one after the other, also after one that failed', async () => {
    const queue = new PinQueue();
    const order: string[] = [];
    let underWay = 0;
    const check = (name: string, fails: boolean) => async (): Promise<void> => {
      underWay += 1;
      expect(underWay).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(name);
      underWay -= 1;
      if (fails) throw new Error(name);
    };
    const results = await Promise.allSettled([queue.run(check('a', false)), queue.run(check('b', true)), queue.run(check('c', false))]);
    expect(order).toEqual(['a', 'b', 'c']);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('STAFF-35 are refused in words where too many wait, and taken again afterwards', async () => {
    const queue = new PinQueue(2);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const waiting = [queue.run(() => held), queue.run(() => held)];
    await expect(queue.run(() => held)).rejects.toThrow('STAFF_BUSY');
    release();
    await Promise.all(waiting);
    await expect(queue.run(async () => 'checked')).resolves.toBe('checked');
  });
});
