import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { syncCommand } from '../../electron/cli/sync.ts';
import type { EventId } from '../../shared/values/ids.ts';
import { projectRoot } from '../../electron/setup/project-root.mjs';
import { blobToId } from '../../electron/service/store/event-row.ts';
import { openRoomCopy } from '../../electron/service/store/room-copy.ts';
import type { Hubs, TestHub } from '../hub/hub-fixture.ts';
import { pageOf } from '../support/page.ts';
import { quickPinHash } from '../support/quick-hash.ts';
import { reasonForNoPostgres, type Login, type OwnPostgres } from '../support/own-postgres.ts';
import { openTestRoom, testPin, testRoomKey, type TestRoom } from '../support/test-room.ts';

/** Words of which none may ever be at a hub. */
export const canaries = {
  pinHash: quickPinHash(testPin).slice(quickPinHash(testPin).lastIndexOf('$') + 1),
  unagreed: 'ocarina in the cellar',
  private: 'xylophone on the stairs',
} as const;
export const agreed = 'zither by the window';

/** A row of the log as the room's own file has it. */
export interface LoggedRow {
  readonly seq: number;
  readonly epoch: string;
  readonly kind: string;
  readonly body: string;
  readonly hash: string;
}

export interface SentRoom {
  readonly place: string;
  readonly test: TestRoom;
  readonly folder: string;
  readonly roomId: string;
  /** An observation of the session that is open. */
  observe(text: string): EventId;
  /** Their author takes it to the private side. */
  takePrivate(eventId: EventId): Promise<void>;
  logged(folder?: string): LoggedRow[];
}

/** A room with two sessions, words without agreement, a changed PIN, and a second session that goes on. */
export function openSentRoom(ctx: TestContext): SentRoom {
  const place = mkdtempSync(join(tmpdir(), 'vigil-sync-'));
  const test = openTestRoom({ base: place });
  ctx.onTestFinished(async () => {
    await test.close();
    rmSync(place, { recursive: true, force: true });
  });
  const { folder } = test;
  writeFileSync(join(folder, 'key'), `${Buffer.from(testRoomKey).toString('hex')}\n`, { mode: 0o600 });
  const begunAt = test.clock.now().utcMs;
  const observe = (text: string): EventId => {
    const [eventId] = test.execute({ type: 'record-observation', text, chips: [], begunAt }, test.therapistId).eventIds;
    if (eventId === undefined) throw new Error('no observation was recorded');
    return eventId;
  };
  const quote = (words: string, consent: boolean): void => {
    const details = { utterance: { words, consent, spoken: 'spontaneously' as const } };
    test.execute({ type: 'record-observation', text: 'speaks softly', chips: [], details, begunAt }, test.therapistId);
  };
  test.openSession();
  quote(agreed, true);
  quote(canaries.unagreed, false);
  test.execute({ type: 'end-session', reason: 'patient-declined' });
  test.room.recorder.recordRoom(
    { events: [{ kind: 'pin-changed', body: { personId: test.nurseId, pinHash: quickPinHash(testPin) } }] },
    test.nurseId,
  );
  const sessionId = test.openSession();
  return {
    place,
    test,
    folder,
    roomId: test.room.recorder.storage.store.events.head.roomId,
    observe,
    takePrivate: async (eventId) => {
      const page = pageOf(test.host, test.therapistId);
      await page.private.open({ sessionId, pin: testPin, phrase: null });
      await page.private.moveToPrivate({ sessionId, commandId: test.room.ids.uuid(), eventId });
    },
    logged: (of = folder) => {
      const copy = openRoomCopy(of, testRoomKey);
      try {
        return copy.read((connection) =>
          connection
            .prepare<[], { seq: number; epoch: Buffer; kind: string; body: string; hash: Buffer }>('SELECT * FROM event ORDER BY seq')
            .all()
            .map(({ seq, epoch, kind, body, hash }) => ({ seq, epoch: blobToId(epoch), kind, body, hash: hash.toString('hex') })),
        );
      } finally {
        copy.close();
      }
    },
  };
}

export interface JoinedRoom extends SentRoom {
  readonly hub: TestHub;
  /** Of the room's login at the hub. */
  readonly env: Record<string, string>;
}

/** The same room, and a hub at which it has a login. */
export async function joinedRoom(ctx: TestContext, hubs: Hubs): Promise<JoinedRoom> {
  ctx.skip(reasonForNoPostgres !== null, reasonForNoPostgres ?? '');
  const hub = await hubs.create();
  ctx.onTestFinished(() => hub.close());
  const room = openSentRoom(ctx);
  return { ...room, hub, env: environment(hubs.postgres, hub.database, await hub.addRoom(room.roomId)) };
}

export interface Ran {
  readonly code: number;
  readonly line: Record<string, unknown>;
  readonly told: string;
}

export function environment(postgres: OwnPostgres, database: string, { user, password }: Login): Record<string, string> {
  return { VIGIL_HUB_DSN: `postgresql://${user}@127.0.0.1:${postgres.port}/${database}`, VIGIL_HUB_PASSWORD: password };
}

/** Runs `vigil sync` on a room that is stopped, or on a copy: a second handle in this process would drop the locks of a room in it. */
export async function sync(folder: string, env: Record<string, string>, ...argv: string[]): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []];
  const io = { stdout: (line: string) => void out.push(line), stderr: (line: string) => void err.push(line) };
  const code = await syncCommand.run(['--data', folder, ...(argv.includes('--status') ? [] : ['--once']), ...argv], io, env);
  return { code, line: JSON.parse(out.at(-1) ?? '{}') as Record<string, unknown>, told: err.join('\n') };
}

/** As somebody at a terminal runs it. `asOne`: without the process that watches over it. */
export function startSync(
  folder: string,
  env: Record<string, string>,
  asOne = false,
): { readonly child: ChildProcess; ended(): Promise<Ran> } {
  const vigil = join(projectRoot, 'electron', 'cli', 'vigil.ts');
  const child = spawn(process.execPath, [vigil, 'sync', '--data', folder, '--once'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env, ...(asOne ? { VIGIL_WORKS_ITSELF: '1' } : {}) },
  });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on('data', (text: Buffer) => out.push(text.toString('utf8')));
  child.stderr.on('data', (text: Buffer) => err.push(text.toString('utf8')));
  const closed = once(child, 'close');
  return {
    child,
    ended: async () => {
      const [code] = (await closed) as [number | null];
      const text = out.join('').trim();
      return { code: code ?? -1, line: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>), told: err.join('') };
    },
  };
}

/** All that a hub holds, as text. */
export async function allText(hub: TestHub): Promise<string> {
  const tables = await hub.owner.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'vigil'::regnamespace AND relkind = 'r'`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await hub.owner.query<{ text: string }>(`SELECT row_to_json(t)::text AS text FROM vigil.${name} AS t`);
    texts.push(...rows.map(({ text }) => text));
  }
  return texts.join('\n');
}

/** A hub at which the batch with this entry waits until it is let go, with those that come behind it. */
export async function holdAt(hub: TestHub, seq: number): Promise<{ reached(batches: number): Promise<void>; letGo(): Promise<void> }> {
  await hub.owner
    .query(`CREATE FUNCTION public.held() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock(77); RETURN NEW; END';
    CREATE TRIGGER held BEFORE INSERT ON vigil.event FOR EACH ROW WHEN (NEW.seq = ${seq}) EXECUTE FUNCTION public.held()`);
  await hub.owner.query('SELECT pg_advisory_lock(77)');
  const waiting = async (): Promise<number> =>
    (
      await hub.owner.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%append_events%'`,
      )
    ).length;
  const become = async (holds: (count: number) => boolean): Promise<void> => {
    while (!holds(await waiting())) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  return {
    reached: (batches) => become((count) => count >= batches),
    letGo: async () => {
      await hub.owner.query('SELECT pg_advisory_unlock(77)');
      await become((count) => count === 0);
      await hub.owner.query('DROP TRIGGER held ON vigil.event');
    },
  };
}
