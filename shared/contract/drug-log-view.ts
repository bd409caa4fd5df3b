import { z } from 'zod';
import { stockSchema, wasteSources } from '../clinical/controlled-drug.ts';
import { idSchema } from '../values/ids.ts';
import { utcMsSchema } from '../values/instant.ts';

/** What the session screen shows of controlled drugs, and prefills waste with. Whole micrograms. */
export const sessionDrugsViewSchema = z.object({
  /** What the protocol's dose is drawn from; null where the protocol names no vial, device or lozenge. */
  stock: stockSchema.nullable(),
  drawnUg: z.number().int(),
  /** Up to the end of the dose; null while it runs and before it. */
  givenUg: z.number().int().nullable(),
  wastedUg: z.number().int(),
  differenceUg: z.number().int(),
  /** Still to be accounted for; null while the dose is not over. */
  openUg: z.number().int().nullable(),
  /** Leftover by the arithmetic of the dose, to be confirmed or changed. Empty where nothing is left. */
  offered: z.array(z.object({ from: z.enum(wasteSources), ug: z.number().int() })),
  entries: z.array(
    z.object({
      eventId: idSchema,
      kind: z.enum(['drawn', 'wasted']),
      atMs: utcMsSchema,
      stock: stockSchema,
      forDose: z.boolean(),
      ug: z.number().int(),
      difference: z.object({ ug: z.number().int(), reason: z.string() }).nullable(),
      by: z.string().nullable(),
      witness: z.string(),
    }),
  ),
});
export type SessionDrugsView = z.output<typeof sessionDrugsViewSchema>;

export const drugLogKinds = ['received', 'counted', 'drawn', 'given', 'wasted', 'disposed'] as const;
export type DrugLogKind = (typeof drugLogKinds)[number];

/** Whose session an entry belongs to. */
const sessionOfDrugSchema = z.object({ sessionId: idSchema, patientName: z.string(), recordNumber: z.string() });

export const drugLogRowSchema = z.object({
  /** Null for what was given: it comes from the dose and is no entry of its own. */
  eventId: idSchema.nullable(),
  kind: z.enum(drugLogKinds),
  atMs: utcMsSchema,
  enteredMs: utcMsSchema,
  late: z.boolean(),
  amendedFromMs: utcMsSchema.nullable(),
  /** Undone with a later entry: it stands here and counts for nothing. */
  undone: z.boolean(),
  stock: stockSchema,
  /** The amount of the entry, never signed: the kind says which way it goes. */
  ug: z.number().int(),
  lot: z.string().nullable(),
  /** Of its stock, after this entry; null where the entry does not touch the cabinet. */
  balanceUg: z.number().int().nullable(),
  /** Counted or accounted otherwise than expected: what was found less what was expected, or what a session left open. */
  differenceUg: z.number().int().nullable(),
  reason: z.string().nullable(),
  session: sessionOfDrugSchema.nullable(),
  by: z.string().nullable(),
  witness: z.string().nullable(),
});
export type DrugLogRow = z.output<typeof drugLogRowSchema>;

export const drugBalanceSchema = z.object({
  stock: stockSchema,
  /** Below 0 where more was drawn than the log ever received: a discrepancy to be counted, never hidden. */
  balanceUg: z.number().int(),
  lastCount: z.object({ atMs: utcMsSchema, countedUg: z.number().int(), differenceUg: z.number().int() }).nullable(),
});
export type DrugBalance = z.output<typeof drugBalanceSchema>;

/** An ended session whose drawn drug is not all accounted for. */
export const unaccountedSchema = z.object({
  sessionId: idSchema,
  patientName: z.string(),
  recordNumber: z.string(),
  atMs: utcMsSchema,
  drawnUg: z.number().int(),
  givenUg: z.number().int(),
  wastedUg: z.number().int(),
  openUg: z.number().int(),
});
export type Unaccounted = z.output<typeof unaccountedSchema>;

export const drugLogViewSchema = z.object({
  balances: z.array(drugBalanceSchema),
  /** Newest first. */
  rows: z.array(drugLogRowSchema),
  /** Entries there are beyond those in `rows`. */
  older: z.number().int(),
  unaccounted: z.array(unaccountedSchema),
  /** Sessions whose entries are damaged: what they gave, and what of them is open, is not known here. */
  unreadable: z.array(
    z.object({
      sessionId: idSchema,
      /** Null where not even its opening can be read. */
      patient: z.object({ patientName: z.string(), recordNumber: z.string() }).nullable(),
    }),
  ),
});
export type DrugLogView = z.output<typeof drugLogViewSchema>;
