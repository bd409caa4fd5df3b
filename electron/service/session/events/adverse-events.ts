import { z } from 'zod';
import {
  adverseEventCategorySchema,
  adverseEventDetails,
  adverseEventSeveritySchema,
  givenRouteSchema,
} from '../../../../shared/clinical/adverse-event.ts';
import { idSchema } from '../../../../shared/values/ids.ts';
import { utcMsSchema } from '../../../../shared/values/instant.ts';

const lateReason = z.string().max(300).optional();

/** Of one session. The onset of an adverse event is the clinical time of its recording. */
export const adverseEventBodies = {
  'adverse-event-recorded': z.object({
    adverseEventId: idSchema,
    category: adverseEventCategorySchema,
    severity: adverseEventSeveritySchema,
    detail: z.string().max(300).optional(),
    lateReason,
  }),
  /** What was said anew. Each update is a version; undoing one takes back just what it said. */
  'adverse-event-updated': z.object({
    adverseEventId: idSchema,
    changes: z.object({ ...adverseEventDetails, endedMs: utcMsSchema.nullable() }).partial(),
  }),
  'drug-given': z.object({
    drug: z.string().min(1).max(80),
    dose: z.string().min(1).max(60),
    route: givenRouteSchema,
    reason: z.string().max(200).optional(),
    adverseEventId: idSchema.nullable(),
    lateReason,
  }),
} as const;
