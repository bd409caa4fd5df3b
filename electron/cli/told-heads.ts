import { existsSync } from 'node:fs';
import { notedDestination } from '../service/recorder/room-backups.ts';
import { readBackupHeads } from '../service/store/backup/backup-heads.ts';
import type { DataKey } from '../service/store/data-key.ts';
import type { ComparedHead, EarlierHead } from '../service/store/earlier-heads.ts';
import { UsageError } from './command-option.ts';

/** What `vigil verify` is told of earlier heads of the log. */
export interface ToldHeads {
  readonly heads: readonly EarlierHead[];
  /** In words, what of it could not be read. */
  readonly remarks: readonly string[];
}

interface ToldPlaces {
  /** Each SEQ:HASH. */
  readonly typed: readonly string[];
  /** The folder of the backups that was named. */
  readonly backups: string | null;
  /** The data folder, which tells where the room's own backups lie. */
  readonly folder: string;
}

/** Throws `UsageError`, and `StoreError` for a named folder that is not there. */
export function readToldHeads({ typed, backups, folder }: ToldPlaces, key: DataKey): ToldHeads {
  const own = backups === null ? notedDestination(folder) : null;
  if (own !== null && !existsSync(own)) {
    return { heads: typed.map(headOf), remarks: [`not compared: the room's own backups, which are not at ${own} now`] };
  }
  const place = backups ?? own;
  const { heads, unread } = place === null ? { heads: [], unread: [] } : readBackupHeads(place, key);
  return {
    heads: [...typed.map(headOf), ...heads],
    remarks: unread.map((name) => `not compared: the backup ${name}, whose manifest is another room's or was changed`),
  };
}

function headOf(typed: string): EarlierHead {
  const [, seq = '', hash = ''] = /^(\d{1,15}):([0-9a-f]{16,64})$/i.exec(typed) ?? [];
  if (seq === '') throw new UsageError(`--head must be SEQ:HASH, a number and at least 16 digits of its hash, not "${typed}"`);
  return { roomId: null, epoch: null, seq: Number(seq), hash: hash.toLowerCase(), toldBy: '--head', lies: 'elsewhere', atMs: null };
}

/** How far what lies elsewhere vouches for the record, in a sentence. */
export function vouchedFor(heads: readonly ComparedHead[]): string {
  const furthest = heads.findLast(({ result }) => result === 'same');
  const lostEnds = heads.filter(({ result }) => result === 'lost-end');
  const inHoles = heads.filter(({ result }) => result === 'hole').length;
  const words =
    furthest === undefined
      ? 'compared with nothing from elsewhere (--backups, --head)'
      : `events 1 to ${furthest.seq} are those that ${furthest.toldBy}${dayOf(furthest)} tells of`;
  const further = `; ${lostEnds.length} of what was named ${lostEnds.length === 1 ? 'goes' : 'go'} further than what this room was restored or salvaged from, and cannot be compared`;
  const lost = `; ${inHoles} of what was named ${inHoles === 1 ? 'tells' : 'tell'} of an event that a salvage named as lost`;
  return `${words}${lostEnds.length === 0 ? '' : further}${inHoles === 0 ? '' : lost}`;
}

function dayOf({ atMs }: ComparedHead): string {
  return atMs === null ? '' : ` of ${new Date(atMs).toISOString().slice(0, 10)}`;
}

export function toldHeadLine({ seq, result, toldBy, atMs }: ComparedHead): object {
  return { seq, result, toldBy, at: atMs === null ? null : new Date(atMs).toISOString() };
}
