import type { SecondPersonAct, SecondPersonRole } from '../../shared/contract/second-persons.ts';

/** Words of the clinic's choice of the second person. */
export const secondPersonsText = {
  heading: 'Who may be the second person',
  words: 'They sign with their own PIN beside whoever does it. At least one role each.',
  acts: {
    'double-check': 'Medication check',
    'controlled-drugs': 'Controlled drugs',
    'doubtful-amounts': 'Doubtful amounts',
  } satisfies Record<SecondPersonAct, string>,
  roles: { nurse: 'Nurse', therapist: 'Therapist', prescriber: 'Prescriber' } satisfies Record<SecondPersonRole, string>,
  line: (names: readonly string[]) => names.join(' or ').toLowerCase(),
} as const;
