import { formatsSchema } from '../../../../shared/values/formats.ts';

/** Of the room. */
export const formatsRoomEventBodies = {
  /** How this clinic writes dates, times and units from now on. */
  'formats-chosen': formatsSchema,
} as const;
