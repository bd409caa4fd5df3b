import { z } from 'zod';
import { hasWords } from './doubt.ts';

/** Every reason that a person types, to whatever command: one rule, so that none passes by another door. */
export const typedReasonSchema = z.string().trim().max(300).refine(hasWords, 'a reason has words');
