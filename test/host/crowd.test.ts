import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serveRoom, type ServedRoom } from '../e2e/support/served-room.ts';
import { prepareRoom } from '../support/prepared-room.ts';
import { createChance } from '../simulation/seeded-chance.ts';
import { callRoom, meetRoom, openServedSession, type RoomCalls } from '../support/room-client.ts';

/** As many as may be connected at once, the first page with them. */
const pagesMax = 16;

let base: string;
let served: ServedRoom;
let first: RoomCalls;
let sessionId: string;
beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'vigil-crowd-'));
  served = await serveRoom(['--data', await prepareRoom(join(base, 'room'))]);
  first = await callRoom(served.url);
  ({ sessionId } = await openServedSession(first));
});
afterEach(async () => {
  first.close();
  await served.end();
  rmSync(base, { recursive: true, force: true });
});

/** What the page that was there first still does, and gets an answer to. */
async function records(text: string): Promise<void> {
  const command = { type: 'record-observation' as const, text, chips: [], begunAt: Date.now() };
  const done = await first.client.session.execute({ commandId: randomUUID(), sessionId, command });
  expect(done.eventIds).toHaveLength(1);
}

test('STORM-9 of sixty pages that come at once as many are let in as there may be, nobody who is there is put out, and the place of one that leaves is free', async () => {
  const knocks = Promise.allSettled(Array.from({ length: 60 }, () => callRoom(served.url)));
  await records('while they knocked');
  const came = (await knocks).flatMap((knock) => (knock.status === 'fulfilled' ? [knock.value] : []));
  expect(came.length).toBeGreaterThan(0);
  expect(came.length).toBeLessThanOrEqual(pagesMax - 1);
  // Those who were cut off while they proved themselves try again, as a page does, until the room is full.
  while (came.length < pagesMax - 1) came.push(await callRoom(served.url));
  await expect(callRoom(served.url)).rejects.toThrow('closed the connection');
  await records('in a full room');
  for (const page of came) page.close();
  await expect.poll(() => callRoom(served.url).then((page) => page.close()), { timeout: 30_000 }).toBeUndefined();
});

test('STORM-10 ten thousand messages that mean nothing, of a page that was let in, end nothing and add nothing to the record', async (context) => {
  const { between, pick } = createChance(4711);
  const meet = async () => {
    const { socket } = await meetRoom(served.url);
    socket.on('error', () => undefined);
    return socket;
  };
  let socket = await meet();
  let [sent, closed] = [0, 0];
  for (const message of nonsense(10_000)) {
    if (socket.readyState !== socket.OPEN) {
      // It may put out whoever speaks nonsense; they come again.
      closed += 1;
      socket = await meet();
    }
    socket.send(message);
    sent += 1;
    // All of it has left before the next: what a room that has put it out never gets was not sent to it.
    while (sent % 500 === 0 && socket.readyState === socket.OPEN && socket.bufferedAmount > 0) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
  expect(sent).toBe(10_000);
  await context.annotate(`${closed} times put out`);
  await records('after the nonsense');
  expect(await recorded()).toEqual(['after the nonsense']);
  socket.terminate();

  function* nonsense(count: number): Generator<string | Uint8Array> {
    const real = JSON.stringify({ i: '1', p: { u: '/session/execute', b: { json: { sessionId, command: { type: 'undo' } } } } });
    const paths = [
      '/session/execute',
      '/staff/signIn',
      '/live/watch',
      '/live/acknowledge',
      '/setup/detect',
      '/__proto__/constructor',
      '/records/list',
    ];
    const values = [null, true, -1, 1e308, '', 'x'.repeat(2000), [], {}, { commandId: 'x' }, { number: -1 }, { __proto__: null }];
    for (let index = 0; index < count; index += 1) {
      const kind = index % 4;
      if (kind === 0) yield Uint8Array.from({ length: between(1, 64) }, () => between(0, 255));
      else if (kind === 1) yield real.slice(0, between(0, real.length - 1));
      else if (kind === 2) yield JSON.stringify(pick(values));
      else yield JSON.stringify({ i: String(index), p: { u: pick(paths), b: { json: pick(values) } } });
    }
  }
});

/** What people wrote in the session. */
async function recorded(): Promise<readonly string[]> {
  const { session } = await first.client.session.record({ sessionId });
  return session.observations.map(({ text }) => text);
}
