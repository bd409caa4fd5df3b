import { z } from 'zod';
import { artefactMetrics } from '../../clinical/artefact.ts';
import { cuffReadingSchema } from '../../clinical/measured-vitals.ts';
import { metricIdSchema } from '../../clinical/metric.ts';
import { milestoneKeySchema } from '../../clinical/milestone.ts';
import { utcMsSchema } from '../../values/instant.ts';
import { clockStepSchema, gapSchema } from '../board/clock.ts';
import { typedVitalValues } from '../commands/typed-vitals.ts';
import { tickKinds } from './entry-marks.ts';
import { entryShape, whoseEntry } from './entry.ts';

/** Of an entry that takes a bag off its pump: what was left in that bag, worked out and as a person read it. */
const volumeLeftViewSchema = z.object({ workedUl: z.number(), readUl: z.number().int().nullable() });

/** A value a person typed, other than blood pressure (which is a cuff reading by hand). */
const enteredVitalSchema = z.object({ ...entryShape, metric: metricIdSchema, value: z.number() });
export type EnteredVital = z.output<typeof enteredVitalSchema>;

/** Vitals by hand as they were typed together, for whoever corrects them; the timeline draws them one by one. */
const typedVitalsViewSchema = z.object({ ...entryShape, detail: z.string().nullable(), values: typedVitalValues });
export type TypedVitalsView = z.output<typeof typedVitalsViewSchema>;

/** Values of a monitor that a person marked as none of the patient. */
const artefactViewSchema = z.object({
  ...entryShape,
  metric: z.enum(artefactMetrics),
  fromMs: utcMsSchema,
  toMs: utcMsSchema,
  label: z.string(),
  detail: z.string().nullable(),
});
export type ArtefactView = z.output<typeof artefactViewSchema>;

/** A tick on the milestones lane: a milestone, or a change of the dose. */
export const markSchema = z.object({
  ...entryShape,
  kind: z.enum(tickKinds),
  milestone: milestoneKeySchema.nullable(),
  label: z.string(),
  detail: z.string().nullable(),
  volumeLeft: volumeLeftViewSchema.optional(),
  ...whoseEntry,
});
export type Mark = z.output<typeof markSchema>;

/** Of a session: what stands on its timeline beside ratings and observations, and where it is not whole. */
export const entriesPart = {
  marks: z.array(markSchema),
  cuffReadings: z.array(cuffReadingSchema),
  enteredVitals: z.array(enteredVitalSchema),
  typedVitals: z.array(typedVitalsViewSchema),
  artefacts: z.array(artefactViewSchema),
  gaps: z.array(gapSchema),
  clockSteps: z.array(clockStepSchema),
};
