import { z } from 'zod';
import { utcMsSchema } from '../../values/instant.ts';
import { typedReasonSchema } from '../typed-reason.ts';

/** "Another time": when a person says it happened, and why it is entered late. Left out, it is the moment of the call. */
export const statedTime = z.object({ utcMs: utcMsSchema, reason: typedReasonSchema.optional() }).optional();
