import { afterEach, describe, expect, it } from 'vitest';
import { refusalOf } from '../../renderer/connection/failure.ts';
import type { FeedMessage } from '../../shared/contract/board/room-board.ts';
import { openTestRoom, plugMonitorsIn, testPin, type TestRoom } from '../support/test-room.ts';
import { transports, type TestTransport } from './transports.ts';

let test: TestRoom;
let transport: TestTransport;
afterEach(async () => {
  await transport.close();
  await test.close();
});

async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return refusalOf(error)?.code ?? (error as { code?: string }).code ?? (error as Error).name;
  }
  return 'accepted';
}

async function nextOf(feed: AsyncIterator<FeedMessage, unknown>): Promise<FeedMessage | null> {
  const next = await feed.next();
  return next.done === true ? null : next.value;
}

describe.each(Object.entries(transports))('the contract over %s', (name, open) => {
  async function connect(): Promise<void> {
    test = openTestRoom();
    transport = await open(test.host);
  }
  const signIn = (): Promise<unknown> => transport.client.staff.signIn({ personId: test.nurseId, pin: testPin });

  it('CONTRACT-1 gives a snapshot that says what the room says, then changes', async () => {
    await connect();
    plugMonitorsIn(test);
    await test.pass(5000);
    const feed = await transport.client.live.watch();
    const first = await nextOf(feed);
    const board = first?.kind === 'snapshot' ? first.board : null;
    expect(board?.room).toMatchObject({ name: 'Room 2', demo: false, setUp: true });
    expect(board?.vitals['spo2']).toMatchObject({ state: 'live', value: 98 });
    const next = nextOf(feed);
    await test.pass(1500);
    expect(await next).toMatchObject({ kind: 'change', number: 2 });
    await feed.return?.(undefined);
  });

  it('CONTRACT-2 carries a refusal as a declared error with its code and a sentence', async () => {
    await connect();
    const wrong = transport.client.staff.signIn({ personId: test.nurseId, pin: '135792' });
    expect(await codeOf(wrong)).toBe('STAFF_WRONG_PIN');
    const sessionId = test.openSession();
    const command = { type: 'start-dose' } as const;
    const call = (): Promise<unknown> => transport.client.session.execute({ commandId: test.room.ids.uuid(), sessionId, command });
    expect(await codeOf(call())).toBe('STAFF_NOT_SIGNED_IN');
    await signIn();
    expect(await codeOf(call())).toBe('WEIGHT_MISSING');
  });

  it('CONTRACT-3 refuses wrong types, unknown ids and unknown commands, and writes nothing', async () => {
    await connect();
    await signIn();
    const sessionId = test.openSession();
    const seq = test.room.recorder.storage.store.events.head.seq;
    const send = (input: unknown): Promise<string> => codeOf(transport.client.session.execute(input as never));
    const commandId = test.room.ids.uuid();
    expect(await send({ commandId, sessionId, command: { type: 'no-such-command' } })).toBe('BAD_REQUEST');
    expect(await send({ commandId, sessionId, command: { type: 'record-weight', value: '80', unit: 'kg' } })).toBe('BAD_REQUEST');
    expect(await send({ commandId: 'x', sessionId, command: { type: 'request-stop' } })).toBe('BAD_REQUEST');
    expect(await send(null)).toBe('BAD_REQUEST');
    expect(await send({ commandId, sessionId: test.room.ids.uuid(), command: { type: 'request-stop' } })).toBe('SESSION_NOT_FOUND');
    expect(test.room.recorder.storage.store.events.head.seq).toBe(seq);
  });

  it('CONTRACT-4 locks a person out after five wrong PINs, and keeps a seat for one connection after the other', async () => {
    await connect();
    const { seat } = await transport.client.staff.signIn({ personId: test.nurseId, pin: testPin });
    expect((await transport.client.staff.resume({ seat })).person?.name).toBe('Nurse');
    expect((await transport.client.staff.resume({ seat: 'somebody else' })).person).toBeNull();
    const codes: string[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      codes.push(await codeOf(transport.client.staff.signIn({ personId: test.therapistId, pin: '975310' })));
    }
    expect(codes).toEqual([...Array<string>(4).fill('STAFF_WRONG_PIN'), 'STAFF_LOCKED_OUT', 'STAFF_LOCKED_OUT']);
  });

  // In process there is no other side that could die.
  const diesApart = name === 'in process' ? [] : [name];
  it.each(diesApart)('CONTRACT-5 settles every call when the service dies in the middle of it (%s)', async () => {
    await connect();
    const feed = await transport.client.live.watch();
    await nextOf(feed);
    // Half a second of hashing: still under way when the service goes.
    const call = codeOf(transport.client.staff.signIn({ personId: test.nurseId, pin: testPin }));
    transport.cut();
    expect(await call).toBe('RoomUnreachableError');
  });
});
