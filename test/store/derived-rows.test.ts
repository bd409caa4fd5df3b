import { copyFileSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SessionCache } from '../../electron/service/recorder/session-cache.ts';
import { sessionFacts, type SessionFacts } from '../../electron/service/session/questions/session-facts.ts';
import { DerivedRows } from '../../electron/service/store/derived-rows.ts';
import { StoreError } from '../../electron/service/store/store-error.ts';
import { EventReader } from '../../electron/service/store/event-reader.ts';
import { openTestRoom, startDose, type TestRoom } from '../support/test-room.ts';

let room: TestRoom;
beforeEach(() => {
  room = openTestRoom();
});
afterEach(() => room.close());

const fileOf = ({ folder }: TestRoom): string => join(folder, 'derived.db');

/** Sessions that are over, the drug of each drawn and wasted. */
function playSessions(count: number): void {
  for (let played = 0; played < count; played += 1) {
    room.openSession();
    startDose(room);
    room.insist({ type: 'complete-dose' });
    room.insist({ type: 'end-session', reason: 'played' });
    room.clock.advance(3_600_000);
  }
}

/** A cache over the open room's files that says how many sessions it had to fold. */
function countingCache(): { readonly cache: SessionCache; readonly folds: () => number } {
  let folds = 0;
  class CountingReader extends EventReader {
    override readSession(sessionId: string): ReturnType<EventReader['readSession']> {
      folds += 1;
      return super.readSession(sessionId);
    }
  }
  const { database, derived } = room.room.recorder.storage.store;
  const events = new CountingReader(database);
  return { cache: new SessionCache(() => ({ events, derived })), folds: () => folds };
}

function factsOf(cache: SessionCache): readonly (SessionFacts | null)[] {
  return cache.newest(100).map(({ sessionId }) => cache.facts(sessionId));
}

/** By the log alone. */
function workedOut(): readonly SessionFacts[] {
  const { sessions } = room.room.recorder;
  return sessions.newest(100).map(({ sessionId }) => sessionFacts(sessions.require(sessionId)));
}

describe('what was worked out from the log, kept on disk', () => {
  test('STORE-40 a list after a start folds no session that an earlier one has folded', async () => {
    playSessions(3);
    room.room.records.list();
    await room.pass(1000);
    await room.restart();
    const { cache, folds } = countingCache();
    expect(factsOf(cache)).toEqual(workedOut());
    expect(folds()).toBe(0);
  });

  test.each([
    { when: 'at once', between: () => Promise.resolve() },
    { when: 'after a start of the service', between: () => room.restart() },
  ])('STORE-40 a session that got another event $when is worked out again', async ({ between }) => {
    playSessions(2);
    room.room.records.list();
    await room.pass(1000);
    await between();
    const { recorder } = room.room;
    const [last] = recorder.sessions.newest(1);
    const end = recorder.sessions.require(last?.sessionId ?? '').log.findLast(({ kind }) => kind === 'session-ended');
    const act = { commandId: room.room.ids.uuid(), personId: room.nurseId };
    recorder.execute(act, last?.sessionId ?? '', { type: 'undo', eventId: end?.eventId ?? '' });
    await room.restart();
    const { cache, folds } = countingCache();
    const facts = factsOf(cache);
    expect(facts).toEqual(workedOut());
    expect(facts[0]?.endedMs).toBeNull();
    expect(folds()).toBe(1);
  });

  test('STORE-40 what was never folded is folded a session at a step', async () => {
    playSessions(3);
    await room.restart();
    const { cache, folds } = countingCache();
    const before: number[] = [];
    for (const _step of cache.gatherFacts(cache.newest(100).map(({ sessionId }) => sessionId))) before.push(folds());
    expect(before).toEqual([1, 2, 3]);
    expect(factsOf(cache)).toEqual(workedOut());
    expect(folds()).toBe(3);
  });

  test('STORE-40 an event of another session that came after makes no difference', async () => {
    playSessions(1);
    room.room.records.list();
    await room.pass(1000);
    playSessions(1);
    await room.restart();
    const { cache, folds } = countingCache();
    expect(factsOf(cache)).toEqual(workedOut());
    expect(folds()).toBe(1);
  });

  const damages: readonly { readonly name: string; readonly damage: (file: string) => void }[] = [
    { name: 'is missing', damage: (file) => rmSync(file) },
    { name: 'is empty', damage: (file) => truncateSync(file) },
    { name: 'is cut in the middle of a page', damage: (file) => truncateSync(file, 5000) },
    { name: 'lacks its last page', damage: (file) => truncateSync(file, readFileSync(file).length - 4096) },
    {
      name: 'has a wrong byte in every page',
      damage: (file) => {
        const bytes = readFileSync(file);
        for (let at = 2000; at < bytes.length; at += 4096) bytes[at] = (bytes[at] ?? 0) ^ 1;
        writeFileSync(file, bytes);
      },
    },
    { name: 'is no database', damage: (file) => writeFileSync(file, 'a note from somebody') },
  ];

  test.each(damages)('STORE-41 where the file $name, everything is worked out, and it is made anew', async ({ damage }) => {
    playSessions(2);
    room.room.records.list();
    await room.pass(1000);
    await room.room.close();
    damage(fileOf(room));
    await room.restart();
    const { cache, folds } = countingCache();
    expect(factsOf(cache)).toEqual(workedOut());
    expect(folds()).toBe(2);
    await room.pass(1000);
    await room.restart();
    const again = countingCache();
    expect(factsOf(again.cache)).toEqual(workedOut());
    expect(again.folds()).toBe(0);
  });

  test('STORE-41 where it cannot be made, everything is worked out each time', async () => {
    playSessions(1);
    await room.room.close();
    rmSync(fileOf(room), { force: true });
    mkdirSync(fileOf(room), { mode: 0o700 });
    await room.restart();
    expect(room.room.records.list()).toHaveLength(1);
    await room.pass(1000);
    await room.restart();
    const { cache, folds } = countingCache();
    expect(factsOf(cache)).toEqual(workedOut());
    expect(folds()).toBe(1);
  });

  test('STORE-41 the file of another room, or of this one in another life, counts for nothing', async () => {
    playSessions(1);
    room.room.records.list();
    await room.pass(1000);
    await room.room.close();
    const saved = `${fileOf(room)}.saved`;
    copyFileSync(fileOf(room), saved);
    const other = openTestRoom({ startMs: 1_700_000_000_000 });
    const [here, elsewhere] = [room, other];
    room = other;
    // Ids of tests are the same in every room, times are not.
    playSessions(1);
    await other.room.close();
    copyFileSync(saved, fileOf(other));
    rmSync(saved);
    await other.restart();
    const { cache, folds } = countingCache();
    expect(factsOf(cache)).toEqual(workedOut());
    expect(folds()).toBe(1);
    await elsewhere.close();
    room = here;
    await here.restart();
  });

  test('STORE-41 what another version worked out is not used', () => {
    const { store } = room.room.recorder.storage;
    const [seq, key] = [store.events.head.seq, new Uint8Array(32).fill(7)];
    const rowsOf = (version: string): DerivedRows =>
      new DerivedRows({ file: join(room.folder, 'other.db'), key, version, hashOf: (at) => store.events.hashOf(at) });
    const row = { projection: 'session-facts', subject: 'a session', throughSeq: seq, body: '{}' } as const;
    const older = rowsOf('1.0.0');
    older.put(row);
    older.flush();
    older.close();
    const same = rowsOf('1.0.0');
    expect(same.find('session-facts', 'a session')).toEqual(row);
    same.close();
    const newer = rowsOf('1.0.1');
    expect(newer.find('session-facts', 'a session')).toBeNull();
    newer.put(row);
    newer.flush();
    expect(newer.find('session-facts', 'a session')).toEqual(row);
    newer.close();
  });

  test('STORE-41 damage of the log at the end of a kept session is no failure of its lists', async () => {
    playSessions(2);
    room.room.records.list();
    await room.pass(1000);
    await room.restart();
    const expected = workedOut();
    const { events } = room.room.recorder.storage.store;
    const damaged = {
      find: (): never => {
        throw new StoreError('STORE_CORRUPT', 'a page does not fit its seal', 'vigil.db');
      },
      put: () => undefined,
    };
    const cache = new SessionCache(() => ({ events, derived: damaged as unknown as DerivedRows }));
    expect(factsOf(cache)).toEqual(expected);
  });

  test('STORE-41 nothing of a patient can be read in the file without its key', async () => {
    playSessions(1);
    room.room.records.list();
    await room.pass(1000);
    await room.room.close();
    const text = readFileSync(fileOf(room)).toString('latin1');
    expect(text.length).toBeGreaterThan(4096);
    expect(text).not.toContain('Demo Patient');
    await room.restart();
  });
});
