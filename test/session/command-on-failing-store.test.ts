import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { RefusedError } from '../../shared/contract/contract-errors.ts';
import { sessionCommandSchema } from '../../shared/contract/session-commands.ts';
import { createSteadyClock } from '../../electron/service/platform/steady-clock.ts';
import { commandOfAct } from '../../electron/service/recorder/act.ts';
import { Recorder } from '../../electron/service/recorder/recorder.ts';
import { Storage } from '../../electron/service/recorder/storage.ts';
import type { NewEvent } from '../../electron/service/session/events/session-event.ts';
import type { RecordedEventDraft } from '../../electron/service/store/event-log.ts';
import { openStore, type Store } from '../../electron/service/store/store.ts';
import { StoreError } from '../../electron/service/store/store-error.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { makeMemoryFolder } from '../support/memory-folder.ts';
import { createSeededIds } from '../support/seeded-ids.ts';
import { createSilentLog } from '../support/silent-log.ts';
import { offsetMin, type PlayedSession } from './played-session.ts';
import { ownGround, takenCommand, type Taken } from './taken-commands.ts';
import { commandTable, isRefusal, laterStages, openStages, yieldOf } from './command-table.ts';

const key = new Uint8Array(32).map((_, index) => index + 1);
const types = sessionCommandSchema.options.map((option) => option.shape.type.value);
const base = makeMemoryFolder('vigil-command-');
afterAll(() => rmSync(base, { recursive: true, force: true }));
let folders = 0;

/** What SQLite itself says of such a disk, so that the whole way from its error to the page's refusal is walked. */
const faults = {
  'read-only': {
    code: 'STORE_READ_ONLY',
    make: ({ database }: Store) => void database.connection.pragma('query_only = ON'),
  },
  full: {
    code: 'STORE_FULL',
    make: (store: Store) => {
      const { connection } = store.database;
      connection.pragma(`max_page_count = ${Number(connection.pragma('page_count', { simple: true }))}`);
      // Until not even the smallest of events finds room.
      const fill = (): void => void store.events.appendAll([draft({ kind: 'clock-stepped', body: { byMs: 1 } })]);
      for (let written = 0; written < 2000; written += 1) if (!fits(fill)) return;
      throw new Error('the disk did not fill up');
    },
  },
} as const;

function fits(write: () => void): boolean {
  try {
    write();
    return true;
  } catch (error) {
    if (error instanceof StoreError && error.code === 'STORE_FULL') return false;
    throw error;
  }
}

const ids = createSeededIds(7);

function draft(event: NewEvent): RecordedEventDraft {
  const now = { utcMs: 1_795_446_000_000, offsetMin };
  const origin = { sessionId: null, actor: 'service', commandId: null, monoMs: 0, bootId: 'f0000000-0000-7000-8000-000000000001' } as const;
  return { ...event, ...origin, eventId: ids.uuid(), occurred: now, recorded: now, supersedes: null } as RecordedEventDraft;
}

/** The session as the recorder would find it on the disk, with the two people who play it. */
function stored(session: PlayedSession): string {
  const folder = join(base, `room-${(folders += 1)}`);
  const { actor, secondPerson: witness } = session.context();
  const people = [actor, witness].flatMap((person): NewEvent[] =>
    person === null ? [] : [{ kind: 'person-added', body: { ...person, pinHash: 'x' } }],
  );
  const store = openStore({ folder, key, ids });
  store.events.appendAll([...people, { kind: 'room-set-up', body: { roomName: 'Room 2', demo: false } } as NewEvent].map(draft));
  // Played time counts from the start of the dose; a boot's clock never runs below zero.
  store.events.appendAll(
    session.log.map((event) => ({ ...event, monoMs: event.monoMs + 12 * 3_600_000 })) as readonly RecordedEventDraft[],
  );
  store.close();
  return folder;
}

function headOf(folder: string): { readonly seq: number } {
  const store = openStore({ folder, key, ids });
  const { head } = store.events;
  store.close();
  return head;
}

/** What the recorder answers, and the disk's last event before and after. */
function executeOn(folder: string, { session, input, answers }: Taken, breakStore: (store: Store) => void) {
  const clock = createSteadyClock(createManualClock({ startMs: session.nowMs }));
  const store = openStore({ folder, key, ids });
  breakStore(store);
  const before = store.events.head;
  const context = session.context();
  const recorder = new Recorder(
    new Storage(
      clock,
      store,
      () => store,
      () => undefined,
    ),
    {
      clock,
      ids,
      log: createSilentLog(),
      version: 'test',
      monitorLive: () => true,
      evidence: () => ({ vitals: () => session.vitals, seal: () => session.seal }),
      listener: { events: () => undefined, readings: () => undefined },
    },
  );
  const act = {
    commandId: ids.uuid(),
    personId: context.actor.personId,
    secondPersonId: context.secondPerson?.personId ?? null,
    ownPinChecked: true,
    answers,
  };
  let answer: string;
  let message = '';
  try {
    const { seq } = recorder.execute(act, session.open.sessionId, sessionCommandSchema.parse(input));
    const recalled = recorder.recall(commandOfAct(act, session.open.sessionId, sessionCommandSchema.parse(input)));
    answer = (recalled ?? []).map((event) => event.kind).join();
    expect(seq).toBeGreaterThan(before.seq);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    answer = error.refusal.code;
    ({ message } = error.refusal);
  }
  recorder.close();
  return { answer, message, before, after: headOf(folder) };
}

describe('every command on a disk that takes nothing', () => {
  test('CMD-3 has ground on which it is taken, so that a refusal here is the disk’s and no rule’s', () => {
    const nowhere = types.filter((type) => [...openStages, ...laterStages].every((one) => isRefusal(yieldOf(commandTable[type], one))));
    expect(Object.keys(ownGround).toSorted()).toEqual(expect.arrayContaining(nowhere.toSorted()));
  });

  test.each(types)('CMD-3 %s is recorded on a disk that works, and refused whole on one that is read-only or full', (type) => {
    const taken = takenCommand(type);
    const folder = stored(taken.session);
    for (const { code, make } of Object.values(faults)) {
      const copy = join(base, `room-${(folders += 1)}`);
      cpSync(folder, copy, { recursive: true });
      const { answer, message, before, after } = executeOn(copy, taken, make);
      expect([type, answer]).toEqual([type, code]);
      expect(message).toMatch(/^Not recorded\. .+\.$/s);
      expect(after).toEqual(before);
    }
    const { answer, before, after } = executeOn(folder, taken, () => undefined);
    expect(isRefusal(answer), `${type}: ${answer}`).toBe(false);
    expect(after.seq).toBeGreaterThan(before.seq);
  });
});
