import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roles, type Role } from '../../shared/contract/board/people.ts';
import type { FeedMessage, RoomBoard } from '../../shared/contract/board/room-board.ts';
import { boardViewOf, openConnection } from '../../electron/service/api/call-context.ts';
import { openTestRoom, type TestRoom } from '../support/test-room.ts';
import { lookOfCall } from '../../electron/service/api/looks-of-calls.ts';
import { callNames, callRows } from './call-rows.ts';
import { openPage, type Page } from '../support/page.ts';

/** Each stands in one place of the record, and in nothing else of this room. */
const canaries = ['Demo Patient', '1984-03-14', 'heron', 'kestrel', 'lapwing', 'iv-ketamine-0.5-40'];
const named = new RegExp(canaries.slice(0, 5).join('|'));

let room: TestRoom;
let sessionId: string;
const people = new Map<Role, string>();
const readers: readonly (Role | null)[] = ['nurse', 'therapist', 'prescriber'];

function pageOf(role: Role | null): Page {
  return openPage(room.host, role === null ? null : people.get(role));
}

/** Everything that this call says, a refusal's words included; of a feed its first message. */
async function saidBy({ client }: Page, name: string, input: unknown): Promise<string> {
  const call = name.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], client);
  try {
    const answer = await (call as (given?: unknown) => Promise<unknown>)(input);
    if (name !== 'live.watch') return JSON.stringify(answer) ?? '';
    for await (const message of answer as AsyncIterable<FeedMessage>) return JSON.stringify(message);
    return '';
  } catch (error) {
    return `${String(error)} ${JSON.stringify(error)}`;
  }
}

beforeAll(() => {
  room = openTestRoom();
  sessionId = room.openSession();
  people.set('nurse', room.nurseId).set('therapist', room.therapistId);
  for (const role of ['prescriber', 'it'] as const) {
    const person = { personId: room.room.ids.uuid(), name: role, role, pinHash: 'x' };
    room.room.recorder.recordRoom({ events: [{ kind: 'person-added', body: person }] }, room.nurseId);
    people.set(role, person.personId);
  }
  room.execute({ type: 'record-observation', text: 'a heron stands', chips: [], begunAt: room.clock.now().utcMs });
  room.execute({ type: 'reach-milestone', milestone: 'arrived', detail: 'with a kestrel' });
  room.execute({ type: 'enter-vitals', values: { 'pulse-rate': 71 } });
  room.execute({ type: 'record-adverse-event', category: 'nausea', severity: 'mild', detail: 'after the lapwing' });
});
afterAll(() => room.close());

describe('what the answers of a room contain', () => {
  test('TOLD-1 the marked words reach those who may read them, so that their absence says something', async () => {
    for (const role of readers) {
      const page = pageOf(role);
      const said = (await saidBy(page, 'live.watch', undefined)) + (await saidBy(page, 'session.record', { sessionId }));
      for (const canary of canaries) expect(said, `${canary} for ${role}`).toContain(canary);
      page.connection.close();
    }
  });

  test.each(callNames)('TOLD-1 %s names and describes nobody to a page without a reader', async (name) => {
    const rows = callRows(sessionId, () => room.room.ids.uuid());
    for (const role of roles.filter((one) => !readers.includes(one))) expect(await saidOf(name, role, rows)).not.toMatch(named);
    expect(await saidOf(name, null, rows)).not.toMatch(named);
  });

  test('LOOK-9 whatever call names or describes a patient is a look, but for an act, which stands in the log', async () => {
    /** The feed is noted as it goes (LOOK-3); a refusal to open a second session says whose is open. */
    const noLook = ['live.watch', 'patients.add', 'session.open'];
    const rows = callRows(sessionId, () => room.room.ids.uuid());
    const naming = new Set<string>();
    for (const name of callNames) if (named.test(await saidOf(name, 'prescriber', rows))) naming.add(name);
    expect([...naming].filter((name) => lookOfCall(name.split('.')) === null).toSorted()).toEqual(noLook);
    expect(naming.size).toBeGreaterThan(8);
  });

  async function saidOf(name: (typeof callNames)[number], role: Role | null, rows: ReturnType<typeof callRows>): Promise<string> {
    const page = pageOf(role);
    const said = await saidBy(page, name, rows[name].input?.());
    page.connection.close();
    return said;
  }

  test('TOLD-1 such a page has the figures, the clock, the links and that a session is open', async () => {
    const board = await boardOf(pageOf(null));
    expect(board.session).toBeNull();
    expect(board.trend).toBeNull();
    expect(board.cover).toMatchObject({ startedMs: null, fromAfar: false, phase: 'prepare' });
    expect(board.vitals['pulse-rate']).toMatchObject({ value: 71, source: { by: 'person', name: '' } });
    expect(board.recording.state).toBe('recording');
  });

  test('TOLD-5 in the demo everybody may look', () => {
    const context = { host: { ...room.host, room: room.room, demo: true }, connection: openConnection('browser') };
    expect(boardViewOf(context)).toEqual({ people: [], covered: [], readsRecords: true, seesFigures: true });
  });
});

async function boardOf({ client }: Page): Promise<RoomBoard> {
  for await (const message of await client.live.watch()) if (message.kind === 'snapshot') return message.board;
  throw new Error('the feed ended');
}

describe('a change of seat', () => {
  test('TOLD-2, TOLD-3, TOLD-4 is said with the next message, and takes along what it showed', async () => {
    const { connection, client } = pageOf(null);
    const feed = (await client.live.watch())[Symbol.asyncIterator]();
    const next = async (): Promise<FeedMessage> => {
      const { value } = await feed.next();
      await client.live.acknowledge({ number: (value as FeedMessage).number });
      return value as FeedMessage;
    };
    /** The next whole board; a second of changes may come between. */
    const nextBoard = async (): Promise<RoomBoard> => {
      for (let messages = 0; messages < 50; messages += 1) {
        const coming = next();
        await room.pass(1000);
        const message = await coming;
        if (message.kind === 'snapshot') return message.board;
        expect(JSON.stringify(message)).not.toMatch(connection.seat === null ? named : /no such words/);
      }
      throw new Error('no board came');
    };
    expect((await nextBoard()).session).toBeNull();
    connection.seat = room.room.seats.take(room.nurseId);
    const shown = await nextBoard();
    expect(shown.here.people.map(({ name }) => name)).toEqual(['Nurse']);
    expect(shown.session?.patient.name).toBe('Demo Patient');
    // Four minutes of nothing, a touch, four more: still here. Then five of looking on, which is no use.
    await room.pass(4 * 60_000);
    await client.staff.stay();
    await room.pass(4 * 60_000);
    expect(room.room.seats.holder(connection.seat)).toBe(room.nurseId);
    for (let minute = 0; minute < 3; minute += 1) {
      await client.session.record({ sessionId }).catch(() => undefined);
      await room.pass(60_000);
    }
    expect(room.room.seats.holder(connection.seat)).toBeNull();
    const left = await nextBoard();
    expect(left.here.people).toEqual([]);
    expect(JSON.stringify(left)).not.toMatch(named);
    connection.close();
  });
});
