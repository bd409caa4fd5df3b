import { z } from 'zod';

/** What is allowed, both ends included. */
export const rangeSchema = z
  .tuple([z.number().positive(), z.number().positive()])
  .refine(([min, max]) => min <= max, 'the range is upside down');
export type Range = z.output<typeof rangeSchema>;
