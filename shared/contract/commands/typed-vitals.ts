import { z } from 'zod';

/** What a person reads off a monitor or a patient, in the units of the metrics. */
export const typedVitalValues = z
  .object({
    'pulse-rate': z.number().optional(),
    spo2: z.number().optional(),
    'nibp-sys': z.number().optional(),
    'nibp-dia': z.number().optional(),
    'resp-rate': z.number().optional(),
    temp: z.number().optional(),
  })
  .strict();
