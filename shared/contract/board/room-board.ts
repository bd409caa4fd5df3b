import { z } from 'zod';
import { trendColumnsSchema } from '../../clinical/measured-vitals.ts';
import { sessionViewSchema } from '../session-view/session-view.ts';
import { clockSectionSchema } from './clock.ts';
import { monitorStatusSchema } from './monitors.ts';
import { hereSectionSchema, staffSectionSchema } from './people.ts';
import { recordingSectionSchema, roomSectionSchema } from './room.ts';
import { sessionCoverSchema } from './session-cover.ts';
import { vitalsSectionSchema } from './vitals.ts';
import { waveViewSchema } from './waves.ts';

/**
 * The room board: everything the screens of one room show, as the room service sees it. It is a projection of
 * the event log, the latest readings and the state of the machine; the page never works any of it out again.
 * Sections change separately, so that a second's vitals do not resend the session.
 */
const sections = {
  room: roomSectionSchema,
  clock: clockSectionSchema,
  recording: recordingSectionSchema,
  monitors: z.array(monitorStatusSchema),
  vitals: vitalsSectionSchema,
  /** While a session runs. */
  waves: z.array(waveViewSchema),
  staff: staffSectionSchema,
  here: hereSectionSchema,
  /** The open session as everybody may know of it; null between sessions. */
  cover: sessionCoverSchema.nullable(),
  /** The session in this room now; null between sessions, and for a page at which nobody sits who may read records. */
  session: sessionViewSchema.nullable(),
};
export const roomBoardSchema = z.object({ ...sections, trend: trendColumnsSchema.nullable() });
export type RoomBoard = z.output<typeof roomBoardSchema>;
export type BoardSection = keyof typeof sections;

/** First a snapshot, then changes numbered without a gap. A reader that falls behind gets a new snapshot. */
export const feedMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('snapshot'), number: z.number().int(), board: roomBoardSchema }),
  z.object({
    kind: z.literal('change'),
    number: z.number().int(),
    sections: z.object(sections).partial(),
    /** Of the session that the reader has, the fields that changed. Another one, or none, comes whole in `sections`. */
    sessionChange: sessionViewSchema.partial().optional(),
    /** Seconds to append to the trend; starts exactly where the reader's columns end. */
    trendTail: trendColumnsSchema.optional(),
  }),
]);
export type FeedMessage = z.output<typeof feedMessageSchema>;
