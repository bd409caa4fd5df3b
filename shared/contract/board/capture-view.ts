import { z } from 'zod';
import { utcMsSchema } from '../../values/instant.ts';

/** What the capture of one monitor's bytes has come to. */
export const captureViewSchema = z.object({
  /** `full`: it reached its size and was closed whole. `failed`: the disk refused; what is whole of it counts. */
  state: z.enum(['on', 'full', 'failed', 'ended']),
  sinceMs: utcMsSchema,
  bytes: z.number().int().min(0),
  /** On the room's computer. */
  file: z.string(),
});
export type CaptureView = z.output<typeof captureViewSchema>;
