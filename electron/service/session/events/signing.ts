import { z } from 'zod';
import { recordHashSchema, signatureMeanings } from '../../../../shared/contract/commands/signing.ts';
import { idSchema } from '../../../../shared/values/ids.ts';

const text = z.string().max(300);
const signer = {
  version: z.number().int().positive(),
  personId: idSchema,
  name: z.string().min(1).max(80),
  role: z.enum(['nurse', 'therapist', 'prescriber', 'it']),
  meaning: z.enum(signatureMeanings),
  recordHash: recordHashSchema,
};

/** What a signature is bound to. `vigil verify` works all of it out again from the file. */
export const recordSealSchema = z.object({
  /** The last event of the session before the signature, and its hash in the chain. */
  throughSeq: z.number().int().positive(),
  eventHash: recordHashSchema,
  /** The monitors' readings of the session, which stand in a log of their own. */
  readingRows: z.number().int().min(0),
  readingsHash: recordHashSchema,
});
export type RecordSeal = z.output<typeof recordSealSchema>;

export const signingEventBodies = {
  'item-closed': z.object({
    keys: z.array(z.string().min(1).max(120)).min(1).max(60),
    reason: text,
    /** The points in words, as whoever answered them had them in front of them. Records of before have none. */
    about: z.array(z.string().max(200)).max(60).optional(),
  }),
  'session-signed': z.object({ ...signer, seal: recordSealSchema }),
  /** Another person's signature on the same version of the record. */
  'session-cosigned': z.object(signer),
  'amendment-begun': z.object({ ofVersion: z.number().int().positive(), reason: text }),
  'amendment-closed': z.object({ reason: text }),
} as const;
