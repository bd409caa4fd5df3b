import { z } from 'zod';

/**
 * Rescue and comfort drugs a clinic keeps at hand, offered as quick entries. The usual dose is text to read: what
 * was really given is typed by the person who gave it.
 */
export const drugRoutes = ['iv', 'im', 'po', 'odt', 'sl', 'intranasal', 'inhaled', 'subcutaneous'] as const;
export type DrugRoute = (typeof drugRoutes)[number];

export const drugPurposes = [
  'nausea',
  'anxiety',
  'blood-pressure',
  'heart-rate',
  'salivation',
  'pain',
  'oxygen',
  'fluid',
  'reversal',
  'allergy',
  'emergency',
] as const;
export type DrugPurpose = (typeof drugPurposes)[number];

export const formularyDrugSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().min(1).max(60),
  purpose: z.enum(drugPurposes),
  /** In the order in which they are offered. */
  routes: z.array(z.enum(drugRoutes)).min(1),
  usualDose: z.string().max(60),
  note: z.string().max(100),
  /** Its use is counted, and its waste needs two witnesses. */
  controlled: z.boolean(),
});
export type FormularyDrug = z.output<typeof formularyDrugSchema>;
