import { statedTimeMs } from '../../../../shared/values/calendar.ts';
import { toIso } from '../../../../shared/values/instant.ts';

/** A backup is a folder, named by its room and the moment of its copy, so that sorting by name is sorting by time. */
export interface BackupName {
  readonly name: string;
  readonly takenMs: number;
}

/** Of a backup that is being written, or was when its process was killed. */
export const unfinishedSuffix = '.part';

export function backupName(roomId: string, takenMs: number): string {
  return `${prefixOf(roomId)}${toIso({ utcMs: takenMs, offsetMin: 0 }).slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** The finished ones of a room among the names in a folder, oldest first. */
export function backupsAmong(names: readonly string[], roomId: string): readonly BackupName[] {
  return names
    .flatMap((name) => {
      const takenMs = takenMsOf(name);
      return takenMs !== null && name === backupName(roomId, takenMs) ? [{ name, takenMs }] : [];
    })
    .toSorted((a, b) => a.takenMs - b.takenMs);
}

/** When the backup of this name was taken, whichever room's; null: the name of something else. */
export function takenMsOf(name: string): number | null {
  const parts = /^vigil-[0-9a-f]{12}-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(name);
  if (parts === null) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1);
  return statedTimeMs(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** Those that were begun for a room and not ended. */
export function unfinishedAmong(names: readonly string[], roomId: string): readonly string[] {
  return names.filter((name) => name.startsWith(prefixOf(roomId)) && name.endsWith(unfinishedSuffix));
}

/** The end of the id: its beginning is a time, which rooms that are set up together share. */
function prefixOf(roomId: string): string {
  return `vigil-${roomId.slice(-12)}-`;
}
