import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { roles, type Role } from '../../shared/contract/board/people.ts';
import type { FeedMessage } from '../../shared/contract/board/room-board.ts';
import { refusalOf } from '../../renderer/connection/failure.ts';
import type { RoomClient } from '../../renderer/connection/room-client.ts';
import { addKnownPerson } from '../support/known-person.ts';
import { callRoom, type RoomCalls } from '../support/room-client.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';
import { callNames, callRows, type Call } from './call-rows.ts';
import { listen, token } from './transports.ts';

// A PIN is compared on purpose slowly, and much slower where the machine has else to do.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** How somebody is not there any more, whose page still holds its ticket. */
const gone = ['idle', 'signed out', 'ended'] as const;
type Gone = (typeof gone)[number];

let room: TestRoom;
let calls: ReturnType<typeof callRows>;
let server: Awaited<ReturnType<typeof listen>>;
const people = new Map<Role, string>();
/** A page at which each call is made by whoever is seated for it. */
let page: RoomClient;
let nobody: RoomClient;
/** A page for each role and each way of being gone. */
const left: { readonly role: Role; readonly how: Gone; readonly client: RoomClient }[] = [];
const opened: RoomCalls[] = [];

/** In the private notes of one therapist, and nowhere else. */
const privateWord = 'nightjar';
const secrets = new RegExp(`${privateWord}|scrypt|pinHash|${testPin}`);
const ofPatient = /Demo Patient|1984-03-14|heron/;

async function openSocket(): Promise<RoomClient> {
  const socket = await callRoom(`http://127.0.0.1:${server.port}/#token=${token}`);
  opened.push(socket);
  return socket.client;
}

beforeAll(async () => {
  room = openTestRoom();
  server = await listen(room.host);
  const sessionId = room.openSession();
  calls = callRows(sessionId, () => room.room.ids.uuid());
  for (const role of roles) people.set(role, addKnownPerson(room.room, { name: `A ${role}`, role, pin: testPin }).personId);
  room.execute({ type: 'record-observation', text: 'a heron stands', chips: [], begunAt: room.clock.now().utcMs });
  await writePrivately(sessionId);
  page = await openSocket();
  nobody = await openSocket();
  for (const how of gone) {
    for (const role of roles) left.push({ role, how, client: await leave(role, how) });
    // The seats of the others are still theirs by the clock.
    if (how === 'idle') await room.pass(5 * 60_000 + 2000);
  }
});
afterAll(async () => {
  for (const socket of opened) socket.close();
  server.sockets.close();
  await new Promise((resolve) => server.server.close(resolve));
  await room.close();
});

/** Of the room's own therapist, who is nobody of the matrix. */
async function writePrivately(sessionId: string): Promise<void> {
  const client = await openSocket();
  await client.staff.resume({ seat: room.room.seats.take(room.therapistId) });
  await client.private.open({ sessionId, pin: testPin, phrase: null });
  const note = { sessionId, noteId: room.room.ids.uuid(), draftId: null, text: `a ${privateWord} calls`, begunAt: room.clock.now().utcMs };
  await client.private.record(note);
  expect(JSON.stringify(await client.private.read({ sessionId }))).toMatch(secrets);
}

async function leave(role: Role, how: Gone): Promise<RoomClient> {
  const { personId } = addKnownPerson(room.room, { name: `${how} ${role}`, role, pin: testPin });
  const client = await openSocket();
  const seat = room.room.seats.take(personId);
  await client.staff.resume({ seat });
  if (how === 'signed out') room.room.seats.release(seat);
  if (how === 'ended') room.room.recorder.recordRoom({ events: [{ kind: 'access-ended', body: { personId } }] }, room.nurseId);
  return client;
}

interface Said {
  /** A refusal code, or `answered`. */
  readonly code: string;
  readonly words: string;
}

async function say(client: RoomClient, call: Call): Promise<Said> {
  const procedure = call.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], client);
  try {
    const answer = await (procedure as (input?: unknown) => Promise<unknown>)(calls[call].input?.());
    const said = call === 'live.watch' ? await firstOf(answer as AsyncIterable<FeedMessage>) : answer;
    return { code: 'answered', words: JSON.stringify(said) ?? '' };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return { code: refusal.code, words: JSON.stringify(refusal) };
  }
}

async function firstOf(feed: AsyncIterable<FeedMessage>): Promise<FeedMessage | null> {
  for await (const message of feed) return message;
  return null;
}

async function saidTo(role: Role, call: Call): Promise<Said> {
  const seat = room.room.seats.take(people.get(role) ?? '');
  await page.staff.resume({ seat });
  const said = await say(page, call);
  room.room.seats.release(seat);
  return said;
}

function head(): number {
  return room.room.recorder.storage.store.events.head.seq;
}

const turnedAway = ['STAFF_NOT_SIGNED_IN', 'STAFF_NOT_ALLOWED'];
/** What takes the ticket from a page comes last: until then it holds the one of whoever is gone. */
const inOrder = callNames.toSorted((one, other) => Number(one.startsWith('staff.')) - Number(other.startsWith('staff.')));

describe('every call of the contract, over a real socket', () => {
  test('ROLE-7 there is a row for every call', () => {
    expect(Object.keys(calls).toSorted()).toEqual(callNames.toSorted());
    expect(left).toHaveLength(gone.length * roles.length);
  });

  test.each(inOrder)('ROLE-7, ROLE-11 %s is for those it is for, and tells nobody a private note or a PIN', async (call) => {
    const { who } = calls[call];
    for (const role of roles) {
      const before = head();
      const { code, words } = await saidTo(role, call);
      expect(words, role).not.toMatch(secrets);
      expect(!turnedAway.includes(code), `${role}: ${code}`).toBe(who === 'anyone' || who.includes(role));
      if (!turnedAway.includes(code)) continue;
      expect(code).toBe('STAFF_NOT_ALLOWED');
      expect(head()).toBe(before);
    }
  });

  test.each(inOrder)(
    'ROLE-7, ACCESS-5, ROLE-11 %s says to whoever signed out, was away or was ended what it says to nobody',
    async (call) => {
      const { who } = calls[call];
      const pages = [{ role: 'nobody', how: 'never here', client: nobody }, ...left];
      for (const { role, how, client } of pages) {
        const before = head();
        const { code, words } = await say(client, call);
        expect(words, `${role}, ${how}`).not.toMatch(secrets);
        expect(words, `${role}, ${how}`).not.toMatch(ofPatient);
        if (who === 'anyone') {
          expect(code, `${role}, ${how}`).not.toBe('STAFF_NOT_SIGNED_IN');
          continue;
        }
        expect(code, `${role}, ${how}`).toBe('STAFF_NOT_SIGNED_IN');
        expect(head()).toBe(before);
      }
    },
  );
});
