import { z } from 'zod';
import { signedStateSchema } from '../signing.ts';
import { actionsPart } from './actions.ts';
import { adverseEventsPart } from './adverse-events.ts';
import { dischargeViewSchema } from './discharge.ts';
import { dosePart } from './dose.ts';
import { entriesPart } from './entries.ts';
import { headerPart } from './header.ts';
import { observationsPart } from './observations.ts';
import { planPart } from './plan.ts';
import { ratingsPart } from './ratings.ts';

/**
 * A session as the screens draw it, running or past, in the parts that its readers ask for. A pure picture of its
 * state: the page works none of it out again.
 */
export const sessionViewSchema = z.object({
  ...headerPart,
  ...dosePart,
  ...entriesPart,
  ...ratingsPart,
  ...observationsPart,
  ...adverseEventsPart,
  ...planPart,
  ...actionsPart,
  /** Going home, and handing over. */
  discharge: dischargeViewSchema,
  signed: signedStateSchema,
});
export type SessionView = z.output<typeof sessionViewSchema>;
