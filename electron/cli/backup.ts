import product from '../../package.json' with { type: 'json' };
import type { Clock } from '../service/platform/platform.ts';
import { createSystemClock } from '../service/platform/system-clock.ts';
import { backupFiles } from '../service/store/backup/backup-manifest.ts';
import { writeBackup, type Backup, type BackupStep } from '../service/store/backup/write-backup.ts';
import { checkpointFingerprint } from '../service/store/checkpoint-key.ts';
import { command } from './command.ts';
import { required, text } from './command-option.ts';
import { findFolderKey, recoveryKeyFlag } from './folder-key.ts';
import { withStepProgress } from './step-progress.ts';
import { tellRefusal } from './store-refusal.ts';
import { isoUtc } from './utc-time.ts';

/** `vigil backup`. */
export const backupCommand = command({
  name: 'backup',
  does: 'an encrypted copy of record and private notes, verified after writing',
  about: `Copies a room into a folder of its own in --to: the record and the private notes, encrypted as they are, and the sealed
recovery key. The key itself is not among them: the printed recovery key opens a backup, or the room's key file. Vigil may
be recording meanwhile. What is kept of earlier backups of the room: the last of each of 7 days, 8 weeks and 24 months.

Before it is written, the copy is proved: the seal of each page, the chain of events, and that no acknowledged event is
missing. Afterwards it is read back and compared. Not in it: derived.db, captures, logs and clinic tables.`,
  options: {
    data: required(text('DIR', 'the data folder')),
    to: required(text('DIR', 'where the backups lie, best on another disk; it has to be there')),
    'recovery-key': recoveryKeyFlag,
  },
  notes: `Output: one JSON object, "type":"backed-up" or "refused". Exit 0 written and verified, 1 a refusal, 130 ended with Ctrl-C.`,
  whenEnded: 'There is no new backup; the next one removes what was begun.',
  run: async ({ options }, io, clock: Pick<Clock, 'now'> = createSystemClock()) => {
    try {
      const key = await findFolderKey(options.data, options['recovery-key'], io.stdin);
      const task = { path: options.data, key, to: options.to, nowMs: clock.now().utcMs, version: product.version };
      const { name, manifest, removed, notRemoved, sameDisk } = withStepProgress(io, isDoing, (onStep) => writeBackup({ ...task, onStep }));
      const { files, takenMs, lastRecordedMs, ...about } = manifest;
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
      io.stdout(
        JSON.stringify({
          type: 'backed-up',
          name,
          to: options.to,
          takenAt: isoUtc(takenMs),
          ...about,
          lastRecordedAt: isoUtc(lastRecordedMs),
          bytes,
          removed,
          sameDisk,
        }),
      );
      io.stderr(`backed up and compared: ${name}, ${manifest.seq} events, ${Math.ceil(bytes / 1000)} kB`);
      if (manifest.checkpointKey !== undefined)
        io.stderr(`its checkpoints are signed with key ${checkpointFingerprint(manifest.checkpointKey)}`);
      for (const words of remarks({ manifest, notRemoved, sameDisk })) io.stderr(`vigil backup: ${words}`);
      return 0;
    } catch (error) {
      return tellRefusal(io, 'backup', error);
    }
  },
});

/** In the order of `backupSteps`. */
const isDoing: Readonly<Record<BackupStep, string>> = {
  copy: 'the record is copied and proved',
  write: 'the backup is written',
  compare: 'the backup is read back and compared',
  keep: 'older backups',
};

function remarks({ manifest, notRemoved, sameDisk }: Pick<Backup, 'manifest' | 'notRemoved' | 'sameDisk'>): string[] {
  const hasRecoveryKey = manifest.files.some(({ name }) => name === backupFiles.recoveryKey);
  return [
    ...(sameDisk ? ['the backup lies on the same disk as the record, with which it would be lost.'] : []),
    ...(hasRecoveryKey ? [] : ['this room has no recovery key: only its key file opens the backup. Keep a copy of it elsewhere.']),
    ...(notRemoved === null ? [] : [`older backups were not all removed. ${notRemoved}`]),
  ];
}
