import { z } from 'zod';

/** What a person reads off a monitor or a patient, in the units of the metrics. */
export const typedVitals = z.partialRecord(z.enum(['pulse-rate', 'spo2', 'nibp-sys', 'nibp-dia', 'resp-rate', 'temp']), z.number());
