import { z } from 'zod';
import { idSchema } from '../../../../shared/values/ids.ts';
import { event, noDetail, ofPrivateSide } from './define-event.ts';

/**
 * All that the shared log ever holds of a private note: that there is one, whose act it was, and its time. No words,
 * no length, no tags: those are in the private file, under their author's key.
 */
export const privateNoteEvents = {
  'private-note-marked': event(z.object({ noteId: idSchema }), { label: () => 'Private note', detail: noDetail, ...ofPrivateSide }),
  /**
   * Text went from one side to the other, by its author's explicit act. `from`: the line, before it was recorded, or
   * the record. The words themselves are in the observation of the same command, or in the private file.
   */
  'text-moved-across': event(
    z.object({
      direction: z.enum(['to-shared', 'to-private']),
      from: z.enum(['line', 'record']),
      /** Null where it went between the two lines, before anything was recorded. */
      noteId: idSchema.nullable(),
    }),
    {
      label: ({ direction }) => (direction === 'to-shared' ? 'Text moved to shared' : 'Text moved to private'),
      detail: noDetail,
      ...ofPrivateSide,
    },
  ),
} as const;

/** The clinic's choice about the private side, for the whole room. */
export const privateNoteRoomEventBodies = {
  'private-notes-configured': z.object({
    /** false: no private note can be written here. Those that exist stay sealed, and their author can still read them. */
    offered: z.boolean(),
    /** Whether others see the lock marks. */
    marksShown: z.boolean(),
  }),
} as const;
