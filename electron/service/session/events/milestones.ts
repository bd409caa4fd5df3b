import { z } from 'zod';
import { milestoneKeySchema, milestones } from '../../../../shared/clinical/milestone.ts';
import { event, tapped } from './define-event.ts';
import { joined } from './entry-words.ts';

const text = z.string().max(300);
const reached = z.object({
  milestone: milestoneKeySchema,
  detail: text.optional(),
  told: text.optional(),
  /** Of a go/no-go: which, and the figures as they stood. */
  go: z.boolean().optional(),
  figures: z.string().max(600).optional(),
  lateReason: text.optional(),
});

export const milestoneEvents = {
  'milestone-reached': event(reached, {
    label: ({ milestone }) => milestones[milestone].label,
    detail: (body) => joined(milestoneWords(body), body.figures),
    ...tapped('milestone', 'clinical'),
    ofTherapist: ({ milestone }) => milestones[milestone].seenBy === 'therapist',
  }),
} as const;

/** What was said with a milestone, without the figures that were in front of whoever answered. */
export function milestoneWords({ told, go, detail }: Pick<z.output<typeof reached>, 'told' | 'go' | 'detail'>): string | null {
  // Of a review, who was told stands before what was done.
  return joined(go === undefined ? null : go ? 'go' : 'no-go', told === undefined ? null : `told ${told}`, detail);
}
