import { pinAgeSchema } from '../../../../shared/contract/pin-age.ts';

/** Of the room. */
export const pinAgeRoomEventBodies = {
  /** After how long a PIN makes way for another, from now on. */
  'pin-age-chosen': pinAgeSchema,
} as const;
