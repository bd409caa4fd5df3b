import { z } from 'zod';
import { doubtKeySchema, doubtNeeds } from '../../../../shared/contract/doubt.ts';
import { witnessBody } from './witness.ts';

/** What was doubtful about a command, in the words in which it was asked, and what let it pass. */
const answeredSchema = z.object({
  key: doubtKeySchema,
  words: z.string().max(400),
  reason: z.string().max(300),
  needs: z.enum(doubtNeeds),
  /** Whose own PIN let it pass, where a reason alone does not. */
  by: witnessBody.optional(),
});
export type Answered = z.output<typeof answeredSchema>;

/**
 * What was asked about, and was met by the time that the answer came: the reason let nothing pass, and stands because it
 * was given. `words` say how it was met.
 */
const metMeanwhileSchema = answeredSchema.omit({ needs: true });
export type MetMeanwhile = z.output<typeof metMeanwhileSchema>;

/** One reason for everything doubtful about an act, as it was written before each doubt had an answer of its own. */
export const overrideReason = z.string().max(300).optional();

const ofDoubts = { answered: z.array(answeredSchema).optional(), metMeanwhile: z.array(metMeanwhileSchema).optional() };

type Answerable<B extends Readonly<Record<string, z.ZodObject>>> = {
  readonly [K in keyof B]: z.ZodObject<B[K]['shape'] & typeof ofDoubts>;
};

/** Any act can be doubtful, so every event of a session can keep what was answered about it. */
export function answerable<B extends Readonly<Record<string, z.ZodObject>>>(bodies: B): Answerable<B> {
  return Object.fromEntries(Object.entries(bodies).map(([kind, body]) => [kind, body.extend(ofDoubts)])) as Answerable<B>;
}
