import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedEventDraft } from '../../electron/service/store/event-log.ts';
import { StoreError } from '../../electron/service/store/store-error.ts';
import { openStore, type Store } from '../../electron/service/store/store.ts';
import type { EventBody, EventKind } from '../../electron/service/session/events/session-event.ts';
import type { Ids } from '../../electron/service/platform/platform.ts';
import { createSeededIds } from '../support/seeded-ids.ts';

/** A room's data folder in a temporary place, with a key and ids that are the same in every run. */
export interface RoomFixture {
  /** Holds the data folder; removed by `close`. */
  readonly place: string;
  readonly folder: string;
  readonly key: Uint8Array;
  readonly ids: Ids;
  open(): Store;
  close(): void;
}

export function createRoomFixture(seed = 1, place = mkdtempSync(join(tmpdir(), 'vigil-store-'))): RoomFixture {
  const folder = join(place, 'room');
  const ids = createSeededIds(seed);
  const key = ids.randomBytes(32);
  return {
    place,
    folder,
    key,
    ids,
    open: () => openStore({ folder, key, ids }),
    close: () => rmSync(place, { recursive: true, force: true }),
  };
}

/** Memory where there is some: what is tested there is what was written, not how long the disk takes. */
export function memoryFolder(): string {
  try {
    accessSync('/dev/shm', constants.W_OK);
    return '/dev/shm';
  } catch {
    return tmpdir();
  }
}

export const bootId = '0193a000-0000-7000-8000-00000000b007';

/** An event ready for the log. Times advance with `tick`, so that every event differs. */
export function draft<K extends EventKind>(
  ids: Ids,
  kind: K,
  body: EventBody<K>,
  rest: { readonly [P in keyof RecordedEventDraft]?: RecordedEventDraft[P] } & { readonly tick?: number } = {},
): RecordedEventDraft {
  const { tick = 0, ...given } = rest;
  const at = { utcMs: 1_795_446_000_000 + tick * 1000, offsetMin: -300 };
  return {
    eventId: ids.uuid(),
    sessionId: null,
    kind,
    body,
    occurred: at,
    recorded: { ...at, utcMs: at.utcMs + 7 },
    monoMs: 1000.125 + tick,
    bootId,
    actor: 'service',
    commandId: null,
    supersedes: null,
    ...given,
  } as RecordedEventDraft;
}

/** The commonest event of a session: a rating's item answered. */
export function answer(ids: Ids, sessionId: string, ratingId: string, tick: number): RecordedEventDraft {
  const body = { ratingId, item: 1 + (tick % 23), value: tick % 5 };
  return draft(ids, 'item-answered', body, { tick, sessionId, commandId: ids.uuid(), actor: { personId: sessionId } });
}

/** `count` events of one session after a session-opened. */
export function sessionDrafts(ids: Ids, sessionId: string, count: number): RecordedEventDraft[] {
  const opened = draft(
    ids,
    'session-opened',
    {
      patientId: ids.uuid(),
      patientName: 'Ada Example',
      birthDate: '1980-02-29',
      recordNumber: 'R-1001',
      protocolId: 'iv-0.5-40',
      protocolVersion: 1,
      course: { number: 1, of: 6 },
    },
    { sessionId },
  );
  const ratingId = ids.uuid();
  return [opened, ...Array.from({ length: count }, (_, index) => answer(ids, sessionId, ratingId, index + 1))];
}

/** The code of the `StoreError` that `work` throws. Fails where it throws something else or nothing. */
export function storeErrorOf(work: () => unknown): StoreError {
  try {
    work();
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
  throw new Error('no StoreError was thrown');
}
