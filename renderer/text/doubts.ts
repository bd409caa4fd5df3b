/** Words of the questions that a doubtful command asks before it is recorded. */
export const doubtsText = {
  heading: (count: number) => (count === 1 ? 'This needs a reason before it is recorded' : `${count} points need a reason each`),
  reason: 'Reason, in words',
  record: (count: number) => (count === 1 ? 'Record with this reason' : 'Record with these reasons'),
  waitsReason: (open: number) => (open === 1 ? 'give the reason' : `give ${open} reasons`),
  needs: {
    reason: '',
    'second-person': 'A second person signs for this',
    prescriber: 'A prescriber signs for this',
  },
  prescriber: 'Prescriber',
  ownPin: 'Your own PIN, as prescriber',
  second: 'Second person',
} as const;
