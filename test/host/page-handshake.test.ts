import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { heldKeys } from '../../renderer/connection/held-keys.ts';
import { introducePage, StrangeRoomError } from '../../renderer/connection/introduce-page.ts';
import { tooManyPagesCode, unknownPageCode } from '../../shared/boot/page-handshake.ts';
import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import { meetPage, type PageKeys } from '../../electron/service/api/meet-page.ts';

const clock = createSystemClock();
const meet = (socket: WebSocket, keys: PageKeys, isFull = () => false) => meetPage(socket, { keys, clock, isFull });

let server: WebSocketServer;
afterEach(() => new Promise((resolve) => server.close(resolve)));

/** A listener, and a page that has connected to it. */
async function listen(onPage: (socket: WebSocket) => void): Promise<WebSocket> {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', onPage);
  const address = server.address();
  const page = new WebSocket(`ws://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
  await once(page, 'open');
  return page;
}

test('HOST-16 whoever listens at the address of a stopped room is told nothing of what opens it', async () => {
  const heard: string[] = [];
  const page = await listen((socket) => {
    socket.on('message', (data: Buffer) => {
      heard.push(data.toString());
      const { nonce } = JSON.parse(data.toString()) as { nonce: string };
      // What it can: the page's own words back.
      socket.send(JSON.stringify({ nonce, proof: nonce }));
    });
  });
  await expect(introducePage(page as never, { kind: 'secret', value: 'the-secret' })).rejects.toThrow(StrangeRoomError);
  expect(heard).toHaveLength(1);
  expect(heard.join()).not.toContain('the-secret');
  page.terminate();
});

test('HOST-16 what was said in one connection opens no other', async () => {
  const keys: PageKeys = { secret: 'the-secret', code: null };
  const said: string[] = [];
  const known: boolean[] = [];
  let listened = false;
  const page = await listen((socket) => {
    if (!listened) socket.on('message', (data: Buffer) => said.push(data.toString()));
    listened = true;
    void meet(socket, keys).then((isKnown) => known.push(isKnown));
  });
  await introducePage(page as never, { kind: 'secret', value: 'the-secret' });
  page.terminate();
  const replayed = new WebSocket(page.url);
  await once(replayed, 'open');
  replayed.send(said[0] ?? '');
  await once(replayed, 'message');
  replayed.send(said[1] ?? '');
  await once(replayed, 'close');
  expect(known).toEqual([true, false]);
});

test('HOST-16 a code that two pages have lets one of them in', async () => {
  const keys: PageKeys = { secret: 'the-secret', code: 'the-code' };
  const first = await listen((socket) => void meet(socket, keys));
  const second = new WebSocket(first.url);
  await once(second, 'open');
  const came = await Promise.allSettled([first, second].map((page) => introducePage(page as never, { kind: 'code', value: 'the-code' })));
  expect(came.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(keys.code).toBeNull();
  first.terminate();
  second.terminate();
});

test('HOST-16 a page whose code was used already goes by the secret that its browser was given', () => {
  const kept = new Map<string, string>();
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
  const code = { kind: 'code', value: 'the-code' } as const;
  const keys = heldKeys(storage, code);
  expect(keys.next()).toEqual(code);
  keys.met(code, 'the-secret');
  expect(keys.next()).toEqual({ kind: 'secret', value: 'the-secret' });
  const again = heldKeys(storage, code);
  expect(again.next()).toEqual(code);
  again.refused(code);
  expect(again.next()).toEqual({ kind: 'secret', value: 'the-secret' });
  // An address that somebody else made up takes nothing away from this browser.
  const wrong = { kind: 'secret', value: 'made-up' } as const;
  const misled = heldKeys(storage, wrong);
  expect(misled.next()).toEqual(wrong);
  misled.refused(wrong);
  expect(misled.next()).toEqual({ kind: 'secret', value: 'the-secret' });
  expect([...kept.values()]).toEqual(['the-secret']);
  kept.clear();
  expect(again.next()).toBeNull();
});

test('HOST-15 as many pages as there may be keep the next one out in words, and it comes in when one leaves', async () => {
  const keys: PageKeys = { secret: 'the-secret', code: 'the-code' };
  let isFull = true;
  const page = await listen((socket) => void meet(socket, keys, () => isFull));
  const refused = introducePage(page as never, { kind: 'code', value: 'the-code' });
  await expect(refused).rejects.toMatchObject({ closeCode: tooManyPagesCode });
  isFull = false;
  const again = new WebSocket(page.url);
  await once(again, 'open');
  expect(await introducePage(again as never, { kind: 'code', value: 'the-code' })).toBe('the-secret');
  again.terminate();
});

test('HOST-16 a page that does not know the key is closed with a number that says so', async () => {
  const page = await listen((socket) => void meet(socket, { secret: 'the-secret', code: null }));
  await expect(introducePage(page as never, { kind: 'code', value: 'spent' })).rejects.toMatchObject({ closeCode: unknownPageCode });
});
