import { oc } from '@orpc/contract';
import { z } from 'zod';
import { remsFormSchema } from '../clinical/rems-form.ts';
import { idSchema } from '../values/ids.ts';
import { refusalSchema } from './contract-errors.ts';
import { exportFormatSchema } from './export-formats.ts';
import { printKinds, printPageSchema, printPagesMax } from './print-page.ts';

/** Every refusal travels as one declared error; its code says which. */
const base = oc.errors({ REFUSED: { status: 422, data: refusalSchema } });

/** A six-hour session in full is well under one megabyte. */
const base64Max = 16 * 1024 * 1024;
/** Eight hours of six values a second are a table of about twenty million characters. */
const textMax = 128 * 1024 * 1024;

/** Text travels as text; bytes as base64, because bytes do not arrive as bytes over every transport. */
export const fileContentSchema = z.discriminatedUnion('as', [
  z.object({ as: z.literal('text'), text: z.string().max(textMax) }),
  z.object({ as: z.literal('base64'), base64: z.base64().max(base64Max) }),
]);
export type FileContent = z.output<typeof fileContentSchema>;

export const printContract = {
  /** The record as a file, the same bytes as `vigil export` writes of it. */
  file: base
    .input(z.object({ sessionId: idSchema, format: exportFormatSchema }))
    .output(z.object({ fileName: z.string().max(120), content: fileContentSchema })),
  /** The record as drawn pages, for the page to print. */
  pages: base
    .input(z.object({ sessionId: idSchema, kind: z.enum(printKinds) }))
    .output(z.object({ pages: z.array(printPageSchema).max(printPagesMax) })),
  /** The data set of the REMS monitoring form; null for a session by another route. */
  rems: base.input(z.object({ sessionId: idSchema })).output(z.object({ form: remsFormSchema.nullable() })),
  /** The hash of the record as it stands, and for each signed version whether the file still gives the signed hash. */
  prove: base.input(z.object({ sessionId: idSchema })).output(
    z.object({
      recordHash: z.string(),
      throughSeq: z.number().int(),
      versions: z.array(z.object({ version: z.number().int(), recordHash: z.string(), holds: z.boolean() })),
    }),
  ),
};
