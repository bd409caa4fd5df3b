import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrokenPages, pageLength } from './cipher-pages.ts';
import type { Connection } from './connection.ts';
import { openCopy, refusePlainFile, takeLock } from './database.ts';
import { checkDataFolder, dataFolderAt, makePrivate, type DataFolder } from './data-folder.ts';
import { keyFingerprint, type DataKey } from './data-key.ts';
import { blobToId, hashOf, noHash, rowToEvent, type ChainPlace, type EventRow } from './event-row.ts';
import { mark } from './event-log.ts';
import { selectEvents } from './event-reader.ts';
import { readLogHead, logHeadProblem, type KeptHead } from './log-head.ts';
import { newestVersion, versionOf } from './migrate.ts';
import { createNotesReader, rowReadings, selectReadings, type StoredRow } from './reading-log.ts';
import { SignatureCheck } from './signature-check.ts';
import { StoreError, causeCode } from './store-error.ts';
import { verifyWaves } from './verify-waves.ts';
import { findWalDamage } from './wal-frames.ts';

/** `seq` names the first event concerned; null where it is not about one event. */
export interface Problem {
  readonly seq: number | null;
  readonly what: string;
}

export interface Verification {
  readonly ok: boolean;
  readonly events: number;
  readonly readings: number;
  /** Blocks of waveforms. */
  readonly waves: number;
  readonly roomId: string | null;
  readonly epoch: string | null;
  readonly head: { readonly seq: number; readonly hash: string } | null;
  /** The first `problemLimit`, those without a number first, then by number. */
  readonly problems: readonly Problem[];
}

export const problemLimit = 100;

/**
 * Proves a room's record from its files alone: page seals, SQLite's own checks, the hash chain, numbering, every
 * event's and reading's form, and the kept head: the last acknowledged event. The original is only read: what is
 * opened is a private copy, encrypted like it and removed at the end.
 *
 * Throws `StoreError` where there is nothing to verify: in use, wrong key, newer, not encrypted, forbidden folder.
 */
export function verifyDatabase(path: string, key: DataKey): Verification {
  return withPrivateCopy(path, (folder, copy) => verifyCopy(folder, copy, key));
}

/**
 * Runs `work` on a private copy of a folder's database, which is removed at the end. Throws `StoreError` where there
 * is none, or where Vigil is running with it: a copy taken while it is written would be neither before nor after.
 */
export function withPrivateCopy<Result>(path: string, work: (folder: DataFolder, copy: string) => Result): Result {
  const folder = dataFolderAt(path);
  checkDataFolder(folder);
  if (!existsSync(folder.databaseFile)) {
    throw new StoreError('STORE_FAILED', `${folder.path} holds no database: there is no file ${folder.databaseFile}.`, folder.databaseFile);
  }
  const lock = lockUnlessReadOnly(folder.lockFile);
  try {
    return withCopy(folder, (copy) => work(folder, copy));
  } finally {
    lock?.close();
  }
}

/** On a read-only disk nobody can be writing, so that no lock is needed. */
function lockUnlessReadOnly(lockFile: string): { close(): void } | null {
  try {
    return takeLock(lockFile);
  } catch (error) {
    if (error instanceof StoreError && error.code !== 'STORE_LOCKED') return null;
    throw error;
  }
}

function withCopy<Result>(folder: DataFolder, work: (file: string) => Result): Result {
  const place = mkdtempSync(join(tmpdir(), 'vigil-verify-'));
  try {
    const copy = join(place, 'vigil.db');
    for (const suffix of ['', '-wal']) {
      if (!existsSync(folder.databaseFile + suffix)) continue;
      copyFileSync(folder.databaseFile + suffix, copy + suffix);
      makePrivate(copy + suffix);
    }
    return work(copy);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function verifyCopy(folder: DataFolder, copy: string, key: DataKey): Verification {
  refusePlainFile(copy, folder.databaseFile);
  const findings = new Findings();
  const kept = keptHeadOf(folder, findings);
  const keyIsRight = kept !== null && kept.keyFingerprint === keyFingerprint(key);
  if (kept !== null && !keyIsRight) throw keyRefused(folder);
  const walDamage = existsSync(`${copy}-wal`) ? findWalDamage(`${copy}-wal`) : null;
  if (walDamage !== null) findings.add(null, walDamage.replaceAll(`${copy}-wal`, `${folder.databaseFile}-wal`));
  let connection: Connection;
  try {
    connection = openCopy(copy, key);
  } catch (error) {
    return unopened(folder, copy, key, findings, keyIsRight, error);
  }
  try {
    const version = versionOf(connection);
    if (version > newestVersion) {
      const words = `${folder.databaseFile} was written by a newer Vigil (version ${version}; this one knows ${newestVersion}).`;
      throw new StoreError('STORE_NEWER', words, folder.databaseFile);
    }
    verifyPages(copy, key, findings);
    if (version < newestVersion)
      findings.add(null, `the database has version ${version}, not ${newestVersion}: it was never finished or never migrated`);
    return verifyContent(connection, kept, findings);
  } finally {
    connection.close();
  }
}

function keptHeadOf(folder: DataFolder, findings: Findings): KeptHead | null {
  try {
    const kept = readLogHead(folder.headFile);
    if (kept === null) findings.add(null, `${folder.headFile} is missing: nothing tells whether the log still has its end`);
    return kept;
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'STORE_CORRUPT') throw error;
    findings.add(null, error.message);
    return null;
  }
}

/** With the key known to be right, a file that does not open is a finding; without, it is most likely the key. */
function unopened(folder: DataFolder, copy: string, key: DataKey, findings: Findings, keyIsRight: boolean, error: unknown): Verification {
  if (!(error instanceof StoreError)) throw error;
  if (!keyIsRight && causeCode(error.cause) === 'SQLITE_NOTADB') throw keyRefused(folder);
  findings.add(null, error.message.replaceAll(copy, folder.databaseFile));
  verifyPages(copy, key, findings);
  return findings.result({ events: 0, readings: 0, waves: 0, roomId: null, epoch: null, head: null });
}

function keyRefused(folder: DataFolder): StoreError {
  return new StoreError(
    'STORE_WRONG_KEY',
    `The key does not open ${folder.databaseFile}: it belongs to another room.`,
    folder.databaseFile,
  );
}

function verifyPages(copy: string, key: DataKey, findings: Findings): void {
  const { broken, wholePages } = findBrokenPages(copy, key, problemLimit);
  for (const page of broken)
    findings.add(null, `page ${page} (bytes ${(page - 1) * pageLength} to ${page * pageLength - 1}) has been changed`);
  if (!wholePages) findings.add(null, 'the file ends inside a page');
}

function verifyContent(connection: Connection, kept: KeptHead | null, findings: Findings): Verification {
  const check = findings.attempt('integrity', () => connection.pragma('integrity_check', { simple: true })) ?? 'ok';
  if (check !== 'ok') findings.add(null, `SQLite finds the file inconsistent: ${JSON.stringify(check).slice(0, 300)}`);
  const roomId = findings.attempt('room', () => connection.prepare<[], Buffer>('SELECT room_id FROM room').pluck().get()) ?? null;
  const chain = new ChainCheck(connection, roomId, findings);
  findings.attempt('events', () => chain.run());
  findings.attempt('readings', () => chain.signatures.checkReadings(connection));
  const readings = findings.attempt('readings', () => verifyReadings(connection, findings)) ?? 0;
  const waves = findings.attempt('waveforms', () => verifyWaves(connection, (what) => findings.add(null, what))) ?? 0;
  if (kept !== null) {
    const problem = findings.attempt('log head', () => logHeadProblem(connection, kept)) ?? null;
    if (problem !== null) findings.add(problem.seq, problem.what);
  }
  return findings.result({
    events: chain.count,
    readings,
    waves,
    roomId: roomId === null ? null : blobToId(roomId),
    epoch: chain.lastEpoch === null ? null : blobToId(chain.lastEpoch),
    head: { seq: chain.seq, hash: chain.hash.toString('hex') },
  });
}

const noId = Buffer.alloc(16);

/** One pass over the events in order. */
class ChainCheck {
  seq = 0;
  hash: Buffer = noHash;
  count = 0;
  lastEpoch: Buffer | null = null;
  readonly signatures: SignatureCheck;
  readonly #connection: Connection;
  readonly #roomId: Buffer | null;
  readonly #findings: Findings;
  #before: EventRow | undefined;

  constructor(connection: Connection, roomId: Buffer | null, findings: Findings) {
    this.#connection = connection;
    this.#roomId = roomId;
    this.#findings = findings;
    this.signatures = new SignatureCheck((seq, what) => findings.add(seq, what));
  }

  run(): void {
    const epochs = this.#connection
      .prepare<[], { first_seq: number; epoch: Buffer }>('SELECT first_seq, epoch FROM epoch ORDER BY first_seq')
      .all();
    if (this.#roomId === null) this.#findings.add(null, 'the room has no id');
    if (epochs[0]?.first_seq !== 1) this.#findings.add(null, 'the first epoch is missing');
    let epochIndex = 0;
    this.lastEpoch = epochs.at(-1)?.epoch ?? null;
    const known = this.#connection.prepare<[Buffer], number>('SELECT seq FROM event_log WHERE event_id = ?').pluck();
    for (const row of this.#connection.prepare<[], EventRow>(`${selectEvents} ORDER BY seq`).iterate()) {
      while ((epochs[epochIndex + 1]?.first_seq ?? Infinity) <= row.seq) epochIndex += 1;
      this.#verifyPlace(row, epochs[epochIndex]?.epoch ?? noId);
      this.#verifyForm(row, known);
      this.signatures.take(row);
      this.count += 1;
      this.seq = row.seq;
      this.hash = row.hash;
      this.#before = row;
    }
  }

  #verifyPlace(row: EventRow, epoch: Buffer): void {
    const skipped = row.seq !== this.seq + 1;
    if (skipped) {
      const missing =
        row.seq === this.seq + 2 ? `event ${this.seq + 1} is missing` : `events ${this.seq + 1} to ${row.seq - 1} are missing`;
      this.#findings.add(this.seq + 1, missing);
    }
    const place = { prev: this.hash, roomId: this.#roomId ?? noId, epoch };
    // After a gap the hash before is unknown, so that this one cannot be judged.
    if (!skipped && !this.#fits(place, row)) {
      this.#findings.add(row.seq, `event ${row.seq} or the end of the chain before it has been changed: its hash does not fit`);
    }
    const marked = { ...row };
    mark(marked, this.#before);
    if (row.run_start !== marked.run_start || row.command_start !== marked.command_start) {
      this.#findings.add(row.seq, `event ${row.seq} is wrongly marked as the start of a session's run or of a command`);
    }
  }

  #fits(place: ChainPlace, row: EventRow): boolean {
    try {
      return hashOf(place, row).equals(row.hash);
    } catch {
      // Not even the form of an id: whatever it is, it is not what was hashed.
      return false;
    }
  }

  #verifyForm(row: EventRow, known: { get(id: Buffer): number | undefined }): void {
    try {
      rowToEvent(row);
    } catch (error) {
      // Only the kind of the fault: the message would quote what stands in the event.
      this.#findings.add(row.seq, `event ${row.seq} is not a valid ${row.kind} (${error instanceof Error ? error.name : 'fault'})`);
    }
    if (row.supersedes === null) return;
    const target = known.get(row.supersedes);
    if (target === undefined || target >= row.seq)
      this.#findings.add(row.seq, `event ${row.seq} supersedes an event that is not before it`);
  }
}

function verifyReadings(connection: Connection, findings: Findings): number {
  let count = 0;
  const notesOf = createNotesReader();
  for (const row of connection.prepare<[], StoredRow>(`${selectReadings} ORDER BY place`).iterate()) {
    count += 1;
    try {
      rowReadings(row, notesOf);
    } catch {
      findings.add(null, `the reading of stream ${row.stream} at second ${row.at_s} (part ${row.part}) is not valid`);
    }
  }
  // Rows are looked up by these two columns. A row without them would never be found.
  const lost = `SELECT DISTINCT stream, at_s / 3600 AS hour FROM reading EXCEPT
    SELECT stream, hour FROM reading_stream JOIN reading_hour USING (stream)`;
  for (const { stream, hour } of connection.prepare<[], { stream: number; hour: number }>(`${lost} LIMIT ${problemLimit}`).all()) {
    findings.add(null, `the readings of stream ${stream} in hour ${hour} belong to no session`);
  }
  return count;
}

class Findings {
  readonly #problems: Problem[] = [];

  add(seq: number | null, what: string): void {
    this.#problems.push({ seq, what });
  }

  /** Runs one part of the work; where the file is too broken for it, that is the finding. */
  attempt<Result>(part: string, work: () => Result): Result | undefined {
    try {
      return work();
    } catch (error) {
      if (!causeCode(error).startsWith('SQLITE_')) throw error;
      this.add(null, `the ${part} could not be read to the end (${causeCode(error)})`);
      return undefined;
    }
  }

  result(found: Omit<Verification, 'ok' | 'problems'>): Verification {
    const inOrder = this.#problems.toSorted((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
    return { ok: inOrder.length === 0, ...found, problems: inOrder.slice(0, problemLimit) };
  }
}
