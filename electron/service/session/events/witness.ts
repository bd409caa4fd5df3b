import { z } from 'zod';
import { idSchema } from '../../../../shared/values/ids.ts';

/**
 * The second person of an act that needs two, as an event keeps them. Their PIN was checked before the event was
 * decided; no trace of it is here. The name stands beside the id as it was then, because a record is read years later.
 */
export const witnessBody = z.object({ personId: idSchema, name: z.string().min(1).max(80) });
