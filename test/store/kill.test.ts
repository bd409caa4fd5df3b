import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import { createSeededIds } from '../support/seeded-ids.ts';
import { createRoomFixture, draft, type RoomFixture } from './room-fixture.ts';

const soak = process.env['VIGIL_SOAK'] === '1';
const script = (name: string): string => fileURLToPath(new URL(`./${name}.ts`, import.meta.url));

let room: RoomFixture | undefined;
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) await killed(child);
  room?.close();
  room = undefined;
});

function start(
  name: string,
  ...args: string[]
): { readonly child: ChildProcess; readonly told: () => string; readonly until: (text: string) => Promise<void> } {
  const child = spawn(process.execPath, [script(name), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  let told = '';
  child.stdout?.on('data', (bytes: Buffer) => (told += bytes.toString('latin1')));
  const until = async (text: string): Promise<void> => {
    while (!told.includes(text)) {
      if (child.exitCode !== null) throw new Error(`${name} ended before it said ${text}: ${told}`);
      await sleep(2);
    }
  };
  return { child, told: () => told, until };
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

/** The last whole line `ACK n`: a line cut off by the kill was never a promise. */
function lastAcknowledged(told: string): number {
  return Number(told.slice(0, told.lastIndexOf('\n')).split('\n').at(-1)?.replace('ACK ', ''));
}

const kills = soak ? 1000 : 50;
test(
  `STORE-20 ${kills} kills in the middle of writing lose no acknowledged event, break no chain, and never lock the room`,
  async () => {
    room = createRoomFixture(201);
    const random = createSeededIds(201);
    const keyHex = Buffer.from(room.key).toString('hex');
    let acknowledged = 0;
    let stored = 0;
    for (let round = 1; round <= kills; round += 1) {
      const { child, told, until } = start('writer', room.folder, keyHex, String(round), '0');
      await until('ACK');
      await sleep((random.randomBytes(1)[0] ?? 0) / 2.2);
      await killed(child);
      const promised = lastAcknowledged(told());
      expect(promised).toBeGreaterThan(stored);
      acknowledged += promised - stored;
      const store = room.open();
      const { seq } = store.events.head;
      expect(seq).toBeGreaterThanOrEqual(promised);
      // At most the one append that had not returned yet.
      expect(seq - promised).toBeLessThanOrEqual(4);
      let count = stored;
      for (const event of store.events.readAll({ afterSeq: stored })) expect(event.seq).toBe((count += 1));
      expect(count).toBe(seq);
      stored = seq;
      store.close();
      if (round % 10 === 0) expect(verifyDatabase(room.folder, room.key).problems).toStrictEqual([]);
    }
    expect(verifyDatabase(room.folder, room.key)).toMatchObject({ ok: true, events: stored, problems: [] });
    console.log(`${kills} kills, ${acknowledged} events acknowledged, 0 lost`);
  },
  soak ? 3_600_000 : 180_000,
);

test('STORE-20 the same kills lose acknowledged events of a writer that answers before it writes, so that the test can fail', async () => {
  room = createRoomFixture(202);
  const keyHex = Buffer.from(room.key).toString('hex');
  for (let round = 1; ; round += 1) {
    const { child, told, until } = start('writer', room.folder, keyHex, String(round), '0', '--early');
    await until('ACK');
    await sleep(round % 20);
    await killed(child);
    const store = room.open();
    const { seq } = store.events.head;
    store.close();
    if (seq < lastAcknowledged(told())) return;
  }
});

const starts = soak ? 200 : 20;
test.each([
  ['a new room', false],
  ['a room with a record', true],
])(
  `STORE-13 of ${starts} that open %s at once exactly one writes, and the next after it is killed`,
  async (_what, recorded) => {
    room = createRoomFixture(131);
    const opened = room;
    if (recorded) {
      const store = opened.open();
      store.events.appendAll([draft(opened.ids, 'stop-requested', {})]);
      store.close();
    }
    const keyHex = Buffer.from(opened.key).toString('hex');
    const starters = Array.from({ length: starts }, () => start('opener', opened.folder, keyHex));
    await Promise.all(starters.map(({ until }) => until('READY')));
    for (const { child } of starters) child.stdin?.write('go\n');
    const answer = async ({ told }: { told: () => string }): Promise<string> => {
      while (told().split('\n').length < 3) await sleep(2);
      return told().split('\n')[1] ?? '';
    };
    const answers = await Promise.all(starters.map(answer));
    expect(answers.toSorted()).toStrictEqual(['OPEN', ...Array.from({ length: starts - 1 }, () => 'STORE_LOCKED')]);
    const winner = starters[answers.indexOf('OPEN')];
    expect(winner).toBeDefined();
    if (winner !== undefined) await killed(winner.child);
    const store = opened.open();
    expect(store.events.appendAll([draft(opened.ids, 'stop-requested', {})])).toHaveLength(1);
    store.close();
  },
  soak ? 600_000 : 60_000,
);
