import product from '../../package.json' with { type: 'json' };
import type { DataKey } from '../service/store/data-key.ts';
import { readKeptRows } from '../service/store/verify-derived.ts';
import { verifyDatabase, type VerifyStep } from '../service/store/verify.ts';
import type { Verification } from '../service/store/verify-findings.ts';
import { verifyPrivateNotes } from '../service/store/verify-private-notes.ts';
import type { Clock } from '../service/platform/platform.ts';
import { createSystemClock } from '../service/platform/system-clock.ts';
import type { CommandIo, ExitCode } from './command-io.ts';
import { command } from './command.ts';
import { readMark, writeMark } from './mark-file.ts';
import { required, text, texts, UsageError } from './command-option.ts';
import { foldProblems } from './fold-problems.ts';
import { findFolderKey, recoveryKeyFlag } from './folder-key.ts';
import { salvagedWords } from './salvaged-words.ts';
import { keyProblems, knownKeys, restoredWords, signedWords } from './signed-stretches.ts';
import { withStepProgress } from './step-progress.ts';
import { tellRead } from './tell-look.ts';
import { readToldHeads, toldHeadLine, vouchedFor, type ToldHeads } from './told-heads.ts';
import { tellRefusal } from './store-refusal.ts';

/** `vigil verify`. */
export const verifyCommand = command({
  name: 'verify',
  does: 'proves a data folder whole: chain, order, integrity, and against earlier heads',
  about: `Proves the record in a data folder from its files alone: encryption seals, SQLite's own checks, hash chain,
numbering, every event and reading, and that no acknowledged event is missing. Of private notes it says how many
there are and whether their file is whole; they stay sealed. Changes nothing of the record; the
folder is told that it was read, by which account of this computer, which "Who looked" shows. Vigil may be running with
it: the record is verified as it stands now, from an encrypted copy in the folder for temporary files.

With --since, FILE holds how far the record was whole the last time, sealed with the room's key; it is made where there is
none, and brought up to date where all is well. Readings and waveforms up to there are not read again, and the output
says how many: of them the seals of their pages, SQLite's checks and their number are proved, not what they say. The log
of events is always read whole. Keep FILE away from the folder: then it also proves that the log still holds what it held.

The chain alone proves nothing against somebody who has the room's key: they can rewrite an entry and all hashes after it.
Checkpoints find that, which the room signs with a key of its own; the output says which key vouches up to which event.
What was told before, and lies elsewhere, finds it also from somebody who has that key: --backups compares the log with where it stood at each backup of the
room, --head with a number and hash that somebody wrote down (verify, backup and restore print both), --since with its FILE.
The first that does not fit is a problem, and names from which event on the record was rewritten.`,
  options: {
    data: required(text('DIR', 'the data folder')),
    since: text('FILE', 'read only the readings that came since the verification that FILE tells of'),
    'since-head': text('FILE', 'the same as --since'),
    head: texts('SEQ:HASH', 'where the log stood at an earlier time; may be repeated'),
    'checkpoint-key': texts('KEY', 'a key that signs checkpoints, as it was printed before: any other is a problem; may be repeated'),
    backups: text('DIR', 'compare the log with each backup of the room in DIR; left out: where the room makes its own'),
    'recovery-key': recoveryKeyFlag,
  },
  notes: `Output: one JSON object for each problem, then one with "type":"verified". Its "outcome" is "whole", "lacking" (whole but for what a
salvage of the room named as lost: "salvages", "signaturesUnproved") or "damaged"; its "headMissingAt" names the starts at which the
file "head" was missing, so that nothing told whether the log still had its end; its "heads" are those that were compared. At a
terminal a line says what is being looked at. Exit 0 whole or lacking, 1 a problem or a refusal, 130 ended with Ctrl-C.`,
  whenEnded: 'Nothing was proved.',
  run: async ({ options }, io, clock: Pick<Clock, 'now'> = createSystemClock()) => {
    const { since, 'since-head': sinceHead, head, backups } = options;
    const known = knownKeys(options['checkpoint-key']);
    if (since !== null && sinceHead !== null) throw new UsageError('--since and --since-head are the same: name one');
    try {
      const key = await findFolderKey(options.data, options['recovery-key'], io.stdin);
      const told = readToldHeads({ typed: head, backups, folder: options.data }, key);
      return report({ path: options.data, key, markFile: since ?? sinceHead, told, known, nowMs: clock.now().utcMs }, io);
    } catch (error) {
      return tellRefusal(io, 'verify', error);
    }
  },
});

interface Asked {
  readonly path: string;
  readonly key: DataKey;
  /** Null: all is read. */
  readonly markFile: string | null;
  readonly told: ToldHeads;
  /** The keys that were named. */
  readonly known: readonly string[];
  readonly nowMs: number;
}

function report({ path, key, markFile, told, known, nowMs }: Asked, io: CommandIo): ExitCode {
  const kept = readKeptRows(path, key, product.version);
  const since = markFile === null ? null : readMark(markFile, key);
  const {
    problems: ofRecord,
    ok,
    extents,
    markedNotes,
    heads,
    ...summary
  } = withStepProgress(io, lookedAt, (onProgress) =>
    verifyDatabase(path, key, {
      furtherProblems: (copy, onShare) => foldProblems(copy, kept, onShare),
      onProgress,
      since,
      heads: told.heads,
    }),
  );
  const privateNotes = verifyPrivateNotes(path, key, markedNotes);
  // Of a full disk, too, it is to be said whether the record is whole.
  const isTold = tellRead({ folder: path, key, look: { what: 'room-verified' }, goesOn: 'always' }, io);
  const problems = [
    ...ofRecord,
    ...keyProblems(summary.checkpoints, known),
    ...(privateNotes?.problems ?? []).map((what) => ({ seq: null, what })),
  ];
  for (const problem of problems) io.stdout(JSON.stringify({ type: 'problem', ...problem }));
  const counts = privateNotes === null ? null : { notes: privateNotes.notes, authors: privateNotes.authors };
  const whole = ok && problems.length === 0;
  const { roomId, head, notReadAgain } = summary;
  const compared = heads.map(toldHeadLine);
  const outcome = !whole ? 'damaged' : summary.salvages.length === 0 ? 'whole' : 'lacking';
  io.stdout(
    JSON.stringify({
      type: 'verified',
      ok: whole,
      outcome,
      ...summary,
      heads: compared,
      privateNotes: counts,
      problems: problems.length,
      told: isTold,
    }),
  );
  io.stderr(
    whole
      ? `${outcome === 'whole' ? 'whole' : 'whole but for what is named as lost below'}: ${summary.events} events, ${summary.readings} rows of readings, ${summary.waves} blocks of waveforms${passedOver(summary)}`
      : `not whole: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${path}, the first: ${problems[0]?.what ?? ''}`,
  );
  const vouched = [...signedWords(summary.checkpoints, summary.head?.seq ?? 0, path), vouchedFor(heads)];
  for (const words of [...(whole ? vouched : []), ...restoredWords(summary.restores), ...salvagedWords(summary)]) io.stderr(words);
  for (const words of told.remarks) io.stderr(words);
  if (summary.headMissingAt.length > 0) io.stderr(endUnproved(summary.headMissingAt));
  // Last: where it cannot be written, what was found has been said.
  if (whole && markFile !== null && roomId !== null && head !== null && extents !== null) {
    const allReadAt = notReadAgain?.allReadAt ?? new Date(nowMs).toISOString();
    writeMark(markFile, { roomId, allReadAt, ...head, ...extents }, key);
  }
  return whole ? 0 : 1;
}

function endUnproved(starts: readonly number[]): string {
  const at = `${starts.length === 1 ? 'event' : 'events'} ${starts.join(', ')}`;
  return `not proved: that the log still had its end when Vigil was started without the file "head" (${at})`;
}

function passedOver({ notReadAgain }: Pick<Verification, 'notReadAgain'>): string {
  if (notReadAgain === null) return '';
  const { readings, waves, allReadAt } = notReadAgain;
  return `; of these ${readings} rows and ${waves} blocks from before were not read again, all was last read on ${allReadAt.slice(0, 10)}`;
}

/** In the order of `verifySteps`. */
export const lookedAt: Readonly<Record<VerifyStep, string>> = {
  copy: 'the record is copied',
  pages: 'the seal of each page',
  integrity: "SQLite's own checks of the file",
  events: 'events and their chain',
  signatures: 'readings of signed sessions',
  readings: 'readings of the monitors',
  waveforms: 'waveforms',
  sessions: 'sessions, entry by entry',
};
