import { z } from 'zod';
import { monitorProtocolIdSchema } from '../../clinical/monitor-protocol.ts';
import { idSchema } from '../../values/ids.ts';
import { utcMsSchema } from '../../values/instant.ts';
import { captureViewSchema } from './capture-view.ts';

/** Link states of one monitor (OpenICE's vocabulary, widened). */
export const linkStates = [
  'absent', // the port is not there and was not seen since the service started
  'opening',
  'listening', // open, no valid frame yet
  'live',
  'degraded', // live, with more than 1 % of the bytes of the last 30 s discarded
  'silent', // open, was live, nothing valid for the driver's quiet time
  'unplugged', // was there, now gone
  'busy', // another program has the port
  'forbidden', // no permission
  'wrong-device', // bytes arrive, none of this protocol
] as const;
export const linkStateSchema = z.enum(linkStates);
export type LinkState = z.output<typeof linkStateSchema>;

export const monitorStatusSchema = z.object({
  monitorId: idSchema,
  name: z.string(),
  protocol: monitorProtocolIdSchema,
  simulated: z.boolean(),
  port: z.string(),
  state: linkStateSchema,
  /** Since when it is in this state. */
  sinceMs: utcMsSchema,
  /** What to check, in words, when it is not live; null when there is nothing to do. */
  advice: z.string().nullable(),
  framesPerSecond: z.number(),
  framesTotal: z.number().int(),
  bytesTotal: z.number().int(),
  discardedBytes: z.number().int(),
  lastByteMs: utcMsSchema.nullable(),
  /** Its bytes are being captured, or were since the service started. */
  capture: captureViewSchema.optional(),
});
export type MonitorStatus = z.output<typeof monitorStatusSchema>;
