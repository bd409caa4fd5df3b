import { existsSync } from 'node:fs';
import { findBrokenPages, pageLength } from './cipher-pages.ts';
import type { Connection } from './connection.ts';
import { openCopy } from './database.ts';
import { refusePlainFile } from './database-file.ts';
import { existingFolder, type DataFolder } from './data-folder.ts';
import { keyFingerprint, type DataKey } from './data-key.ts';
import { blobToId } from './event-row.ts';
import { readLogHead, logHeadProblem, type KeptHead } from './log-head.ts';
import { newestVersion, versionOf } from './migrate.ts';
import { namedLosses, nothingNamed, type NamedLosses } from './named-losses.ts';
import { withPrivateCopy } from './private-copy.ts';
import { compareHeads, type HeadComparison, type EarlierHead } from './earlier-heads.ts';
import { roomIn, type RoomCopy } from './room-copy.ts';
import { StoreError, causeCode } from './store-error.ts';
import { verifyCheckpoints } from './verify-checkpoints.ts';
import { ChainCheck } from './verify-events.ts';
import { Findings, nothingFound, problemLimit, type Problem, type Restore, type Verification } from './verify-findings.ts';
import { extentOf, missingSince, unreadAgain, type VerifiedMark } from './verified-mark.ts';
import { verifyReadings } from './verify-readings.ts';
import { verifyWaves } from './verify-waves.ts';
import { findWalDamage } from './wal-frames.ts';

/** What is being looked at, in this order. */
export const verifySteps = ['copy', 'pages', 'integrity', 'events', 'signatures', 'readings', 'waveforms', 'sessions'] as const;
export type VerifyStep = (typeof verifySteps)[number];

export interface VerifyOptions {
  /** What is asked further of a record that is whole in itself: whether its sessions can be folded. */
  readonly furtherProblems?: (room: RoomCopy, onShare: (share: number) => void) => readonly Problem[];
  /** Told often. `share` of the step, 0 to 1; null where it is not known. */
  readonly onProgress?: (step: VerifyStep, share: number | null) => void;
  /** Readings and waveforms up to this mark of an earlier verification are not read again. */
  readonly since?: VerifiedMark | null;
  /** Where the log stood earlier, as things tell that lie elsewhere; the mark's is one more. */
  readonly heads?: readonly EarlierHead[];
}

interface Task extends Required<VerifyOptions> {
  readonly folder: DataFolder;
  readonly key: DataKey;
  readonly kept: KeptHead | null;
  readonly findings: Findings;
}

/**
 * Proves a room's record from its files alone: page seals, SQLite's own checks, the hash chain, numbering, every
 * event's and reading's form, and the kept head: the last acknowledged event. The original is only read, also while a
 * room records into it: what is opened is a private copy of how it stands now.
 *
 * Throws `StoreError` where there is nothing to verify: wrong key, newer, not encrypted, forbidden folder, no space.
 */
export function verifyDatabase(path: string, key: DataKey, options: VerifyOptions = {}): Verification {
  const folder = existingFolder(path);
  refusePlainFile(folder.databaseFile, folder.databaseFile);
  const findings = new Findings();
  // Read before the copy is made: what is acknowledged meanwhile may not be in it.
  const kept = keptHeadOf(folder, findings);
  if (kept !== null && kept.keyFingerprint !== keyFingerprint(key)) throw keyRefused(folder);
  const { furtherProblems = () => [], onProgress = () => undefined, since = null } = options;
  const heads = [...(options.heads ?? []), ...(since === null ? [] : [headOfMark(since)])];
  const task: Task = { folder, key, kept, findings, furtherProblems, onProgress, since, heads };
  return withPrivateCopy(
    folder.databaseFile,
    (copy) => verifyCopy(task, copy),
    (done, of) => onProgress('copy', done / of),
  );
}

function verifyCopy(task: Task, copy: string): Verification {
  const { folder, key, findings } = task;
  const walDamage = existsSync(`${copy}-wal`) ? findWalDamage(`${copy}-wal`) : null;
  if (walDamage !== null) findings.add(null, walDamage.replaceAll(`${copy}-wal`, `${folder.databaseFile}-wal`));
  let version: number;
  try {
    version = versionIn(copy, key);
  } catch (error) {
    return unopened(task, copy, error);
  }
  if (version > newestVersion) {
    const words = `${folder.databaseFile} was written by a newer Vigil (version ${version}; this one knows ${newestVersion}).`;
    throw new StoreError('STORE_NEWER', words, folder.databaseFile);
  }
  const pages = verifyPages(task, copy);
  if (version < newestVersion)
    findings.add(null, `the database has version ${version}, not ${newestVersion}: it was never finished or never migrated`);
  const connection = openCopy(copy, key, pages);
  try {
    return verifyContent(task, connection);
  } finally {
    connection.close();
  }
}

function versionIn(copy: string, key: DataKey): number {
  const connection = openCopy(copy, key);
  try {
    return versionOf(connection);
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
function unopened(task: Task, copy: string, error: unknown): Verification {
  const { folder, findings } = task;
  if (!(error instanceof StoreError)) throw error;
  if (task.kept === null && causeCode(error.cause) === 'SQLITE_NOTADB') throw keyRefused(folder);
  findings.add(null, error.message.replaceAll(copy, folder.databaseFile));
  verifyPages(task, copy);
  return findings.result(nothingFound);
}

function keyRefused(folder: DataFolder): StoreError {
  return new StoreError(
    'STORE_WRONG_KEY',
    `The key does not open ${folder.databaseFile}: it belongs to another room.`,
    folder.databaseFile,
  );
}

/** What SQLite may take for proved of the pages of the copy. */
function verifyPages({ key, findings, onProgress }: Task, copy: string): 'checked' | 'proved' {
  const { broken, wholePages } = findBrokenPages(copy, key, problemLimit, { onPages: (done, of) => onProgress('pages', done / of) });
  for (const page of broken)
    findings.add(null, `page ${page} (bytes ${(page - 1) * pageLength} to ${page * pageLength - 1}) has been changed`);
  if (!wholePages) findings.add(null, 'the file ends inside a page');
  return broken.length === 0 && wholePages ? 'proved' : 'checked';
}

function verifyContent(task: Task, connection: Connection): Verification {
  const { findings, onProgress, since } = task;
  const during = (step: VerifyStep): ((share: number) => void) => {
    onProgress(step, 0);
    return (share) => onProgress(step, share);
  };
  onProgress('integrity', null);
  const check = findings.attempt('integrity', () => connection.pragma('integrity_check', { simple: true }));
  if (check !== undefined && check !== 'ok')
    findings.add(null, `SQLite finds the file inconsistent: ${JSON.stringify(check).slice(0, 300)}`);
  const roomId = findings.attempt('room', () => connection.prepare<[], Buffer>('SELECT room_id FROM room').pluck().get()) ?? null;
  const named = findings.attempt('salvages', () => namedLosses(connection)) ?? nothingNamed;
  const chain = new ChainCheck(connection, { roomId, named }, (seq, what) => findings.add(seq, what));
  findings.attempt('events', () => chain.run(during('events')));
  const oldReadings = findings.attempt('readings', () => unreadAgain(connection, 'reading', since?.readings)) ?? null;
  const readAgain = since === null || oldReadings === null ? null : { signedAfter: since.seq, readAfter: oldReadings.through };
  findings.attempt('readings', () => chain.signatures.checkReadings(connection, readAgain, during('signatures')));
  const readings = findings.attempt('readings', () =>
    verifyReadings(connection, { typesProved: check === 'ok', after: oldReadings?.through }, findings, during('readings')),
  );
  onProgress('waveforms', null);
  const oldWaves = findings.attempt('waveforms', () => unreadAgain(connection, 'wave_block', since?.waves)) ?? null;
  const waves = findings.attempt('waveforms', () =>
    verifyWaves(connection, { after: oldWaves?.through, lost: named.waves }, (what) => findings.add(null, what)),
  );
  if (since !== null) nameMissing(connection, since, findings);
  const { starts } = chain;
  const add = (seq: number | null, what: string): void => findings.add(seq, what);
  const checkpoints = findings.attempt('checkpoints', () =>
    roomId === null ? null : verifyCheckpoints(connection, { roomId: blobToId(roomId), starts, named, add }),
  );
  findings.attempt('epochs', () => nameUntoldRestores(connection, [...chain.restores, ...named.salvages], add));
  const heads = compareWithHeads(task, connection, { roomId, named }, checkpoints?.heads ?? []);
  if (findings.areNone) {
    // What is broken has its problems named already, and could not be folded.
    const room = roomIn(task.folder.databaseFile, connection);
    for (const { seq, what } of task.furtherProblems(room, during('sessions'))) findings.add(seq, what);
  }
  return findings.result({
    events: chain.count,
    readings: (oldReadings?.count ?? 0) + (readings ?? 0),
    waves: (oldWaves?.count ?? 0) + (waves ?? 0),
    roomId: roomId === null ? null : blobToId(roomId),
    epoch: chain.lastEpoch === null ? null : blobToId(chain.lastEpoch),
    head: { seq: chain.seq, hash: chain.hash.toString('hex') },
    notReadAgain:
      since === null || (oldReadings === null && oldWaves === null)
        ? null
        : { readings: oldReadings?.count ?? 0, waves: oldWaves?.count ?? 0, allReadAt: since.allReadAt },
    headMissingAt: chain.headMissingAt,
    restores: chain.restores,
    salvages: named.salvages,
    signaturesUnproved: chain.signatures.unproved,
    markedNotes: chain.markedNotes.filter((noteId) => !named.lostNotes.has(noteId)),
    heads,
    checkpoints: checkpoints?.stretches ?? [],
    extents: findings.areNone ? { readings: extentOf(connection, 'reading'), waves: extentOf(connection, 'wave_block') } : null,
  });
}

/** A restore is the first entry of its epoch: one that nothing tells of hides that the log left what its backups hold. */
function nameUntoldRestores(
  connection: Connection,
  restores: readonly Pick<Restore, 'seq'>[],
  add: (seq: number | null, what: string) => void,
): void {
  const begun = connection.prepare<[], number>(`SELECT first_seq FROM epoch WHERE cause = 'restored' ORDER BY first_seq`).pluck().all();
  for (const first of begun) {
    if (!restores.some(({ seq }) => seq === first))
      add(first, `from event ${first} on this is a restored room, and no entry tells of a restore or a salvage`);
  }
}

/** With the kept head and the checkpoints, which lie beside the log, and with those from elsewhere, which are given back. */
function compareWithHeads(
  { kept, findings, heads }: Task,
  connection: Connection,
  { roomId, named }: { readonly roomId: Buffer | null; readonly named: NamedLosses },
  signed: readonly EarlierHead[],
): HeadComparison['heads'] {
  const ofKept = kept === null ? null : (findings.attempt('log head', () => logHeadProblem(connection, kept)) ?? null);
  const room = roomId === null ? null : blobToId(roomId);
  const compared = findings.attempt('log head', () => compareHeads(connection, room, [...heads, ...signed], named));
  for (const problem of [ofKept, compared?.problem ?? null]) if (problem !== null) findings.add(problem.seq, problem.what);
  return compared?.heads.filter(({ lies }) => lies === 'elsewhere') ?? [];
}

function headOfMark({ roomId, seq, hash }: VerifiedMark): EarlierHead {
  return { roomId, epoch: null, seq, hash, toldBy: 'the earlier verification', lies: 'elsewhere', atMs: null };
}

function nameMissing(connection: Connection, since: VerifiedMark, findings: Findings): void {
  for (const [table, extent, what] of [
    ['reading', since.readings, 'readings'],
    ['wave_block', since.waves, 'waveforms'],
  ] as const) {
    const missing = findings.attempt(what, () => missingSince(connection, table, extent)) ?? 0;
    if (missing > 0) findings.add(null, `${missing} rows of ${what} that stood there when all was last found well are missing`);
  }
}
