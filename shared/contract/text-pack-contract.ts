import { oc } from '@orpc/contract';
import { z } from 'zod';
import { instrumentIds } from '../clinical/instrument-id.ts';
import { textPackCharactersMax, textPackSchema } from '../clinical/text-pack.ts';
import { utcMsSchema } from '../values/instant.ts';
import { refusalSchema } from './contract-errors.ts';

const instrument = z.enum(instrumentIds);

/** A loaded wording, without its words. */
export const textPackViewSchema = z.object({
  instrument,
  language: z.string(),
  version: z.string(),
  copyright: z.string(),
  hash: z.string(),
  loadedMs: utcMsSchema,
  loadedBy: z.string().nullable(),
});
export type TextPackView = z.output<typeof textPackViewSchema>;

/** Every refusal travels as one declared error; its code says which. */
const base = oc.errors({ REFUSED: { status: 422, data: refusalSchema } });

export const textPacksContract = {
  list: base.output(z.array(textPackViewSchema)),
  load: base
    .input(
      z.object({
        /** The text of the file, as it is. A little more than a pack may have, so that a sentence can be said about it. */
        content: z.string().max(textPackCharactersMax + 1),
        /** Where a person chose one first: a pack for another instrument is refused. */
        instrument: instrument.optional(),
      }),
    )
    /** `changed`: false where the same words were loaded already. */
    .output(z.object({ pack: textPackViewSchema, changed: z.boolean() })),
  remove: base.input(z.object({ instrument })).output(z.object({})),
  /** The words by their hash, of whatever was ever loaded here. */
  words: base.input(z.object({ hash: z.string().max(100) })).output(textPackSchema.nullable()),
};
