import { z } from 'zod';
import { discardReasons, unreadReasons } from '../clinical/line-account.ts';
import { metricIdSchema } from '../clinical/metric.ts';
import { monitorProtocolIdSchema } from '../clinical/monitor-protocol.ts';
import { idSchema } from '../values/ids.ts';
import { utcMsSchema } from '../values/instant.ts';
import { vitalSchema } from './board/vitals.ts';

/** All there is to know of one monitor's line, for whoever stands before a cable. Asked for, never pushed. */
export const monitorDetailSchema = z.object({
  monitorId: idSchema,
  protocol: monitorProtocolIdSchema,
  vendor: z.string(),
  models: z.array(z.string()),
  /** Ends with "Not validated on hardware." until someone has met the real device. */
  description: z.string(),
  /** `9600 8N1` */
  settings: z.string(),
  /** The adapter's own name; null where the system cannot tell. */
  stableId: z.string().nullable(),
  /** Vigil asks this kind of monitor for its values. */
  mustBeAsked: z.boolean(),
  /** Another recorder asks; Vigil sends nothing. */
  listenOnly: z.boolean(),
  bytesPerSecond: z.number(),
  framesPerSecond: z.number(),
  discarded: z.array(z.object({ reason: z.enum(discardReasons), bytes: z.number().int() })),
  /** What arrived whole and was not made into a value, by its reason; `place` is where the last one was, where there is a place to name. */
  unread: z.array(z.object({ reason: z.enum(unreadReasons), count: z.number().int(), place: z.string().nullable() })),
  /** The last values under the protocol's own codes, which no tile shows; at most the first 24. */
  unmapped: z.array(z.object({ code: z.string(), value: z.number().nullable(), unit: z.string() })),
  /** Its codes can be mapped by the clinic. */
  mapsCodes: z.boolean(),
  /** What this monitor gives, each as it may honestly be shown now. */
  parameters: z.array(z.object({ metric: metricIdSchema, vital: vitalSchema })),
  /** Its clock beside ours; null while it has stated no time. */
  deviceClock: z
    .object({
      offsetMs: z.number(),
      stated: z.string(),
      heardMs: utcMsSchema,
      jumps: z.number().int(),
      lastJump: z.object({ byMs: z.number(), atMs: utcMsSchema }).nullable(),
    })
    .nullable(),
  /** Who called, where monitors call this computer; null where they do not. */
  senders: z
    .array(
      z.object({
        address: z.string(),
        isConnected: z.boolean(),
        isAllowed: z.boolean(),
        connections: z.number().int(),
        bytes: z.number().int(),
        sinceMs: utcMsSchema,
        /** Why its last connection was ended here; null where it was not. */
        words: z.string().nullable(),
      }),
    )
    .nullable(),
  /** The last bytes that arrived, oldest first. */
  recent: z.object({ bytes: z.array(z.number().int().min(0).max(255)).max(256), lastMs: utcMsSchema.nullable() }),
});
export type MonitorDetail = z.output<typeof monitorDetailSchema>;
