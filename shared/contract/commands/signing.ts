import { z } from 'zod';
import { typedReasonSchema } from '../typed-reason.ts';

/** What a signature says its signer did. */
export const signatureMeanings = ['authored', 'reviewed', 'witnessed', 'approved'] as const;
export type SignatureMeaning = (typeof signatureMeanings)[number];

/** SHA-256 of the record as the signer saw it: a signature on anything else is refused. */
export const recordHashSchema = z.string().regex(/^[0-9a-f]{64}$/, 'not the hash of a record');

/** Signing. Whoever signs types their PIN at that moment: they come as the second person of the command. */
export const signingCommands = [
  /** Why something required is missing, or what was done about a value beyond the protocol. Keys of the completeness check. */
  z.object({ type: z.literal('close-item'), keys: z.array(z.string().min(1).max(120)).min(1).max(60), reason: typedReasonSchema }),
  z.object({ type: z.literal('sign-session'), recordHash: recordHashSchema }),
  z.object({
    type: z.literal('cosign-session'),
    meaning: z.enum(['reviewed', 'witnessed', 'approved']),
    recordHash: recordHashSchema,
  }),
  z.object({ type: z.literal('begin-amendment'), reason: typedReasonSchema }),
  /** Ends an amendment in which nothing was changed. One with changes ends with a signature. */
  z.object({ type: z.literal('close-amendment'), reason: typedReasonSchema }),
] as const;
