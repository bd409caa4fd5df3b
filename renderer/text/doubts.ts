/** Words of the questions that a doubtful command asks before it is recorded. */
export const doubtsText = {
  heading: (count: number) => (count === 1 ? 'One point before it is recorded' : `${count} points before it is recorded`),
  reason: 'Reason, in words',
  record: (count: number) => (count === 1 ? 'Record with this reason' : 'Record with these reasons'),
  waitsReason: (open: number) => (open === 1 ? 'give the reason' : `give ${open} reasons`),
  waitsReading: 'read it a second time',
  needs: {
    reason: '',
    'second-person': 'A second person signs for this',
    prescriber: 'A prescriber signs for this',
    'second-reading': '',
  },
  prescriber: 'Prescriber',
  ownPin: 'Your own PIN, as prescriber',
  second: 'Second person',
} as const;
