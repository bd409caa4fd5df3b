/** Words of the clinic's choice of how old a PIN may be. */
export const pinAgeText = {
  heading: 'Age of a PIN',
  words:
    'Changing a PIN often makes people take ones that are easy to guess, so none is asked for unless this clinic has to. It is asked for at a sign-in, and never while a session is open. Whoever keeps private notes with a phrase is not asked.',
  unlimited: 'No limit',
  days: (days: number) => `${days} days`,
  line: (days: number | null) =>
    days === null ? 'No limit: whoever wants to changes theirs' : `Another PIN is asked for after ${days} days`,
} as const;
