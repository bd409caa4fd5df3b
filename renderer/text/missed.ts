import { isolated } from '../../shared/values/isolated.ts';

/** Words for saying that what was due was not done. */
export const missedText = {
  button: 'missed…',
  buttonLabel: (what: string) => `missed… ${isolated(what)}: not done, with a reason`,
  title: (what: string) => `Not done: ${isolated(what)}`,
  words: (count: number) =>
    count === 1
      ? 'The reminder goes away. The record keeps that it was due, that it was not done, and why.'
      : `The reminder goes away. The record keeps that all ${count} were due, that they were not done, and why.`,
  kind: 'What became of it',
  kinds: { missed: 'Not done', 'not-applicable': 'Did not apply' },
  reason: 'Why it was not done',
  reasons: {
    undisturbed: 'Patient not to be disturbed',
    asleep: 'Patient asleep',
    declined: 'Patient declined',
    busy: 'Staff busy with the patient',
    equipment: 'Equipment',
  },
  other: 'In other words',
  waitsFor: 'Choose why, or write it.',
  record: { missed: 'Record: not done', 'not-applicable': 'Record: did not apply' },
  saving: 'Recording…',
  cancel: 'Cancel',
} as const;
