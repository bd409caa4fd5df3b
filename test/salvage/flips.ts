import { existsSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { pageLength } from '../../electron/service/store/cipher-pages.ts';
import { StoreError } from '../../electron/service/store/store-error.ts';
import { DamagedFile, findSalt } from '../../electron/service/store/salvage/damaged-file.ts';
import { readBTreePage } from '../../electron/service/store/salvage/page-cells.ts';
import type { Salvage } from '../../electron/service/store/salvage/salvage-room.ts';
import { using } from '../backup/backup-fixture.ts';
import { change, contentOf, keyOf, type Content, type RoomToDamage } from './salvaged-room.ts';

/** What was done to the files of a room. */
export type Damage = (folder: string, random: () => number) => void;

export interface Outcome {
  /** Rows that were saved and are not what the intact room held. */
  readonly wrong: string[];
  /** Rows that are not there and that nothing names. */
  readonly unnamed: string[];
  readonly problems: readonly string[];
  readonly damagedPages: number;
  /** Rows of which every page was whole, and how many of them were saved. */
  readonly untouched: number;
  readonly savedOfUntouched: number;
  /** Why nothing was salvaged; null where something was. */
  readonly refused: string | null;
}

/** One byte each, anywhere in the two databases and their logs. */
export function flips(count: number): Damage {
  return (folder, random) => {
    const files = ['vigil.db', 'vigil.db-wal', 'private-notes.db'].map((name) => join(folder, name)).filter((file) => existsSync(file));
    for (let done = 0; done < count; done += 1) {
      const sizes = files.map((file) => statSync(file).size);
      let at = Math.floor(random() * sizes.reduce((sum, size) => sum + size, 0));
      const index = sizes.findIndex((size) => (at -= size) < 0);
      const file = files[index] ?? '';
      change(file, (bytes) => {
        const place = at + (sizes[index] ?? 0);
        bytes[place] = (bytes[place] ?? 0) ^ (1 + Math.floor(random() * 255));
      });
    }
  };
}

/** A stretch of the record that reads as zeros, from the middle of a page on: as a disk gives it that lost some sectors. */
export function torn(pages: number): Damage {
  return (folder, random) =>
    change(join(folder, 'vigil.db'), (bytes) => {
      const from = Math.floor(random() * (bytes.length - pages * pageLength));
      bytes.fill(0, from, from + pages * pageLength);
    });
}

export const cutShort: Damage = (folder, random) => {
  const file = join(folder, random() < 0.5 ? 'vigil.db' : 'vigil.db-wal');
  truncateSync(file, Math.floor(statSync(file).size * (0.3 + 0.7 * random())));
};

const nothing: Outcome = { wrong: [], unnamed: [], problems: [], damagedPages: 0, untouched: 0, savedOfUntouched: 0, refused: null };

function differences(intact: Content, found: Content): string[] {
  return [...intact].flatMap(([table, rows]) =>
    [...rows].filter(([key, row]) => keyOf(found.get(table)?.get(key) ?? []) !== keyOf(row)).map(([key]) => `${table} ${key}`),
  );
}

interface DamageTask {
  readonly room: RoomToDamage;
  /** What the room held before. */
  readonly intact: Content;
  readonly pages: RowsByPage;
}

/** Of each row of the tables that a session is read from, by table and key, the pages that it stands on. */
export type RowsByPage = readonly { readonly table: string; readonly key: string; readonly pages: readonly number[] }[];

export function rowsByPage(folder: string, key: Uint8Array): RowsByPage {
  const file = join(folder, 'vigil.db');
  const salt = findSalt(file, key, null);
  if (salt === null) throw new Error('no page opens');
  const rows: { table: string; key: string; pages: readonly number[] }[] = [];
  using(new DamagedFile(file, key, salt), (pages) => {
    for (let number = 1; number <= pages.pages; number += 1) {
      const page = pages.read(number);
      const read: number[] = [];
      const tree = page === null ? null : readBTreePage(page, number, (more) => (read.push(more), pages.read(more)));
      if (tree?.kind !== 'table-leaf') continue;
      const table = { 17: 'event_log', 19: 'reading', 11: 'wave_block' }[tree.cells[0]?.values?.length ?? 0];
      if (table === undefined) continue;
      for (const { rowid } of tree.cells) rows.push({ table, key: String(rowid), pages: [number, ...read] });
    }
  });
  return rows;
}

function savedOf(rows: RowsByPage, saved: Content, salvage: Salvage): Pick<Outcome, 'untouched' | 'savedOfUntouched'> {
  const report = JSON.parse(readFileSync(salvage.reportFile, 'utf8')) as { damaged: { damagedPages: number[] } };
  const damaged = new Set(report.damaged.damagedPages);
  const untouched = rows.filter(({ pages }) => pages.every((page) => !damaged.has(page)));
  return {
    untouched: untouched.length,
    savedOfUntouched: untouched.filter(({ table, key }) => saved.get(table)?.has(key) === true).length,
  };
}

/** Damages a copy of the room, salvages it, and holds what came of it against what the intact room held. */
export function tryDamage({ room, intact, pages }: DamageTask, damage: Damage, random: () => number): Outcome {
  const folder = room.copy('damaged');
  const to = join(room.place, 'saved');
  try {
    damage(folder, random);
    const salvage = room.salvage(folder, to);
    const saved = contentOf(to, room.key);
    return { ...compare(intact, saved, salvage), ...savedOf(pages, saved, salvage) };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    // What was changed is used by nothing: all is there as it was.
    if (error.message.includes('is whole')) return { ...nothing, wrong: differences(intact, contentOf(folder, room.key)) };
    return { ...nothing, refused: error.message };
  } finally {
    for (const made of [folder, to]) rmSync(made, { recursive: true, force: true });
  }
}

function compare(intact: Content, saved: Content, salvage: Salvage): Omit<Outcome, 'untouched' | 'savedOfUntouched'> {
  const { losses, notes, verification, notesProblems, damagedPages } = salvage;
  const { holes, lastSeq } = salvage.saved;
  const wrong: string[] = [];
  const unnamed: string[] = [];
  const setAside = new Set(losses.setAside);
  const streams = streamSessions(intact);
  const bodies = [...(saved.get('event_log')?.values() ?? [])].map((row) => String(row[13]));
  // Where the entry that tells of a note is lost as well, only the pages that held notes are named.
  const isTold = (noteId: string): boolean => bodies.some((body) => body.includes(noteId));
  const isNamed = (table: string, row: readonly unknown[]): boolean => {
    if (table === 'event_log') {
      const seq = Number(row[0]);
      const isLost = seq > lastSeq || holes.some(({ from, through }) => seq >= from && seq <= through);
      const session = row[2] === null ? null : uuid(row[2]);
      const isTold = seq > lastSeq || (session === null ? losses.roomEntriesLost : setAside.has(session));
      return isLost && isTold;
    }
    if (table === 'reading') return isWithin(losses.readings, Number(row[0])) && setAside.has(streams.get(Number(row[1])) ?? '');
    if (table === 'wave_block') return isWithin(losses.waves, Number(row[0]));
    if (table === 'checkpoint') return losses.checkpointsLost || Number(row[1]) > lastSeq;
    if (table === 'private note')
      return notes?.lost.includes(uuid(row[0])) === true || (notes !== null && notes.damagedPages > 0 && !isTold(uuid(row[0])));
    // What they are for is lost with them, and named there.
    return ['reading_hour', 'reading_notes', 'reading_stream', 'wave_stream', 'boot', 'command', 'private author'].includes(table);
  };
  for (const [table, expected] of intact) {
    const found = saved.get(table) ?? new Map<string, readonly unknown[]>();
    for (const [key, row] of expected) {
      const same = found.get(key);
      if (same === undefined) {
        if (!isNamed(table, row)) unnamed.push(`${table} ${key}`);
      } else if (keyOf(same) !== keyOf(row)) {
        // The numbers behind the last saved event are used again.
        if (!(table === 'event_log' && Number(row[0]) > lastSeq)) wrong.push(`${table} ${key}`);
      }
    }
    for (const key of found.keys()) if (!expected.has(key) && !isNew(table, key, lastSeq)) wrong.push(`${table} ${key} was never there`);
  }
  return { wrong, unnamed, problems: [...verification.problems.map(({ what }) => what), ...notesProblems], damagedPages, refused: null };
}

function isNew(table: string, key: string, lastSeq: number): boolean {
  return (table === 'event_log' && Number(key) === lastSeq + 1) || (table === 'epoch' && Number(key) === lastSeq + 1) || table === 'boot';
}

function isWithin(times: Salvage['losses']['readings'], place: number): boolean {
  const atMs = Math.floor(place / 65_536) * 1000;
  return times.some(({ fromMs, throughMs }) => (fromMs ?? -Infinity) <= atMs && (throughMs ?? Infinity) >= atMs);
}

function streamSessions(content: Content): ReadonlyMap<number, string> {
  return new Map([...(content.get('reading_stream') ?? [])].map(([stream, row]) => [Number(stream), uuid(row[1])]));
}

function uuid(value: unknown): string {
  const hex = Buffer.isBuffer(value) ? value.toString('hex') : '';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
