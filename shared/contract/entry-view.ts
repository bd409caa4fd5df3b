import { z } from 'zod';
import { artefactMetrics } from '../clinical/artefact.ts';
import { metricIdSchema } from '../clinical/metric.ts';
import { typedVitalValues } from './commands/typed-vitals.ts';
import { idSchema } from '../values/ids.ts';
import { utcMsSchema } from '../values/instant.ts';

/** What every entry on the timeline carries. */
export const entryShape = {
  eventId: idSchema,
  atMs: utcMsSchema,
  enteredMs: utcMsSchema,
  /** Entered more than five minutes after its clinical time. */
  late: z.boolean(),
  /** Its time was corrected; the first one. */
  amendedFromMs: utcMsSchema.nullable(),
  by: z.string().nullable(),
};

/** Whose an entry is: the page asks for somebody who may before it is put right. */
export const whoseEntry = {
  /** No therapist undoes it or corrects its time. */
  clinical: z.literal(true).optional(),
};

/** Of an entry that takes a bag off its pump: what was left in that bag, worked out and as a person read it. */
export const volumeLeftViewSchema = z.object({ workedUl: z.number(), readUl: z.number().int().nullable() });

/** A value a person typed, other than blood pressure (which is a cuff reading by hand). */
export const enteredVitalSchema = z.object({ ...entryShape, metric: metricIdSchema, value: z.number() });
export type EnteredVital = z.output<typeof enteredVitalSchema>;

/** Vitals by hand as they were typed together, for whoever corrects them; the timeline draws them one by one. */
export const typedVitalsViewSchema = z.object({ ...entryShape, detail: z.string().nullable(), values: typedVitalValues });
export type TypedVitalsView = z.output<typeof typedVitalsViewSchema>;

/** Values of a monitor that a person marked as none of the patient. */
export const artefactViewSchema = z.object({
  ...entryShape,
  metric: z.enum(artefactMetrics),
  fromMs: utcMsSchema,
  toMs: utcMsSchema,
  label: z.string(),
  detail: z.string().nullable(),
});
export type ArtefactView = z.output<typeof artefactViewSchema>;
