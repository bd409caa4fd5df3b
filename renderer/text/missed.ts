/** Words for saying that what was due was not done. */
export const missedText = {
  button: 'missed…',
  buttonLabel: (what: string) => `missed… ${what}: not done, with a reason`,
  title: (what: string) => `Not done: ${what}`,
  words: 'The reminder goes away. The record keeps that it was due, that it was not done, and why.',
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
  record: 'Record: not done',
  saving: 'Recording…',
  cancel: 'Cancel',
} as const;
