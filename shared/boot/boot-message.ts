import { z } from 'zod';

/** The first message from a shell to the room service: where the data is and how to open it. */
export const bootMessageSchema = z.object({
  kind: z.literal('boot'),
  dataFolder: z.string().min(1),
  /** The database key, 32 bytes as base64, unsealed by the shell; null lets the service use the key file beside the data. */
  keyBase64: z.string().nullable(),
  demo: z.object({ rate: z.number().positive().max(600) }).nullable(),
  version: z.string(),
});
export type BootMessage = z.output<typeof bootMessageSchema>;

/** What the service tells its shell. */
export const serviceReportSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('refused'), code: z.string(), message: z.string() }),
]);
export type ServiceReport = z.output<typeof serviceReportSchema>;
