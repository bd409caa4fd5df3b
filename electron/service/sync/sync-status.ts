import { join } from 'node:path';
import { z } from 'zod';
import { readPrivateFile } from '../store/data-folder.ts';
import type { DataKey } from '../store/data-key.ts';
import { keyedSeal } from '../store/keyed-seal.ts';
import { writeWholeFile } from '../store/whole-file.ts';
import type { SyncState } from './engine.ts';

/**
 * What the last run of a sender found: shown, and nothing that is sent depends on it but the rows that the target could not
 * take. It may be lost at any time; the next run asks the target and makes it anew. Nothing of the record is in it, and it is
 * sealed with a key that comes from the room's, so that nobody without that key keeps an entry back by it.
 */
const statusSchema = z.object({
  /** Of the target, without a password. */
  place: z.string(),
  is: z.enum(['up-to-date', 'behind', 'paused', 'stopped']),
  atMs: z.number(),
  /** Whether the room was told that its log is sent there. */
  told: z.boolean(),
  /** The last entry that the target was seen to hold, and when an answer of the target last said so. */
  arrivedSeq: z.number().int().nullable(),
  arrivedMs: z.number().nullable(),
  problem: z.string().nullable(),
  note: z.string().nullable(),
  parked: z.array(z.object({ seq: z.number().int(), words: z.string() })),
});

export type SyncStatus = z.output<typeof statusSchema>;

const sealedSchema = z.object({ status: statusSchema, seal: z.string() });

function statusFile(dataFolder: string): string {
  return join(dataFolder, 'sync.json');
}

/** null: nothing was sent yet, or the file is of no use: lost, damaged, or from before the room had this key. */
export function readSyncStatus(dataFolder: string, key: DataKey): SyncStatus | null {
  try {
    const { status, seal } = sealedSchema.parse(JSON.parse(readPrivateFile(statusFile(dataFolder)).toString('utf8')));
    return seal === sealOf(status, key) ? status : null;
  } catch {
    return null;
  }
}

/** Throws what the disk says. */
export function writeSyncStatus(dataFolder: string, status: SyncStatus, key: DataKey): void {
  writeWholeFile(statusFile(dataFolder), `${JSON.stringify({ status, seal: sealOf(status, key) })}\n`);
}

/**
 * @param run where to, whether the room was told of it, and when it ended, by both clocks: the state knows the second alone
 * @param before what an earlier run found at the same target: where this one got no answer, that still holds
 */
export function statusOf(
  { phase, arrived, problem, note, parked }: SyncState,
  run: { readonly place: string; readonly told: boolean; readonly utcMs: number; readonly monoMs: number },
  before: SyncStatus | null,
): SyncStatus {
  const is = phase.is === 'up-to-date' || phase.is === 'paused' || phase.is === 'stopped' ? phase.is : 'behind';
  const found =
    arrived === null
      ? { arrivedSeq: before?.arrivedSeq ?? null, arrivedMs: before?.arrivedMs ?? null }
      : { arrivedSeq: arrived.seq, arrivedMs: Math.round(run.utcMs - (run.monoMs - arrived.atMs)) };
  const silence = is === 'behind' ? 'Nothing came back from the hub in time.' : null;
  return { place: run.place, told: run.told, is, atMs: run.utcMs, ...found, problem: problem?.words ?? silence, note, parked: [...parked] };
}

function sealOf(status: SyncStatus, key: DataKey): string {
  // By the schema, so that the order of the fields is always the same.
  return keyedSeal(key, 'vigil sync status 1', JSON.stringify(statusSchema.parse(status)));
}
