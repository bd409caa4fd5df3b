import { oc } from '@orpc/contract';
import { z } from 'zod';
import { idSchema } from '../values/ids.ts';
import { utcMsSchema } from '../values/instant.ts';
import { refusalSchema } from './contract-errors.ts';
import { exportFormatSchema } from './export-formats.ts';
import { fileContentSchema } from './print-contract.ts';

/** Every refusal travels as one declared error; its code says which. */
const base = oc.errors({ REFUSED: { status: 422, data: refusalSchema } });

/** What somebody did when they looked. */
export const lookKinds = [
  /** A session that goes on, on its own screens. */
  'session-watched',
  /** Of a session that has ended: its timeline, entries, history, signatures, monitoring form. */
  'record-opened',
  'record-printed',
  'record-saved',
  /** The record was read to prove its signatures. */
  'signature-checked',
  /** Stood in the answer to words that somebody searched for. */
  'patient-found',
  /** The names in the list of sessions. */
  'sessions-listed',
  'drug-log-opened',
  'drug-log-saved',
  /** By their author; nobody else can. */
  'private-notes-opened',
  'looks-opened',
  'looks-saved',
  /** The whole room, by the command. */
  'room-verified',
  /** To a place outside that it had not been sent to before, by the command. */
  'log-sent',
] as const;
export const lookKindSchema = z.enum(lookKinds);
export type LookKind = z.output<typeof lookKindSchema>;

/** By which way: the desktop's own window, a browser on this computer, or a command in a terminal. */
export const lookedFromSchema = z.enum(['window', 'browser', 'command']);
export type LookedFrom = z.output<typeof lookedFromSchema>;

/** Whose looks, or at whose record. */
export const looksOfSchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('everybody') }),
  z.object({ by: z.literal('person'), personId: idSchema }),
  z.object({ by: z.literal('record-number'), recordNumber: z.string().trim().min(1).max(40) }),
]);
export type LooksOf = z.output<typeof looksOfSchema>;

export const lookViewSchema = z.object({
  seq: z.number().int(),
  atMs: utcMsSchema,
  what: lookKindSchema,
  /** As they were called then; null for a command. */
  name: z.string().nullable(),
  from: lookedFromSchema,
  /** Of the operating system, that gave the command. */
  account: z.string().nullable(),
  /** `name` is null for whoever reads no records. */
  patient: z.object({ name: z.string().nullable(), recordNumber: z.string() }).nullable(),
  /** When that session was opened. */
  sessionMs: utcMsSchema.nullable(),
  format: exportFormatSchema.nullable(),
});
export type LookView = z.output<typeof lookViewSchema>;

export const looksPageLength = 100;

/** Who looked at what. Kept for a prescriber and for IT, who answers for privacy. */
export const looksContract = {
  /** Newest first, a page of them; `before`: those from before this number. */
  list: base
    .input(z.object({ of: looksOfSchema, before: z.number().int().positive().nullable() }))
    .output(z.object({ looks: z.array(lookViewSchema).max(looksPageLength), hasOlder: z.boolean() })),
  /** All of them as one table. */
  file: base.input(z.object({ of: looksOfSchema })).output(z.object({ fileName: z.string().max(120), content: fileContentSchema })),
};
