import { idToBlob } from '../event-row.ts';
import type { KeptHead } from '../log-head.ts';
import { StoreError } from '../store-error.ts';
import type { Value } from './page-cells.ts';
import { isIdentityOf, type RoomIdentity } from './saved-room.ts';
import type { Survey } from './survey.ts';

interface ToldElsewhere {
  readonly kept: KeptHead | null;
  readonly backup: { readonly roomId: string; readonly epoch: string } | null;
  readonly file: string;
}

/**
 * Which room it is and which epochs its log has: from the file, or where that page is lost from its index, the kept head or a
 * backup. What comes from elsewhere counts only if the hashes of the events fit it. Throws `StoreError` where nothing tells.
 */
export function roomIdentity(survey: Survey, { kept, backup, file }: ToldElsewhere): RoomIdentity {
  const [room] = survey.rows('room');
  const ofRoom = room?.[1];
  const roomId = Buffer.isBuffer(ofRoom) ? ofRoom : backup === null ? null : idToBlob(backup.roomId, 'roomId');
  if (roomId === null) throw lost(file);
  const rows = epochsIn(survey);
  const isComplete = rows !== null && survey.lostRanges('epoch').length === 0;
  if (Buffer.isBuffer(ofRoom) && isComplete) return { roomId, epochs: rows };
  const elsewhere = [kept?.epoch, backup?.epoch].filter((epoch) => epoch !== undefined);
  const candidates = [rows, epochsInIndex(survey), ...elsewhere.map((epoch) => [created(idToBlob(epoch, 'epoch'))])];
  const boots = new Map([...survey.rows('boot'), ...bootsInIndex(survey)].map(([boot, bootId]) => [Number(boot), String(bootId)]));
  for (const epochs of candidates) {
    if (epochs === null || epochs.length === 0) continue;
    const identity = { roomId, epochs };
    if (isIdentityOf(identity, survey.rows('event_log'), boots)) return identity;
  }
  throw lost(file);
}

function created(epoch: Buffer): RoomIdentity['epochs'][number] {
  return { firstSeq: 1, epoch, cause: 'created' };
}

function epochsIn(survey: Survey): RoomIdentity['epochs'] | null {
  const epochs = [...survey.rows('epoch')].map(([firstSeq, epoch, cause]) => epochOf(firstSeq, epoch, cause));
  return epochs.length === 0 ? null : epochs;
}

function epochOf(firstSeq: Value | undefined, epoch: Value | undefined, cause: Value | undefined): RoomIdentity['epochs'][number] {
  return { firstSeq: Number(firstSeq), epoch: Buffer.isBuffer(epoch) ? epoch : Buffer.alloc(0), cause: String(cause) };
}

/** The index has the number and the id; every epoch but the first comes from a restore or a salvage. */
function epochsInIndex(survey: Survey): RoomIdentity['epochs'] {
  return survey
    .reached('sqlite_autoindex_epoch_1')
    .cells.flatMap(({ values }) => (values === null ? [] : [epochOf(values[1], values[0], values[1] === 1 ? 'created' : 'restored')]))
    .toSorted((a, b) => a.firstSeq - b.firstSeq);
}

function bootsInIndex(survey: Survey): Value[][] {
  return survey
    .reached('sqlite_autoindex_boot_1')
    .cells.flatMap(({ values }) => (values === null ? [] : [[values[1] ?? null, values[0] ?? null]]));
}

function lost(file: string): StoreError {
  const words = `The page of ${file} that says which room it is is lost, and without it no entry can be proved. Name a backup of the room with --backup, which tells it; or restore the newest backup.`;
  return new StoreError('STORE_CORRUPT', words, file);
}
