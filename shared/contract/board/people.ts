import { z } from 'zod';
import { idSchema } from '../../values/ids.ts';

export const roles = ['nurse', 'therapist', 'prescriber', 'it'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.output<typeof roleSchema>;

export const personViewSchema = z.object({ personId: idSchema, name: z.string(), role: roleSchema });
export type PersonView = z.output<typeof personViewSchema>;

export const staffSectionSchema = z.object({
  people: z.array(personViewSchema),
  /** Signed in at this room now, in the order of signing in. */
  present: z.array(idSchema),
});

/** Who sits at the page that reads; the one whose acts come first in front. */
export const hereSectionSchema = z.object({
  people: z.array(personViewSchema),
  /** Who sat here when the page was covered; empty where it is not. */
  covered: z.array(personViewSchema),
});
