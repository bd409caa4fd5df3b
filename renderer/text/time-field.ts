/** Words of the "another time" field. */
export const timeFieldText = {
  now: 'Now',
  another: 'Another time…',
  whenLabel: 'When it happened',
  time: { 12: 'Time, with AM or PM', 24: 'Time, 24 hours' },
  example: { 12: '10:36 AM', 24: '10:36' },
  reason: 'Why it is entered late',
  reasonHint: 'needed when it is more than 5 minutes ago',
  ago: (words: string) => `${words} ago`,
  seconds: (count: number) => `${count} s`,
  minutes: (count: number) => `${count} min`,
  hours: (hours: number, minutes: number) => `${hours} h ${minutes} min`,
  notATime: { 12: 'Type a time of day, for example 2:05 PM.', 24: 'Type a time of day, for example 14:05.' },
  notYet: 'This time has not come yet today. 2 in the afternoon is 14:00, or 2:00 PM.',
  reasonMissing: 'Say why it is entered late.',
} as const;
