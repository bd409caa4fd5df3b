import { z } from 'zod';
import { recordHashSchema, signatureMeanings } from '../../../../shared/contract/commands/signing.ts';
import { idSchema } from '../../../../shared/values/ids.ts';
import { event, listed } from './define-event.ts';
import { joined, spoken } from './entry-words.ts';

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

const signerWords = ({ name, role, meaning }: { readonly name: string; readonly role: string; readonly meaning: string }): string | null =>
  joined(name, role, meaning);

export const signingEvents = {
  'item-closed': event(
    z.object({
      keys: z.array(z.string().min(1).max(120)).min(1).max(60),
      reason: text,
      /** The points in words, as whoever answered them had them in front of them. Records of before have none. */
      about: z.array(z.string().max(200)).max(60).optional(),
    }),
    {
      label: () => 'Reason before signing',
      detail: ({ keys, reason, about }) =>
        joined(reason, `about ${(about ?? keys.map((key) => spoken(key.split(':')[0] ?? key))).join('; ')}`),
      ...listed('signing', 'untimed'),
    },
  ),
  'session-signed': event(z.object({ ...signer, seal: recordSealSchema }), {
    label: ({ version }) => `Signed as version ${version}`,
    detail: signerWords,
    ...listed('signing', null),
  }),
  /** Another person's signature on the same version of the record. */
  'session-cosigned': event(z.object(signer), {
    label: ({ version }) => `Version ${version} co-signed`,
    detail: signerWords,
    ...listed('signing', null),
  }),
  'amendment-begun': event(z.object({ ofVersion: z.number().int().positive(), reason: text }), {
    label: () => 'Amendment begun',
    detail: ({ ofVersion, reason }) => joined(reason, `of version ${ofVersion}`),
    ...listed('signing', null),
  }),
  'amendment-closed': event(z.object({ reason: text }), {
    label: () => 'Amendment closed',
    detail: ({ reason }) => reason,
    ...listed('signing', null),
  }),
} as const;
