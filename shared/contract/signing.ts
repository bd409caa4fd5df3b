import { oc } from '@orpc/contract';
import { z } from 'zod';
import { idSchema } from '../values/ids.ts';
import { utcMsSchema } from '../values/instant.ts';
import { signatureMeanings } from './commands/signing.ts';
import { refusalSchema } from './contract-errors.ts';
import { recordRowSchema } from './session-view/entry-marks.ts';
import { whoseEntry } from './session-view/entry.ts';

const base = oc.errors({ REFUSED: { status: 422, data: refusalSchema } });
const who = z.string().nullable();

/** Whether and by whom a session was signed, for a list. */
export const signedStateSchema = z.object({
  status: z.enum(['open', 'ended', 'signed', 'amending']),
  /** 0 before the first signature. */
  version: z.number().int().min(0),
  /** Of the last version's author. */
  by: who,
  atMs: utcMsSchema.nullable(),
});
export type SignedState = z.output<typeof signedStateSchema>;

export const completenessItemViewSchema = z.object({
  key: z.string(),
  kind: z.enum(['missing', 'slot', 'order', 'rating-open', 'safety-flag', 'excursion', 'adverse-event', 'waste', 'late-entry', 'gap']),
  label: z.string(),
  detail: z.string(),
  atMs: utcMsSchema.nullable(),
  asks: z.enum(['reason', 'what-was-done', 'nothing']),
  closed: z.object({ reason: z.string(), atMs: utcMsSchema, by: who }).nullable(),
});
export type CompletenessItemView = z.output<typeof completenessItemViewSchema>;

export const signedVersionViewSchema = z.object({
  version: z.number().int(),
  recordHash: z.string(),
  throughSeq: z.number().int(),
  signatures: z.array(z.object({ name: z.string(), role: z.string(), meaning: z.enum(signatureMeanings), atMs: utcMsSchema })),
  /** Why there is this version; null for the first. */
  amendment: z.object({ reason: z.string(), begunMs: utcMsSchema, by: who }).nullable(),
});
export type SignedVersionView = z.output<typeof signedVersionViewSchema>;

export const signingViewSchema = z.object({
  sessionId: idSchema,
  status: z.enum(['open', 'ended', 'signed', 'amending']),
  /** Of the record as it stands now: what a signature given now would sign. null while the session runs. */
  recordHash: z.string().nullable(),
  items: z.array(completenessItemViewSchema),
  versions: z.array(signedVersionViewSchema),
  amendment: z.object({ reason: z.string(), begunMs: utcMsSchema, by: who, changes: z.number().int() }).nullable(),
  /** The event that ended the session, by whose undoing it is taken up again. */
  endedEventId: idSchema.nullable(),
  privateNotes: z.number().int(),
});
export type SigningView = z.output<typeof signingViewSchema>;

/** The events by which something recorded is undone, corrected, replaced or added to: no other may supersede one. */
export const entryChangeKinds = [
  'time-corrected',
  'gift-corrected',
  'vitals-corrected',
  'volume-left-corrected',
  'observation-amended',
  'event-undone',
  'adverse-event-updated',
] as const;
export type EntryChangeKind = (typeof entryChangeKinds)[number];

/** One entry with everything that was said about it later: nothing that was recorded is ever out of sight. */
export const recordEntrySchema = z.object({
  eventId: idSchema,
  seq: z.number().int(),
  kind: z.string(),
  /** Its line in the list of the record; null where another entry or the timeline says it. */
  row: recordRowSchema.nullable(),
  ...whoseEntry,
  label: z.string(),
  /** What it said at first beyond its label; null where that is all. */
  detail: z.string().nullable(),
  /** Every reason that was given with it: why it was done all the same, why it was entered late. */
  reasons: z.array(z.string()),
  atMs: utcMsSchema,
  recordedMs: utcMsSchema,
  /** null for the room itself. */
  by: who,
  late: z.boolean(),
  state: z.enum(['stands', 'amended', 'undone']),
  /** The signed version in which it first stood; null while it stands in none. */
  inVersion: z.number().int().nullable(),
  /** The version that it was added in, after the first signature; null where it stood in the first. */
  addedIn: z.number().int().nullable(),
  /** Oldest first: corrections of its time, other words, its undoing and the undoing of that. */
  changes: z.array(
    z.object({
      eventId: idSchema,
      kind: z.enum(entryChangeKinds),
      label: z.string(),
      /** What it says in place of what was there before. */
      detail: z.string().nullable(),
      /** What was there, where the change puts other figures in its place. */
      replaces: z.string().nullable(),
      recordedMs: utcMsSchema,
      by: who,
      reason: z.string().nullable(),
      /** The clinical times a time correction went between. */
      fromMs: utcMsSchema.nullable(),
      toMs: utcMsSchema.nullable(),
      undone: z.boolean(),
    }),
  ),
});
export type RecordEntry = z.output<typeof recordEntrySchema>;

/** What the sign screen asks for. Signing itself is a command of the session. */
export const signingContract = {
  read: base.input(z.object({ sessionId: idSchema })).output(signingViewSchema),
  history: base.input(z.object({ sessionId: idSchema })).output(z.array(recordEntrySchema)),
};
