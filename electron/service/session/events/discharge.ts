import { z } from 'zod';
import { dischargeLineSchema } from '../../../../shared/clinical/discharge.ts';
import { milestones } from '../../../../shared/clinical/milestone.ts';
import { idSchema } from '../../../../shared/values/ids.ts';
import { utcMsSchema } from '../../../../shared/values/instant.ts';
import { event, listed, stated, type ClockWords } from './define-event.ts';
import { joined, spoken } from './entry-words.ts';

/** The id of a criterion of the session's protocol. */
const criterion = z.string().regex(/^[a-z0-9-]{1,40}$/);
const text = z.string().max(300);
const lateReason = text.optional();
const person = z.object({ personId: idSchema, name: z.string().min(1).max(80), role: z.enum(['nurse', 'therapist', 'prescriber', 'it']) });

const leftAgainstAdvice = z.object({
  prescriber: z.union([
    z.object({ told: z.string().min(1).max(80), atMs: utcMsSchema.optional() }).strict(),
    z.object({ notReached: text }).strict(),
  ]),
  risksExplained: z.boolean(),
  escort: z.string().max(80).nullable(),
  condition: text,
  /** What was short, in the words in which leaving would have been asked about. */
  short: z.array(z.string().max(400)).max(40),
  lateReason,
});

/** Leaving, and handing over. */
export const dischargeEvents = {
  'criterion-confirmed': event(z.object({ criterion, met: z.boolean(), detail: z.string().max(120).optional(), lateReason }), {
    label: ({ met }) => (met ? 'Criterion confirmed' : 'Criterion found not met'),
    detail: (body) => joined(spoken(body.criterion), body.detail),
    ...listed('milestone', 'timed'),
  }),
  'escort-recorded': event(
    z.object({ name: z.string().min(1).max(80), phone: z.string().min(1).max(40), present: z.boolean(), lateReason }),
    {
      label: ({ name }) => `Escort ${name}`,
      detail: ({ phone, present }) => joined(phone, present ? 'is here' : 'is not here yet'),
      ...listed('milestone', 'timed'),
    },
  ),
  /** `prescriber` is who let it pass; the actor is at whose page it was done. */
  'criterion-overridden': event(z.object({ criterion, reason: text, prescriber: person }), {
    label: ({ prescriber }) => `Criterion overridden by ${prescriber.name}`,
    detail: (body) => joined(spoken(body.criterion), body.reason),
    ...listed('milestone', 'untimed'),
  }),
  /** Frozen as it stood: whatever is corrected later, this is what the assessment was made on. */
  'discharge-assessed': event(z.object({ lines: z.array(dischargeLineSchema).max(24), overridden: z.array(criterion).max(24) }), {
    label: () => 'Discharge criteria recorded as met',
    detail: ({ lines, overridden }) =>
      joined(
        `${lines.filter(({ verdict }) => verdict === 'met').length} of ${lines.length} criteria met`,
        overridden.length === 0 ? null : `overridden: ${overridden.map(spoken).join(', ')}`,
        ...lines.map(
          ({ label, verdict, evidence, by }) => `${label}: ${spoken(verdict)} (${[evidence, ...(by === null ? [] : [by])].join(', ')})`,
        ),
      ),
    ...listed('milestone', 'untimed'),
  }),
  'left-against-advice': event(leftAgainstAdvice, {
    label: () => milestones.left_against_advice.label,
    detail: (body, clock) => joined(againstAdviceWords(body, clock), ...body.short),
    ...stated('milestone'),
  }),
  'handover-recorded': event(
    z.object({
      from: person,
      to: person,
      /** As the card read when it was handed over. */
      card: z.array(z.object({ heading: z.string().max(40), lines: z.array(z.string().max(200)).max(20) })).max(12),
      note: z.string().max(1000).optional(),
    }),
    {
      label: ({ to }) => `Handover to ${to.name}`,
      detail: ({ from, note, card }) =>
        joined(`from ${from.name}`, note, ...card.map(({ heading, lines }) => `${heading}: ${lines.join(', ')}`)),
      ...listed('milestone', 'untimed'),
    },
  ),
} as const;

/** Who was told, and how the patient left. */
export function againstAdviceWords(
  {
    prescriber,
    risksExplained,
    escort,
    condition,
  }: Pick<z.output<typeof leftAgainstAdvice>, 'prescriber' | 'risksExplained' | 'escort' | 'condition'>,
  clock: ClockWords,
): string {
  const told =
    'notReached' in prescriber
      ? `prescriber not reached: ${prescriber.notReached}`
      : `told ${prescriber.told}${prescriber.atMs === undefined ? '' : ` at ${clock(prescriber.atMs)}`}`;
  return [told, risksExplained ? 'risks explained' : 'risks not explained', escort === null ? 'alone' : `with ${escort}`, condition].join(
    ' · ',
  );
}
