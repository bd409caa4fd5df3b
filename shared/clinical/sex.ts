import { z } from 'zod';

/**
 * The sex for clinical use (FHIR's “sex parameter for clinical use”): which of an instrument's cuts holds for this
 * patient, as somebody said it. It is not the administrative gender of a registration. `unspecified` was asked for and
 * not stated, which is another thing than never asked.
 */
export const sexesForClinicalUse = { female: 'female', male: 'male', unspecified: 'not stated' } as const;
export type SexForClinicalUse = keyof typeof sexesForClinicalUse;
/** Where a total of AUDIT-C begins to count as positive. The cuts are recalled; a clinic sets its own in its protocol. */
export const auditCutSchema = z.object({ female: z.number().int().min(1).max(12), male: z.number().int().min(1).max(12) });
export type AuditCut = z.output<typeof auditCutSchema>;
export const auditCutRecalled: AuditCut = { female: 3, male: 4 };

export const sexForClinicalUseSchema = z.enum(Object.keys(sexesForClinicalUse) as [SexForClinicalUse, ...SexForClinicalUse[]]);
