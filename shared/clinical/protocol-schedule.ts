import { z } from 'zod';
import { instrumentIds } from './instrument-id.ts';
import { milestoneKeys, milestoneKeySchema, type MilestoneKey } from './milestone.ts';

const minutes = z.number().finite();

/**
 * What a row of the schedule counts from. All of them are times of what people did or of the session itself; no
 * measured value is among them.
 *
 * `opened`: the session was opened in the room (rows before the dose count from here, up to its start).
 * `last-dose`: the last injection, device or lozenge; each further one counts anew from itself.
 * `end`: the end of the dose, as long as it has not come where it is expected: pauses, rates and early stops move it.
 * `monitoring-start`: the dose start, but for intranasal devices the first or the last, as the protocol says.
 */
const plainAnchors = ['opened', 'dose-start', 'last-dose', 'monitoring-start', 'end', 'dose-end', 'dose-paused', 'predicted-end'] as const;
export type PlainAnchor = (typeof plainAnchors)[number];
export type MilestoneAnchor = `milestone:${MilestoneKey}`;
export type ScheduleAnchor = PlainAnchor | MilestoneAnchor;

export const scheduleAnchors: readonly ScheduleAnchor[] = [
  ...plainAnchors,
  ...milestoneKeys.map((key): MilestoneAnchor => `milestone:${key}`),
];

/** The milestone that a row counts from; null for the other anchors. */
export function anchorMilestone(anchor: ScheduleAnchor): MilestoneKey | null {
  return milestoneKeys.find((key) => anchor === `milestone:${key}`) ?? null;
}

const scheduleTimes = z.union([
  /** At these minutes after the anchor. */
  z.object({ atMin: z.array(minutes).min(1).max(40) }),
  /**
   * From `fromMin`, every `everyMin`. Up to `dose-end` means that the round under way when the dose ends is still
   * taken; up to `discharge` means until the patient leaves.
   */
  z.object({ fromMin: minutes, everyMin: z.number().min(1).max(240), until: z.enum(['dose-end', 'discharge']) }),
]);

const scheduleRowBase = {
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  label: z.string().min(1).max(60),
  /** Second line of the reminder, for example "cuff, every 5 min". */
  detail: z.string().max(60),
  anchor: z.enum(scheduleAnchors),
  times: scheduleTimes,
  /** How much before its time it may be done and still count for it. */
  earlyMin: z.number().min(0).max(60),
  /** How long after its time it is due before it is past due. */
  lateMin: z.number().min(0).max(60),
  /** A pause of the infusion moves what comes after it by its own length. */
  shiftsWithPause: z.boolean().optional(),
};

export const scheduleRowSchema = z.discriminatedUnion('kind', [
  z.object({ ...scheduleRowBase, kind: z.literal('nibp') }),
  z.object({ ...scheduleRowBase, kind: z.literal('rating'), instrument: z.enum(instrumentIds) }),
  z.object({ ...scheduleRowBase, kind: z.literal('milestone'), milestone: milestoneKeySchema }),
  /** Not a reminder but a forecast: where the bag runs out at the present rate. */
  z.object({ ...scheduleRowBase, kind: z.literal('predicted') }),
]);
export type ScheduleRow = z.output<typeof scheduleRowSchema>;
