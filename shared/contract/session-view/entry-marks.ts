import { z } from 'zod';

/** What stands as a tick on the milestones lane, and as which. */
export const tickKinds = [
  'milestone',
  'dose',
  'stop-request',
  'pump-confirmed',
  'adverse-event',
  'drug',
  'controlled-drug',
  'clock',
] as const;
export type TickKind = (typeof tickKinds)[number];

/** The line of an entry in the list of the record. */
export const recordRowSchema = z.object({
  as: z.enum(['milestone', 'dose', 'rating', 'note', 'cuff', 'signing']),
  /** Only its history says it: it has no mark on the timeline. */
  alone: z.boolean(),
  /** What can be put right of it; null: nothing, as of what a monitor said. */
  correction: z.enum(['timed', 'untimed']).nullable(),
});
export type RecordRow = Readonly<z.output<typeof recordRowSchema>>;
