import { z } from 'zod';
import { sexesForClinicalUse, sexForClinicalUseSchema } from '../../../../shared/clinical/sex.ts';
import { idSchema } from '../../../../shared/values/ids.ts';
import { showMilli, showShort } from '../../../../shared/values/quantity.ts';
import { overrideReason } from './answered.ts';
import { event, listed } from './define-event.ts';
import { joined } from './entry-words.ts';

const text = z.string().max(300);
const reading = z.object({ value: z.number(), unit: z.enum(['kg', 'lb']) });

/** Whose session it is, by which protocol, at what weight, and that it is over. */
export const openingAndEndEvents = {
  'session-opened': event(
    z.object({
      patientId: idSchema,
      patientName: z.string().min(1).max(120),
      birthDate: z.iso.date(),
      recordNumber: z.string().min(1).max(40),
      protocolId: z.string().min(1).max(60),
      protocolVersion: z.number().int().positive(),
      course: z.object({ number: z.number().int().positive(), of: z.number().int().positive() }).nullable(),
      /** As it was said in an earlier session of this patient. */
      sex: sexForClinicalUseSchema.optional(),
    }),
    {
      label: () => 'Session opened',
      detail: ({ patientName, birthDate, recordNumber, protocolId, protocolVersion, course, sex }) =>
        joined(
          `${patientName}, born ${birthDate}, ${recordNumber}`,
          `protocol ${protocolId}, version ${protocolVersion}`,
          course === null ? null : `session ${course.number} of ${course.of}`,
          sex === undefined ? null : `sex for clinical use: ${sexesForClinicalUse[sex]}`,
        ),
      ...listed('milestone', null),
    },
  ),
  'weight-recorded': event(
    z.object({
      grams: z.number().int().positive(),
      /** As typed. */
      entered: reading,
      /** The second reading, as typed, or the height that the weight was held against: of a first visit. */
      again: reading.optional(),
      heightCm: z.number().positive().optional(),
      overrideReason,
      lateReason: text.optional(),
    }),
    {
      label: ({ entered }) => `Weight ${showShort(entered.value, 2)} ${entered.unit}`,
      detail: ({ grams, again, heightCm }) =>
        joined(
          `${showMilli(grams)} kg`,
          again === undefined ? null : `read a second time: ${again.value} ${again.unit}`,
          heightCm === undefined ? null : `height ${heightCm} cm`,
        ),
      ...listed('milestone', 'timed'),
    },
  ),
  /** `answersNothing`: each open point has an answer of its own. Before it was there, the reason answered those asked at the end. */
  'session-ended': event(z.object({ reason: text.optional(), answersNothing: z.literal(true).optional() }), {
    label: () => 'Session ended',
    detail: ({ reason }) => reason ?? null,
    ...listed('milestone', null),
  }),
} as const;
