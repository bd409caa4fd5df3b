import { privacyCoverSchema } from '../../../../shared/contract/privacy-cover.ts';

/** Of the room. */
export const privacyCoverRoomEventBodies = {
  /** What stays in sight at a page at which nobody sits, from now on. */
  'privacy-cover-chosen': privacyCoverSchema,
} as const;
