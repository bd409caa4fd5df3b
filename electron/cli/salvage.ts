import { findBackup } from '../service/store/backup/read-backup.ts';
import type { DataKey } from '../service/store/data-key.ts';
import { toldByBackup } from '../service/store/salvage/told-by-backup.ts';
import { salvageRoom, type Salvage, type SalvageStep } from '../service/store/salvage/salvage-room.ts';
import { command } from './command.ts';
import type { CommandIo } from './command-io.ts';
import { required, text } from './command-option.ts';
import { findFolderKey, recoveryKeyFlag } from './folder-key.ts';
import { withStepProgress } from './step-progress.ts';
import { systemAccount } from './system-account.ts';
import { tellRefusal } from './store-refusal.ts';
import { isoUtc } from './utc-time.ts';
import { systemWorld, type CommandWorld } from './command-world.ts';

/** `vigil salvage`. */
export const salvageCommand = command({
  name: 'salvage',
  does: 'a new room from what is whole of a damaged database file',
  about: `Saves what is whole of a room whose database file is damaged, into a folder that is empty or does not exist yet. The damaged
folder is only read, and stays as it is: keep it. Each page of the file has a seal of its own; every row on a page whose seal
is whole is saved as it was, and so are private notes (sealed as they are), captures and the other files. The new room goes on
under numbers of its own. What is lost is named in a report, in its first entry and by \`vigil verify\`. A session that lacks
entries or readings is set aside: \`vigil export --format entries\` writes what is left of it; it is not gone on with or signed.
Where there is a backup, restore that first: it is whole, and a salvage shows what came after it.`,
  options: {
    data: required(text('DIR', 'the data folder with the damaged file')),
    to: required(text('NEWDIR', 'the new data folder')),
    backup: text('BACKUP', 'a backup of the room, or the folder of its backups: tells what the lost beginning of a file said'),
    'recovery-key': recoveryKeyFlag,
  },
  notes: `Output: one JSON object for each thing that is lost, "type":"lost", then one with "type":"salvaged"; or "refused". Exit 0 a room was
made, also where something is lost; 1 a refusal: the file is whole, Vigil runs with it, the key is another room's; 130 ended with
Ctrl-C.`,
  whenEnded: 'Nothing was salvaged; the next salvage removes what was begun.',
  run: async ({ options }, io, world: World = { ...systemWorld(), account: systemAccount() }) => {
    const { data, to, backup, 'recovery-key': fromRecoveryKey } = options;
    try {
      const key = await findFolderKey(data, fromRecoveryKey, io.stdin);
      report(salvage({ data, to, backup }, key, io, world), { data, to }, io);
      return 0;
    } catch (error) {
      return tellRefusal(io, 'salvage', error);
    }
  },
});

interface World extends CommandWorld {
  readonly account: string;
}

interface Asked {
  readonly data: string;
  readonly to: string;
  readonly backup: string | null;
}

function salvage({ data, to, backup }: Asked, key: DataKey, io: CommandIo, { clock, ids, account }: World): Salvage {
  const told = backup === null ? null : toldByBackup(findBackup(backup), key);
  return withStepProgress(io, isDoing, (onProgress) =>
    salvageRoom({ path: data, key, to, backup: told, ids, now: clock.now(), account, onProgress }),
  );
}

/** In the order of `salvageSteps`. */
const isDoing: Readonly<Record<SalvageStep, string>> = {
  sum: 'the sum of the damaged file',
  pages: 'the seal of each page',
  write: 'what is whole is written',
  notes: 'private notes and what is lost',
  prove: 'the new room is verified',
};

function report(done: Salvage, { data, to }: Pick<Asked, 'data' | 'to'>, io: CommandIo): void {
  const lost = lostLines(done);
  for (const line of lost) io.stdout(JSON.stringify({ type: 'lost', ...line }));
  const { saved, notes, damagedPages, pages, damagedFile, reportFile, verification, notesProblems } = done;
  const problems = verification.problems.length + notesProblems.length;
  const counts = { events: saved.events, readings: saved.readings, waves: saved.waves, privateNotes: notes?.notes ?? null };
  const head = { roomId: verification.roomId, epoch: verification.epoch, head: verification.head };
  const files = { damaged: data, dataFolder: to, damagedFile, report: reportFile };
  io.stdout(JSON.stringify({ type: 'salvaged', ...files, pages, damagedPages, ...counts, lost: lost.length, problems, ...head }));
  const whole = damagedPages === 0 ? 'every page is whole' : `${damagedPages} of ${pages} pages are damaged`;
  io.stderr(`salvaged: ${to}. ${whole}; ${saved.events} events and ${saved.readings} rows of readings were saved.`);
  for (const line of lost) io.stderr(`lost: ${line.words}`);
  if (lost.length === 0) io.stderr('Nothing is known to be lost.');
  for (const problem of [...verification.problems.map(({ what }) => what), ...notesProblems])
    io.stderr(`not by the damage, most likely; look at it with "vigil verify": ${problem}`);
  io.stderr(`${data} was not changed. Keep it, and start Vigil with ${to}. The report is ${reportFile}.`);
}

interface LostLine {
  readonly what: string;
  readonly words: string;
  readonly [detail: string]: unknown;
}

function lostLines({ saved, losses, notes, acknowledged, filesNotCopied }: Salvage): LostLine[] {
  const { holes, lastSeq } = saved;
  const entries = holes.map(({ from, through }) => ({ what: 'entries', from, through, words: `${entriesFrom(from, through)}` }));
  const end =
    acknowledged === null
      ? [{ what: 'end', from: lastSeq + 1, through: null, words: `whatever came after entry ${lastSeq}: nothing told where the log ended` }]
      : acknowledged > lastSeq
        ? [
            {
              what: 'end',
              from: lastSeq + 1,
              through: acknowledged,
              words: `${entriesFrom(lastSeq + 1, acknowledged)}, the end of the log`,
            },
          ]
        : [];
  const times = (['readings', 'waves'] as const).flatMap((what) =>
    losses[what].map(({ fromMs, throughMs, sessions }) => ({
      what,
      from: isoUtc(fromMs),
      through: isoUtc(throughMs),
      sessions,
      words: `${what === 'waves' ? 'waveforms' : what}, or some of them, from ${isoUtc(fromMs) ?? 'the first'} to ${isoUtc(throughMs) ?? 'the last'}`,
    })),
  );
  const setAside = losses.setAside.map((session) => ({
    what: 'session',
    session,
    words: `session ${session} is set aside: it lacks entries or readings, or may`,
  }));
  const ofRoom = losses.roomEntriesLost
    ? [
        {
          what: 'room',
          words: 'entries of the room itself: people, patients, monitors, sign-ins or drugs. Look at each of them, and count the drugs',
        },
      ]
    : [];
  const checkpoints = losses.checkpointsLost ? [{ what: 'checkpoints', words: 'signed ends of the log' }] : [];
  const lostNotes =
    notes === null || notes.lost.length === 0
      ? []
      : [{ what: 'private-notes', notes: notes.lost.length, words: `${notes.lost.length} private notes` }];
  const pages = notes?.damagedPages ?? 0;
  const notesPages =
    pages === 0
      ? []
      : [
          {
            what: 'private-notes-pages',
            pages,
            words: `${pages} pages of the private notes: notes that no saved entry tells of may have been on them`,
          },
        ];
  const files = filesNotCopied.map((file) => ({ what: 'file', file, words: `${file} could not be read` }));
  return [...entries, ...end, ...times, ...setAside, ...ofRoom, ...checkpoints, ...lostNotes, ...notesPages, ...files];
}

function entriesFrom(from: number, through: number): string {
  return from === through ? `entry ${from}` : `entries ${from} to ${through}`;
}
