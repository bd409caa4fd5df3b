import { z } from 'zod';
import { idSchema } from '../values/ids.ts';
import { protocolRoutes } from '../clinical/protocol-shape.ts';

/** A version of a protocol as a list shows it. */
export const protocolVersionSchema = z.object({
  protocolId: z.string(),
  version: z.number().int(),
  name: z.string(),
  route: z.enum(protocolRoutes),
  status: z.string(),
  author: z.string().nullable(),
  approver: z.string().nullable(),
  effectiveFrom: z.iso.date().nullable(),
  /** Of each protocol one is in force; a newer one may still be to come. */
  validity: z.enum(['in-force', 'to-come', 'replaced']),
});
export type ProtocolVersion = z.output<typeof protocolVersionSchema>;

export const publicationInputSchema = z.object({
  commandId: idSchema,
  basedOn: z.object({ protocolId: z.string().max(60), version: z.number().int().positive() }),
  /** Checked in the room service, where every problem gets its place and its words. */
  draft: z.record(z.string(), z.unknown()),
  author: z.string().trim().min(1, 'a version has an author').max(80),
  /** Absent: the day on which it is published, as the room has it. */
  effectiveFrom: z.iso.date().optional(),
});
