import { z } from 'zod';
import { utcMsSchema } from '../../values/instant.ts';
import { typedReasonSchema } from '../typed-reason.ts';
import { statedTime } from './stated-time.ts';

/** The id of a criterion of the session's protocol. */
const criterion = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** Going home, and the nurse who takes over. Unless a second person is named, the person signed in says it. */
export const dischargeCommands = [
  /** What no rating and no monitor can say: a person looked, and found it so or not so. */
  z.object({
    type: z.literal('confirm-criterion'),
    criterion,
    met: z.boolean(),
    detail: z.string().trim().max(120).optional(),
    at: statedTime,
  }),
  z.object({
    type: z.literal('record-escort'),
    name: z.string().trim().min(1, 'the name of the escort is required').max(80),
    phone: z.string().trim().min(4, 'a phone number is required').max(40),
    present: z.boolean(),
    at: statedTime,
  }),
  /** A prescriber lets a criterion that is not met pass: signed in, or as the second person with their own PIN. */
  z.object({ type: z.literal('override-criterion'), criterion, reason: typedReasonSchema }),
  /** Records the criteria as met, with the evidence that the service itself finds. */
  z.object({ type: z.literal('assess-discharge') }),
  /** The patient left before the criteria were met: a fact that whoever saw it says alone. It asserts nothing about the criteria. */
  z.object({
    type: z.literal('leave-against-advice'),
    prescriber: z.union([
      z.object({ told: z.string().trim().min(1, 'say who was told').max(80), atMs: utcMsSchema.optional() }).strict(),
      /** How somebody tried to reach one. */
      z.object({ notReached: typedReasonSchema }).strict(),
    ]),
    risksExplained: z.boolean(),
    /** Who went with the patient; null: nobody did. */
    escort: z.string().trim().min(1).max(80).nullable(),
    /** Of the patient as they left. */
    condition: typedReasonSchema,
    at: statedTime,
  }),
  /** The nurse who takes over is the second person. */
  z.object({ type: z.literal('hand-over'), note: z.string().trim().max(1000).optional() }),
] as const;
