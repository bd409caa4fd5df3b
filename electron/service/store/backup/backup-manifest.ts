import { z } from 'zod';
import { utcMsSchema } from '../../../../shared/values/instant.ts';
import type { DataKey } from '../data-key.ts';
import { keyedSeal } from '../keyed-seal.ts';

/**
 * The files of a backup. None has the name that it has in a room: a backup is never opened as one, and recorded into,
 * by mistake. There is no key among them.
 */
export const backupFiles = {
  record: 'record.copy',
  privateNotes: 'private-notes.copy',
  /** The data key under the printed recovery key (`data-key.ts`). */
  recoveryKey: 'recovery-key.copy',
} as const;
export const manifestFile = 'manifest.json';

const fileSchema = z.object({
  name: z.enum(backupFiles),
  bytes: z.number().int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** What a backup holds. Nothing of a patient stands in it, for it is not encrypted. */
const manifestSchema = z.object({
  roomId: z.uuid(),
  /** Where the log ends in the copy. */
  epoch: z.uuid(),
  seq: z.number().int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  takenMs: utcMsSchema,
  /** When the last event in the copy was recorded; null where there is none. */
  lastRecordedMs: utcMsSchema.nullable(),
  /** The public half of the key that signed the newest checkpoint in the copy, 32 bytes in hexadecimal; left out where there is none. */
  checkpointKey: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** Of Vigil, and of the shape of its database. */
  version: z.string(),
  storeVersion: z.number().int(),
  files: z.array(fileSchema),
});
export type BackupManifest = z.output<typeof manifestSchema>;
export type BackupFile = z.output<typeof fileSchema>;

const sealedSchema = z.object({ format: z.literal('vigil-backup-1'), manifest: manifestSchema, seal: z.string() });
const anyFormatSchema = z.object({ format: z.string().regex(/^vigil-backup-\d+$/) });

export function encodeManifest(manifest: BackupManifest, key: DataKey): string {
  return `${JSON.stringify({ format: 'vigil-backup-1', manifest, seal: sealOf(manifest, key) }, null, 2)}\n`;
}

/** `newer`: of a form that a newer Vigil writes. `damaged`: no manifest. What is read proves nothing before its seal was checked. */
export function decodeManifest(text: string): ReadManifest | 'newer' | 'damaged' {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return 'damaged';
  }
  const sealed = sealedSchema.safeParse(content);
  if (sealed.success)
    return { manifest: sealed.data.manifest, isSealedBy: (key) => sealed.data.seal === sealOf(sealed.data.manifest, key) };
  const other = anyFormatSchema.safeParse(content);
  return other.success && other.data.format !== 'vigil-backup-1' ? 'newer' : 'damaged';
}

export interface ReadManifest {
  readonly manifest: BackupManifest;
  /** Whether it was made with this key and is as it was made. */
  isSealedBy(key: DataKey): boolean;
}

function sealOf(manifest: BackupManifest, key: DataKey): string {
  // By the schema, so that the order of the fields is always the same.
  return keyedSeal(key, 'vigil backup manifest 1', JSON.stringify(manifestSchema.parse(manifest)));
}
