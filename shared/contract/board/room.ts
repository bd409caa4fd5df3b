import { z } from 'zod';
import { formatsSchema } from '../../values/formats.ts';
import { utcMsSchema } from '../../values/instant.ts';
import { pinAgeSchema } from '../pin-age.ts';
import { privacyCoverSchema } from '../privacy-cover.ts';
import { secondPersonsSchema } from '../second-persons.ts';

/** The clinic's choice of private notes for this room. */
export const privateSideViewSchema = z.object({ offered: z.boolean(), marksShown: z.boolean() });

/** The backups that a room makes by itself. */
export const backupSectionSchema = z.object({
  /** When the last one was made that was compared after writing; null: none yet. */
  lastMs: utcMsSchema.nullable(),
  /** When one was restored on trial the last time, and was whole; null: never. */
  drilledMs: utcMsSchema.nullable(),
  /** One is due, and a dose runs. */
  waits: z.boolean(),
  /** Why the last try failed, in words; null: it did not fail. */
  failure: z.string().nullable(),
});
export type BackupSection = z.output<typeof backupSectionSchema>;

export const roomSectionSchema = z.object({
  name: z.string(),
  /** Simulated monitors and a database of its own; said on every screen. */
  demo: z.boolean(),
  setUp: z.boolean(),
  version: z.string(),
  privateSide: privateSideViewSchema,
  formats: formatsSchema,
  secondPersons: secondPersonsSchema,
  privacyCover: privacyCoverSchema,
  pinAge: pinAgeSchema,
  /** When this room was made from a backup the last time, and when that was taken; null: never. */
  restored: z.object({ atMs: utcMsSchema, takenMs: utcMsSchema }).nullable(),
  /** When it was saved out of a damaged file the last time, and what of it is lost; null: never. */
  salvaged: z
    .object({
      atMs: utcMsSchema,
      entriesLost: z.number().int().min(0),
      /** False: nothing told where its log ended, and more may be lost there. */
      isEndKnown: z.boolean(),
      roomEntriesLost: z.boolean(),
      sessionsSetAside: z.number().int().min(0),
    })
    .nullable(),
  /** null: it makes none by itself. */
  backups: backupSectionSchema.nullable(),
});

export const recordingSectionSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('recording'),
    lastWriteMs: utcMsSchema.nullable(),
    lastSeq: z.number().int(),
    freeBytes: z.number().nullable(),
  }),
  /** Nothing is being kept. A screen of its own says why and what to do. */
  z.object({
    state: z.literal('stopped'),
    sinceMs: utcMsSchema,
    code: z.enum(['STORE_READ_ONLY', 'STORE_FULL', 'STORE_CORRUPT', 'STORE_FAILED']),
    message: z.string(),
  }),
]);
