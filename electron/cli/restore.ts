import { toIso } from '../../shared/values/instant.ts';
import { sessionLog } from '../service/export/record/read-room.ts';
import { openSession } from '../service/recorder/open-session.ts';
import { foldSession } from '../service/session/state/session-state.ts';
import { findBackup, keyOfBackup, proveFiles, type BackupKey, type BackupOnDisk } from '../service/store/backup/read-backup.ts';
import { restoreBackup } from '../service/store/backup/restore-backup.ts';
import type { DataKey } from '../service/store/data-key.ts';
import { withPrivateFolder } from '../service/store/private-copy.ts';
import { readRoomCopy } from '../service/store/room-copy.ts';
import type { VerifyOptions } from '../service/store/verify.ts';
import { command } from './command.ts';
import type { CommandIo } from './command-io.ts';
import { flag, required, text, UsageError } from './command-option.ts';
import { foldProblems } from './fold-problems.ts';
import { typedLine } from './folder-key.ts';
import { withStepProgress } from './step-progress.ts';
import { lookedAt } from './verify.ts';
import { tellRefusal } from './store-refusal.ts';
import { isoUtc, spokenUtc } from './utc-time.ts';
import { systemWorld, type CommandWorld } from './command-world.ts';

/** `vigil restore`. */
export const restoreCommand = command({
  name: 'restore',
  does: 'a room from a backup, in a new folder; or a drill that proves the backup',
  forms: ['--from BACKUP --data NEWDIR --recovery-key|--key FILE', '--from BACKUP --drill --recovery-key|--key FILE'],
  about: `Makes the room of a backup again in a folder that is empty or does not exist yet, with its key file; never over anything.
BACKUP is one backup, or the folder of the backups of one room, of which the newest is taken. What the room recorded after
the backup is not in it: the output says until when it goes and whether a session was open then. The restored room goes
on under numbers of its own. With --drill the room is made in the folder for temporary files, verified whole and removed.`,
  options: {
    from: required(text('BACKUP', 'the backup, or the folder of the backups')),
    data: text('NEWDIR', 'the new data folder'),
    drill: flag('only prove that the backup can be restored'),
    'recovery-key': flag('read the printed recovery key from standard input'),
    key: text('FILE', "the room's key file, where it is still there"),
  },
  notes: `Output: one JSON object, "type":"restored", "drilled" or "refused". Exit 0 restored and verified whole, 1 a refusal, 130 ended
with Ctrl-C.`,
  whenEnded: 'Nothing was restored; the next restore removes what was begun.',
  run: async ({ options }, io, world: CommandWorld = systemWorld()) => {
    const { from, data, drill, key } = options;
    if (drill === (data !== null)) throw new UsageError(drill ? '--drill needs no --data: it leaves nothing' : '--data is missing');
    if (options['recovery-key'] === (key !== null)) throw new UsageError('name what opens the backup: either --recovery-key or --key FILE');
    try {
      const backup = findBackup(from);
      proveFiles(backup);
      const opened = keyOfBackup(backup, key === null ? await typedKey(io) : { keyFile: key });
      if (data === null) drillBackup(backup, opened, io, world);
      else restore(backup, opened, data, io, world);
      return 0;
    } catch (error) {
      return tellRefusal(io, 'restore', error);
    }
  },
});

async function typedKey({ stdin, stderr }: CommandIo): Promise<BackupKey> {
  stderr('Type the recovery key, then Enter:');
  return { typed: await typedLine(stdin) };
}

function restore(backup: BackupOnDisk, key: DataKey, path: string, io: CommandIo, { clock, ids }: CommandWorld): void {
  const now = clock.now();
  const { events, epoch } = withStepProgress(io, lookedAt, (onProgress) => restoreBackup({ backup, key, path, ids, now, onProgress }));
  const open = readRoomCopy(path, key, (copy) => {
    const find = (sessionId: string) => foldSession(sessionLog(copy, sessionId));
    return openSession(copy.events, { find, readable: find });
  });
  const { manifest, folder } = backup;
  const opened = open === null ? null : { session: open.sessionId, opened: isoUtc(open.openedMs) };
  const until = { takenAt: isoUtc(manifest.takenMs), lastRecordedAt: isoUtc(manifest.lastRecordedMs) };
  const line = { type: 'restored', from: folder, dataFolder: path, roomId: manifest.roomId, ...until, seq: manifest.seq, epoch, events };
  io.stdout(JSON.stringify({ ...line, openSession: opened }));
  io.stderr(`restored and verified whole: ${path}, as the room was on ${spokenUtc(manifest.takenMs, 'second')}.`);
  io.stderr(
    `The last entry in it was recorded on ${spokenUtc(manifest.lastRecordedMs, 'second')}. Whatever the room recorded after the backup is not in it.`,
  );
  if (open !== null) {
    io.stderr(
      'A session was open then. When Vigil is started with this folder, the session goes on with a gap in it; if its infusion ran, Vigil asks for the pump.',
    );
  }
  io.stderr(
    'Its key file is in the folder. Start Vigil with this folder, and look at the monitors: their ports may have other names here.',
  );
}

function drillBackup(backup: BackupOnDisk, key: DataKey, io: CommandIo, { clock, ids }: CommandWorld): void {
  const now = clock.now();
  const { events, readings } = withStepProgress(io, lookedAt, (onProgress) => {
    const furtherProblems: VerifyOptions['furtherProblems'] = (copy, onShare) =>
      foldProblems(copy, { facts: new Map(), drugLog: null }, onShare);
    return withPrivateFolder((place) => restoreBackup({ backup, key, path: `${place}/room`, ids, now, onProgress, furtherProblems }));
  });
  const { manifest, folder } = backup;
  const line = { type: 'drilled', from: folder, roomId: manifest.roomId, takenAt: isoUtc(manifest.takenMs), seq: manifest.seq };
  io.stdout(JSON.stringify({ ...line, events, readings, at: toIso(now) }));
  io.stderr(
    `restored, verified whole and removed again: ${folder}, taken on ${spokenUtc(manifest.takenMs, 'second')}, ${manifest.seq} events`,
  );
}
