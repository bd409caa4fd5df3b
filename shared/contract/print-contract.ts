import { oc } from '@orpc/contract';
import { z } from 'zod';
import { remsFormSchema } from '../clinical/rems-form.ts';
import { idSchema } from '../values/ids.ts';
import { refusalSchema } from './contract-errors.ts';
import { printPageSchema, printPagesMax } from './print-page.ts';

/** Every refusal travels as one declared error; its code says which. */
const base = oc.errors({ REFUSED: { status: 422, data: refusalSchema } });

const what = z.object({ sessionId: idSchema, kind: z.enum(['one-page', 'full']) });
/** A six-hour session in full is well under one megabyte. */
export const pdfBase64Max = 16 * 1024 * 1024;

export const printContract = {
  /** The record as a file. Base64, because bytes do not arrive as bytes over every transport. */
  pdf: base.input(what).output(z.object({ fileName: z.string().max(120), base64: z.base64().max(pdfBase64Max) })),
  /** The same pages as drawings, for the page to print. */
  pages: base.input(what).output(z.object({ pages: z.array(printPageSchema).max(printPagesMax) })),
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
