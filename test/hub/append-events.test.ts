import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest';
import type { HubConnection } from '../../electron/service/sync/hub/hub-connection.ts';
import type { SentBatch, SentRow } from '../../electron/service/sync/sync-driver.ts';
import { appendEvents, askHead } from '../../electron/service/sync/targets/postgres/hub-log.ts';
import { reasonForNoPostgres } from '../support/own-postgres.ts';
import { createChainedLog, withheld, type ChainedLog } from './chained-log.ts';
import { startHubs, type Hubs, type TestHub } from './hub-fixture.ts';

let hubs: Hubs;
beforeAll(async () => {
  if (reasonForNoPostgres === null) hubs = await startHubs();
});
afterAll(() => hubs?.close());

interface Sending {
  readonly hub: TestHub;
  readonly log: ChainedLog;
  readonly room: HubConnection;
  /** Sends rows, and gives the outcome or the code of what was thrown. */
  send(rows: readonly SentRow[], takenBack?: SentBatch['takenBack'], by?: HubConnection): Promise<string>;
}

let seeds = 100;

async function sending(ctx: TestContext): Promise<Sending> {
  ctx.skip(reasonForNoPostgres !== null, reasonForNoPostgres ?? '');
  const hub = await hubs.create();
  const log = createChainedLog((seeds += 1));
  const room = await hub.connect(await hub.addRoom(log.roomId));
  ctx.onTestFinished(() => {
    room.end();
    hub.close();
  });
  return {
    hub,
    log,
    room,
    send: async (rows, takenBack = [], by = room) => {
      try {
        return await appendEvents(by, { rows, takenBack });
      } catch (error) {
        return (error as { code: string }).code;
      }
    },
  };
}

const wholeRow = (row: SentRow & { readonly arrivedMs?: number }): SentRow => {
  const { arrivedMs: _, ...rest } = row;
  return rest;
};
const codeOf = async (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'allowed',
    (error: { code: string }) => error.code,
  );

test('HUB-4 rows arrive to the letter, and are taken once: again, with a gap or with a lap they change nothing', async (ctx) => {
  const { hub, log, send, room } = await sending(ctx);
  log.add(300);
  expect((await askHead(room)).epochs).toEqual([]);
  expect(await send(log.rows.slice(0, 200))).toBe('appended');
  expect(await send(log.rows.slice(0, 200))).toBe('elsewhere');
  expect(await send(log.rows.slice(100, 250))).toBe('elsewhere');
  expect(await send(log.rows.slice(250))).toBe('elsewhere');
  expect((await hub.rowsOf(log.roomId)).length).toBe(200);
  expect(await send(log.rows.slice(200))).toBe('appended');
  expect((await hub.rowsOf(log.roomId)).map(wholeRow)).toEqual(log.rows);
  const [epoch] = log.epochs;
  expect(await askHead(room)).toMatchObject({
    roomId: log.roomId,
    schemaVersion: 10,
    hasLeft: false,
    epochs: [{ epoch: epoch?.epoch, firstSeq: 1, lastSeq: 300, lastHash: log.rows[299]?.hash }],
  });
  expect(await hub.owner.query('SELECT * FROM vigil.wrong_events()')).toEqual([]);
});

test('HUB-5 a row of which a letter was changed on the way, or that was moved, is refused, and nothing of its batch is written', async (ctx) => {
  const { hub, log, send } = await sending(ctx);
  log.add(20);
  const changed = log.rows.map((row, index) => (index === 11 ? { ...row, body: `${row.body ?? ''} ` } : row));
  const swapped = [...log.rows.slice(0, 3), log.rows[4]!, log.rows[3]!, ...log.rows.slice(5)];
  const fields: readonly Partial<SentRow>[] = [
    { kind: 'other' },
    { occurredMs: 1 },
    { occurredOffsetMin: 0 },
    { recordedMs: 1 },
    { recordedOffsetMin: 0 },
    { monoUs: 1 },
    { bootId: 'other' },
    { actor: null },
    { commandId: null },
    { supersedes: log.roomId },
    { sessionId: log.roomId },
    { eventId: log.roomId },
  ];
  expect(await send(changed)).toBe('23514');
  expect(await send(swapped)).toBe('23514');
  for (const field of fields) expect(await send([{ ...log.rows[0]!, ...field }])).toBe('23514');
  expect(await hub.rowsOf(log.roomId)).toEqual([]);
  expect(await send(log.rows)).toBe('appended');
});

test('HUB-5 without the check of the hash a changed row would be taken', async (ctx) => {
  const { hub, log, send } = await sending(ctx);
  log.add(20);
  await hub.owner.query(`UPDATE pg_proc SET prosrc = replace(prosrc, 'RAISE EXCEPTION ''the hash', 'RAISE WARNING ''the hash')
    WHERE proname = 'append_events'`);
  expect(await send(log.rows.map((row) => ({ ...row, body: '{}' })))).toBe('appended');
  expect((await hub.owner.query('SELECT * FROM vigil.wrong_events()')).length).toBe(20);
});

test('HUB-6 a row without its body keeps its place, and what follows is bound to it', async (ctx) => {
  const { hub, log, send } = await sending(ctx);
  log.add(30);
  const sent = log.rows.map((row, index) => (index === 4 ? withheld(row, '{"name":"Ada"}') : index === 9 ? withheld(row) : row));
  expect(await send(sent.slice(0, 10))).toBe('appended');
  expect(await send([{ ...log.rows[10]!, prev: '11'.repeat(32) }])).toBe('fork');
  expect(await send(sent.slice(10))).toBe('appended');
  expect((await hub.rowsOf(log.roomId)).map(wholeRow)).toEqual(sent);
  expect(await send([{ ...log.add(1)[0]!, body: null }])).toBe('23514');
});

test('HUB-6 words that are taken back go with the rows that take them back, once and for ever, and it is written who did it', async (ctx) => {
  const { hub, log, room, send } = await sending(ctx);
  log.add(30);
  const { epoch } = log.epochs[0]!;
  await send(log.rows.slice(0, 20));
  const takenBack: SentBatch['takenBack'] = [
    { epoch, seq: 7, withheld: 'private', redacted: null },
    { epoch, seq: 8, withheld: 'not-agreed', redacted: '{"rest":1}' },
  ];
  expect(await send(log.rows.slice(20, 25), takenBack)).toBe('appended');
  const rows = await hub.rowsOf(log.roomId);
  expect(rows.filter(({ body }) => body === null).map(({ seq, withheld: why, redacted }) => [seq, why, redacted])).toEqual([
    [7, 'private', null],
    [8, 'not-agreed', '{"rest":1}'],
  ]);
  expect(await send(log.rows.slice(25), [{ epoch, seq: 7, withheld: 'credential', redacted: '{}' }])).toBe('appended');
  expect((await hub.rowsOf(log.roomId))[6]).toMatchObject({ body: null, withheld: 'private', redacted: null });
  const written = await hub.owner.query('SELECT seq::int, reason, by_login FROM vigil.withholding ORDER BY seq');
  const [{ me }] = (await room.query('SELECT session_user AS me')) as [{ me: string }];
  expect(written).toEqual([
    { seq: 7, reason: 'private', by_login: me },
    { seq: 8, reason: 'not-agreed', by_login: me },
  ]);
  // What was told in the place of a body goes as well, where its author takes all of it to the private side.
  log.add(1);
  expect(await send(log.rows.slice(30), [{ epoch, seq: 8, withheld: 'private', redacted: null }])).toBe('appended');
  expect((await hub.rowsOf(log.roomId))[7]).toMatchObject({ body: null, withheld: 'private', redacted: null });
  expect(await hub.owner.query('SELECT seq::int, reason FROM vigil.withholding ORDER BY seq')).toEqual([
    { seq: 7, reason: 'private' },
    { seq: 8, reason: 'private' },
  ]);
  expect(await hub.owner.query('SELECT * FROM vigil.wrong_events()')).toEqual([]);
});

test('HUB-6 what is no words of somebody is not taken back: whoever has a room’s login cannot empty what it sent', async (ctx) => {
  const { hub, log, send } = await sending(ctx);
  log.add(20);
  const { epoch } = log.epochs[0]!;
  await send(log.rows.slice(0, 15));
  const all = log.rows.slice(0, 15).map(({ seq }) => ({ epoch, seq, withheld: 'private' as const, redacted: '{"forged":1}' }));
  expect(await send(log.rows.slice(15), all)).toBe('23514');
  expect((await hub.rowsOf(log.roomId)).map(wholeRow)).toEqual(log.rows.slice(0, 15));
});

test('HUB-7 a second room with the same number and another event is refused as a fork', async (ctx) => {
  const { log, send } = await sending(ctx);
  log.add(10);
  await send(log.rows);
  const clone = log.copy(900);
  log.add(5);
  clone.add(5);
  expect(await send(log.rows.slice(10))).toBe('appended');
  expect(await send(clone.rows.slice(10))).toBe('fork');
  clone.add(5);
  expect(await send(clone.rows.slice(15))).toBe('fork');
});

test('HUB-7 an epoch begins where an event of an earlier one stands here, and nowhere else', async (ctx) => {
  const { hub, log, send } = await sending(ctx);
  log.add(10);
  await send(log.rows);
  const first = [...log.rows];
  log.restoreTo(7);
  log.add(3);
  const stranger = createChainedLog(901);
  stranger.add(3);
  expect(await send(stranger.rows)).toBe('unknown-past');
  expect(await send(log.rows.slice(8))).toBe('unknown-past');
  expect(await send(log.rows.slice(7))).toBe('appended');
  // What was there stays, and the old epoch is over.
  expect((await hub.rowsOf(log.roomId)).map(({ hash }) => hash)).toEqual([...first, ...log.rows.slice(7)].map(({ hash }) => hash));
  expect(await send(first.slice(5))).toBe('elsewhere');
  expect(await send(createChainedLog(902).add(1))).toBe('unknown-past');
  expect(await hub.owner.query('SELECT * FROM vigil.wrong_events()')).toEqual([]);
});

test('HUB-7 without that rule a new epoch would be believed whatever it follows', async (ctx) => {
  const { hub, send, log } = await sending(ctx);
  log.add(3);
  await send(log.rows);
  await hub.owner.query(`UPDATE pg_proc SET prosrc = replace(prosrc, 'RETURN ''unknown-past''', 'NULL') WHERE proname = 'append_events'`);
  log.restoreTo(0);
  log.rows.length = 0;
  log.add(3);
  expect(await send(log.rows.slice(1))).toBe('appended');
  expect((await hub.owner.query('SELECT * FROM vigil.wrong_events()')).length).toBe(1);
});

test('HUB-8 a room has no right on any table, and none on the rows of another room', async (ctx) => {
  const { hub, log, room, send } = await sending(ctx);
  log.add(3);
  await send(log.rows);
  for (const table of ['clinic', 'room', 'login', 'head', 'epoch', 'event', 'withholding', 'schema_version']) {
    for (const asked of ['SELECT FROM', 'DELETE FROM', 'TRUNCATE', 'INSERT INTO']) {
      const text = `${asked} vigil.${table}${asked.startsWith('INSERT') ? ' DEFAULT VALUES' : ''}`;
      expect([text, await codeOf(room.query(text))]).toEqual([text, '42501']);
    }
  }
  expect(await codeOf(room.query('UPDATE vigil.event SET body = NULL'))).toBe('42501');
  expect(await codeOf(room.query('SELECT * FROM vigil.wrong_events()'))).toBe('42501');
  expect(await codeOf(room.query(`SELECT vigil.add_room($1, $1, 'x', 'x')`, [log.roomId]))).toBe('42501');
  const other = await hub.connect(await hub.addRoom(createChainedLog(903).roomId));
  expect((await askHead(other)).epochs).toEqual([]);
  log.add(1);
  expect(await send(log.rows.slice(3), [], other)).toBe('unknown-past');
  other.end();
  const reader = await hub.connect(await hub.addReader());
  expect(await codeOf(askHead(reader))).toBe('42501');
  reader.end();
});

test('HUB-8 a reader sees the rows of the own clinic, and changes nothing', async (ctx) => {
  const { hub, log, send } = await sending(ctx);
  log.add(3);
  await send(log.rows);
  await hub.owner.query(`INSERT INTO vigil.clinic (name) VALUES ('Another clinic')`);
  const [reader, stranger] = [await hub.connect(await hub.addReader()), await hub.connect(await hub.addReader('Another clinic'))];
  expect(await reader.query('SELECT count(*)::int AS n FROM vigil.event')).toEqual([{ n: 3 }]);
  expect(await stranger.query('SELECT count(*)::int AS n FROM vigil.event')).toEqual([{ n: 0 }]);
  expect(await stranger.query('SELECT name FROM vigil.clinic')).toEqual([{ name: 'Another clinic' }]);
  for (const text of ['DELETE FROM vigil.event', `UPDATE vigil.event SET withheld = 'x', body = NULL`, 'TRUNCATE vigil.event CASCADE']) {
    expect([text, await codeOf(reader.query(text))]).toEqual([text, '42501']);
  }
  reader.end();
  stranger.end();
});

test('HUB-8 a room that has left may send nothing more, and what it sent stays', async (ctx) => {
  const { hub, log, room, send } = await sending(ctx);
  log.add(4);
  await send(log.rows.slice(0, 3));
  await hub.owner.query('UPDATE vigil.room SET left_at = now()');
  expect(await send(log.rows.slice(3))).toBe('left');
  expect((await askHead(room)).hasLeft).toBe(true);
  expect((await hub.rowsOf(log.roomId)).length).toBe(3);
});
