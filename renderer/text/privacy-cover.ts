/** Words of the clinic's choice of what a covered page shows. */
export const privacyCoverText = {
  heading: 'A covered page',
  words:
    'F9, the lock at the top, or five minutes without a touch cover a page: no patient’s name, no dose and no note until somebody types their PIN. Recording goes on.',
  figures: 'Figures of the monitors',
  figuresAs: { on: 'stay in sight', off: 'are covered, too' },
} as const;
