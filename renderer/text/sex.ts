/** Words of the sex for clinical use. */
export const sexText = {
  name: 'Sex for clinical use',
  sexes: { female: 'Female', male: 'Male', unspecified: 'Not stated' },
  asked: 'Which cut holds depends on the sex for clinical use. It stays with the patient.',
} as const;
