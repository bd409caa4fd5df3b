import { z } from 'zod';
import {
  adverseEventActionsSchema,
  adverseEventCategorySchema,
  adverseEventOutcomeSchema,
  adverseEventSeveritySchema,
  givenRouteSchema,
  relatednessSchema,
  seriousnessSchema,
} from '../../clinical/adverse-event.ts';
import { drugPurposes, drugRoutes } from '../../clinical/protocol-formulary.ts';
import { idSchema } from '../../values/ids.ts';
import { utcMsSchema } from '../../values/instant.ts';
import { sessionDrugsViewSchema } from '../drug-log-view.ts';
import { entryShape } from './entry.ts';

/** An adverse event as it stands after all that was said of it. `atMs` is the onset. */
const adverseEventViewSchema = z.object({
  ...entryShape,
  adverseEventId: idSchema,
  category: adverseEventCategorySchema,
  label: z.string(),
  severity: adverseEventSeveritySchema,
  /** null: nobody has judged it; empty: not serious. */
  serious: seriousnessSchema.nullable(),
  actions: adverseEventActionsSchema,
  outcome: adverseEventOutcomeSchema.nullable(),
  relatedness: relatednessSchema.nullable(),
  detail: z.string().nullable(),
  endedMs: utcMsSchema.nullable(),
  /** No outcome and no end yet. */
  open: z.boolean(),
  /** What was given for it, as event ids of drugs. */
  drugs: z.array(idSchema),
  /** Oldest first; `said` names what each one said anew, in words. */
  versions: z.array(z.object({ eventId: idSchema, enteredMs: utcMsSchema, by: z.string().nullable(), said: z.array(z.string()) })),
});
export type AdverseEventView = z.output<typeof adverseEventViewSchema>;

const drugGivenViewSchema = z.object({
  ...entryShape,
  drug: z.string(),
  dose: z.string(),
  route: givenRouteSchema,
  reason: z.string().nullable(),
  adverseEventId: idSchema.nullable(),
});
export type DrugGivenView = z.output<typeof drugGivenViewSchema>;

/** A rescue or comfort drug as the protocol offers it. */
const formularyViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  purpose: z.enum(drugPurposes),
  routes: z.array(z.enum(drugRoutes)),
  usualDose: z.string(),
  controlled: z.boolean(),
});
export type FormularyView = z.output<typeof formularyViewSchema>;

/** Of a session: adverse events, the drugs given beside the dose, and what controlled drugs were drawn for it. */
export const adverseEventsPart = {
  adverseEvents: z.array(adverseEventViewSchema),
  /** Rescue and comfort drugs, and what the protocol offers of them. */
  drugsGiven: z.array(drugGivenViewSchema),
  formulary: z.array(formularyViewSchema),
  controlledDrugs: sessionDrugsViewSchema,
};
