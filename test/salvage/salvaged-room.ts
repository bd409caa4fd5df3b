import { cpSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { vi } from 'vitest';
import { dataFolderAt } from '../../electron/service/store/data-folder.ts';
import { createRecoveryKey, writeKeyFile } from '../../electron/service/store/data-key.ts';
import { openCopy } from '../../electron/service/store/database.ts';
import type { RecordedEventDraft } from '../../electron/service/store/event-log.ts';
import { openPrivateNotes, privateNotesFiles } from '../../electron/service/store/private-notes.ts';
import { withPrivateCopy } from '../../electron/service/store/private-copy.ts';
import { privateFileKey } from '../../electron/service/store/private-seal.ts';
import { recordSeal } from '../../electron/service/store/record-seal.ts';
import { salvageRoom, type Salvage, type SalvageTask } from '../../electron/service/store/salvage/salvage-room.ts';
import { tableShapes } from '../../electron/service/store/salvage/table-shapes.ts';
import type { Store } from '../../electron/service/store/store.ts';
import { using } from '../backup/backup-fixture.ts';
import { createRoomFixture, draft, memoryFolder, sessionDrafts, type RoomFixture } from '../store/room-fixture.ts';

export const startMs = 1_795_446_000_000;
const sessionS = 300;
export const sessionCount = 6;

/** A room of some sessions, an hour each: most of them ended, the first two signed, the last one open. */
export interface RoomToDamage extends RoomFixture {
  readonly printedKey: string;
  readonly sessions: readonly string[];
  /** A copy of its folder, as it stands, to be damaged. */
  copy(name: string): string;
  salvage(damaged: string, to: string, options?: Partial<SalvageTask>): Salvage;
}

export function createRoomToDamage(seed = 611): RoomToDamage {
  const room = createRoomFixture(seed, mkdtempSync(join(memoryFolder(), 'vigil-salvage-')));
  const { ids, key, folder, place } = room;
  vi.stubEnv('TMPDIR', place);
  const sessions = Array.from({ length: sessionCount }, () => ids.uuid());
  using(room.open(), (store) => {
    store.events.appendAll([draft(ids, 'room-set-up', { roomName: 'Room 2', demo: false })]);
    for (const [index, sessionId] of sessions.entries()) playSession(room, store, sessionId, index);
  });
  writeKeyFile(dataFolderAt(folder), key);
  const printedKey = createRecoveryKey(dataFolderAt(folder), key, (count) => ids.randomBytes(count));
  // As SQLite leaves it when the computer loses its power: the last commits in its log.
  const kept = join(place, 'kept');
  using(room.open(), (store) => {
    store.events.appendAll([
      draft(
        ids,
        'service-started',
        { version: 't', bootId: ids.uuid(), checkpointKey: store.checkpoints.publicKey },
        { tick: sessionCount * 3600 },
      ),
    ]);
    for (let index = 0; index < 20; index += 1) {
      store.events.appendAll([entry(room, sessions.at(-1) ?? '', sessionCount * 3600 + index)]);
    }
    store.events.keepHead();
    cpSync(folder, kept, { recursive: true });
  });
  return {
    ...room,
    printedKey,
    sessions,
    copy: (name) => {
      cpSync(kept, join(place, name), { recursive: true });
      return join(place, name);
    },
    salvage: (path, to, options) =>
      salvageRoom({
        path,
        key,
        to,
        backup: null,
        ids,
        now: { utcMs: startMs + 86_400_000, offsetMin: 0 },
        account: 'it',
        onProgress: () => undefined,
        ...options,
      }),
    close: () => {
      vi.unstubAllEnvs();
      room.close();
    },
  };
}

function entry({ ids }: RoomFixture, sessionId: string, tick: number): RecordedEventDraft {
  const text = `calm ${'and breathing quietly, '.repeat(tick % 90)}`;
  return draft(ids, 'observation-recorded', { text: text.slice(0, 1900), chips: [] }, { sessionId, tick, commandId: ids.uuid() });
}

function playSession(room: RoomFixture, store: Store, sessionId: string, index: number): void {
  const { ids } = room;
  const from = index * 3600;
  const bootId = ids.uuid();
  const started = draft(
    ids,
    'service-started',
    { version: 't', bootId, checkpointKey: store.checkpoints.publicKey },
    { tick: from, bootId },
  );
  take(store, [started]);
  const opened = sessionDrafts(ids, sessionId, 0).map((one) => ({
    ...one,
    recorded: { utcMs: startMs + from * 1000, offsetMin: 0 },
    bootId,
    monoMs: from,
  }));
  take(store, opened as RecordedEventDraft[]);
  const [oximeter, cuff] = [ids.uuid(), ids.uuid()];
  for (let second = 0; second < sessionS; second += 1) {
    const at = { utcMs: startMs + (from + second) * 1000, offsetMin: 0 };
    const row = { sessionId, at, monoMs: second * 1000, bootId };
    store.readings.appendSecond([
      {
        ...row,
        monitorId: oximeter,
        readings: [
          { metric: 'spo2', value: 90 + (second % 9) + (second % 7) / 10, unit: '%', quality: 'good' },
          { metric: 'pulse-rate', value: 60 + (second % 30), unit: '/min', quality: 'good' },
        ],
      },
      { ...row, monitorId: cuff, readings: [{ metric: 'temp', absent: second % 2 === 0 ? 'sensor-off' : 'searching' }] },
    ]);
    if (second % 5 === 0)
      take(store, [{ ...entry(room, sessionId, from + second), bootId, monoMs: second * 1000 } as RecordedEventDraft], ids.randomBytes(32));
    if (second % 50 === 0)
      take(store, [draft(ids, 'signed-out', { personId: ids.uuid(), cause: 'asked' }, { tick: from + second, bootId })]);
    if (second % 60 === 0) appendWave(store, { sessionId, monitorId: oximeter, bootId }, from + second);
    if (second % 200 === 0) store.checkpoints.sign(at.utcMs);
  }
  const witness = { personId: ids.uuid(), name: 'Somebody' };
  const stock = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 } as const;
  if (index === 1)
    take(store, [draft(ids, 'controlled-drug-drawn', { stock, ug: 50_000, forDose: true, witness }, { sessionId, tick: from + sessionS })]);
  if (index % 2 === 0) addNote(room, store, sessionId, from);
  if (index < sessionCount - 1) take(store, [draft(ids, 'session-ended', {}, { sessionId, tick: from + sessionS, bootId })]);
  if (index < 2) sign(room, store, sessionId, from + sessionS + 60);
  store.checkpoints.sign(startMs + from * 1000);
}

function take(store: Store, drafts: RecordedEventDraft[], digest: Uint8Array | null = null): void {
  store.checkpoints.take(store.events.appendAll(drafts, digest));
}

function appendWave(store: Store, of: { sessionId: string; monitorId: string; bootId: string }, second: number): void {
  const samples = Array.from({ length: 750 }, (_, at) => (at * 97 + second) % 60_000);
  const at = { utcMs: startMs + second * 1000, offsetMin: 0 };
  const wave = { ...of, metric: 'pleth', unit: '1', periodMs: 1000 / 75, flags: [] };
  store.waves.append([{ ...wave, at, monoMs: second * 1000, firstSample: second * 75, follows: false, samples }]);
}

function addNote({ ids, key, folder }: RoomFixture, store: Store, sessionId: string, from: number): void {
  const authorId = ids.uuid();
  using(openPrivateNotes(folder, key, ids), (notes) => {
    notes.authors.add(authorId, {
      salt: ids.randomBytes(32),
      cost: 'scrypt$N=2,r=1,p=1',
      withPhrase: false,
      sealed: ids.randomBytes(60),
      pepper: null,
    });
    for (let index = 0; index < 6; index += 1) {
      const noteId = ids.uuid();
      const at = { atMs: startMs + from * 1000, offsetMin: 0, recordedMs: startMs + from * 1000 };
      notes.addNote({ noteId, authorId, sessionId, ...at, sealed: ids.randomBytes(1068), keyNumber: 1 }, null);
      take(store, [draft(ids, 'private-note-marked', { noteId }, { sessionId, actor: { personId: authorId }, tick: from + index })]);
      notes.setMarked(noteId);
    }
  });
}

function sign({ ids }: RoomFixture, store: Store, sessionId: string, tick: number): void {
  const found = recordSeal(store, sessionId, store.events.head.seq);
  if (found === null) throw new Error('nothing to sign');
  const { recordHash, ...seal } = found;
  const body = { version: 1, personId: ids.uuid(), name: 'Ada', role: 'nurse', meaning: 'authored', recordHash, seal } as const;
  take(store, [draft(ids, 'session-signed', body, { sessionId, tick })]);
}

export type Content = ReadonlyMap<string, ReadonlyMap<string, readonly unknown[]>>;

/** All rows of a room's two files, each by its key; what a salvage works out anew is left out. */
export function contentOf(folder: string, key: Uint8Array): Content {
  const place = dataFolderAt(folder);
  const record = rowsIn(place.databaseFile, key);
  const notes = rowsIn(privateNotesFiles(place).databaseFile, privateFileKey(key));
  return new Map([...record, ...[...notes].map(([table, rows]) => [`private ${table}`, rows] as const)]);
}

const madeAnew = new Set(['run_start', 'command_start', 'marked']);

function rowsIn(file: string, key: Uint8Array): Map<string, Map<string, readonly unknown[]>> {
  return withPrivateCopy(file, (copy) =>
    using(openCopy(copy, key), (connection) => {
      const tables = new Map<string, Map<string, readonly unknown[]>>();
      for (const { name, columns } of tableShapes(connection)) {
        const names = columns.map((column) => column.name).filter((column) => !madeAnew.has(column));
        const rows = connection
          .prepare<[], unknown[]>(`SELECT ${names.join(', ')} FROM ${name}`)
          .raw()
          .all();
        const keyLength = name === 'reading_hour' ? 2 : 1;
        tables.set(name, new Map(rows.map((row) => [keyOf(row.slice(0, keyLength)), row])));
      }
      return tables;
    }),
  );
}

export function keyOf(values: readonly unknown[]): string {
  return values.map((value) => (Buffer.isBuffer(value) ? value.toString('hex') : String(value))).join(' ');
}

/** The SHA-256 of every file of a folder, by name. */
export function sumsOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => [
      join(parentPath, name),
      createHash('sha256')
        .update(readFileSync(join(parentPath, name)))
        .digest('hex'),
    ]),
  );
}

export function change(file: string, how: (bytes: Buffer) => Buffer | void): void {
  const bytes = readFileSync(file);
  writeFileSync(file, how(bytes) ?? bytes, { mode: 0o600 });
}
