import { randomUUID } from 'node:crypto';
import { RPCLink } from '@orpc/client/websocket';
import WebSocket from 'ws';
import { introducePage } from '../../renderer/connection/introduce-page.ts';
import { createRoomClient, type RoomClient } from '../../renderer/connection/room-client.ts';
import type { Role } from '../../shared/contract/board/people.ts';
import { nurse } from './prepared-room.ts';

/** Calls to a served room without a page: what a test needs before, or beside, what it looks at. */
export interface RoomCalls {
  readonly client: RoomClient;
  /** As given to `callRoom`. */
  readonly url: string;
  close(): void;
}

/** A socket to a served room that knows it, and the room's secret where the address had a code for it. */
export async function meetRoom(url: string): Promise<{ readonly socket: WebSocket; readonly secret: string | null }> {
  const { host, hash, origin } = new URL(url);
  const socket = new WebSocket(`ws://${host}/room`, { origin });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const [, kind, value = ''] = /^#(token|code)=(.*)$/.exec(hash) ?? [];
  const secret = await introducePage(socket as never, { kind: kind === 'code' ? 'code' : 'secret', value });
  return { socket, secret };
}

/** The address of a served room that opens it as often as a test wants to, for the one that opens it once. */
export async function lastingUrl(url: string): Promise<string> {
  const { socket, secret } = await meetRoom(url);
  socket.terminate();
  return `${new URL(url).origin}/#token=${secret ?? ''}`;
}

/** `url` as of `lastingUrl`, or the first line of `vigil serve`, once. */
export async function callRoom(url: string): Promise<RoomCalls> {
  const { socket } = await meetRoom(url);
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve('the socket closed')));
  const link = new RPCLink({ websocket: socket as never });
  // Hashing four PINs at once on a busy computer takes longer than a page would wait.
  const client = createRoomClient(() => ({ link, closed, close: () => socket.close() }), 60_000);
  return { client, url, close: () => socket.terminate() };
}

/** As `callRoom`, for one thing that has to stand before a page is opened. */
export async function byCalls<Done>(url: string, act: (calls: RoomCalls) => Promise<Done>): Promise<Done> {
  const calls = await callRoom(url);
  try {
    return await act(calls);
  } finally {
    calls.close();
  }
}

/** Signs the nurse of a prepared room in and opens a session; returns who did it. */
export async function openServedSession({ client }: RoomCalls): Promise<{ readonly sessionId: string; readonly personId: string }> {
  const personId = await signNurseIn(client);
  const patient = { commandId: randomUUID(), name: 'Demo Patient', birthDate: '1984-03-14', recordNumber: 'DEMO-0042' };
  const { patientId } = await client.patients.add(patient);
  const opening = { commandId: randomUUID(), patientId, protocolId: 'iv-ketamine-0.5-40', course: null };
  return { sessionId: (await client.session.open(opening)).sessionId, personId };
}

/** The first person of a prepared room; returns who it is. */
export async function signNurseIn(client: RoomClient): Promise<string> {
  const personId = (await firstBoard(client)).staff.people[0]?.personId ?? '';
  await client.staff.signIn({ personId, pin: nurse.pin });
  return personId;
}

/** Somebody added to a served room, who has signed in once, at another page, and chosen their own PIN. */
export async function addServedPerson(
  { client, url }: RoomCalls,
  { pin, ...person }: { readonly name: string; readonly role: Role; readonly pin: string },
): Promise<{ readonly personId: string; readonly pin: string }> {
  const { personId } = await client.staff.add({ ...person, pin: '604813' });
  const theirs = await callRoom(url);
  await theirs.client.staff.signIn({ personId, pin: '604813', newPin: pin });
  await theirs.client.staff.signOut();
  theirs.close();
  return { personId, pin };
}

export async function firstBoard(
  client: RoomClient,
): Promise<{ readonly staff: { readonly people: readonly { readonly personId: string }[] } }> {
  for await (const message of await client.live.watch()) if (message.kind === 'snapshot') return message.board;
  throw new Error('the feed ended before its snapshot');
}
