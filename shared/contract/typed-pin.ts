import { z } from 'zod';
import { idSchema } from '../values/ids.ts';

/** A PIN as somebody typed it. */
export const pinSchema = z.string().regex(/^\d{6,12}$/, 'a PIN has 6 to 12 digits');

/** The second person of an act that needs two, signing with their own PIN on the first person's page. */
export const secondPersonSchema = z.object({ personId: idSchema, pin: pinSchema });
export type SecondPerson = z.output<typeof secondPersonSchema>;
