import { secondPersonsSchema } from '../../../../shared/contract/second-persons.ts';

/** Of the room. */
export const secondPersonsRoomEventBodies = {
  /** Who may be the second person from now on, act by act. */
  'second-persons-chosen': secondPersonsSchema,
} as const;
