import type { Instrument } from '../instrument.ts';

/** Sedation, 1 awake … 6 no response: here a higher number is deeper, the other way round than MOAA/S. */
export const ramsay: Instrument = {
  id: 'ramsay',
  version: '1',
  name: 'Ramsay',
  rates: 'sedation, six levels',
  group: 'acute',
  timeline: { row: 'sedation', shortName: 'Ramsay', gaugeFrom: 0, symbol: 'list' },
  mode: 'observer',
  wording: 'own-words',
  source: 'Ramsay sedation scale, 1974, six levels; anchors in our own words',
  stem: 'Look first, then speak, then tap. Choose the line that fits.',
  items: [
    {
      number: 1,
      label: null,
      min: 1,
      max: 6,
      step: 1,
      anchors: [
        { value: 1, text: 'awake, anxious or restless' },
        { value: 2, text: 'awake, calm and co-operative' },
        { value: 3, text: 'drowsy, follows what is asked' },
        { value: 4, text: 'asleep, answers a tap or loud voice briskly' },
        { value: 5, text: 'asleep, answers a tap or loud voice slowly' },
        { value: 6, text: 'asleep, no answer' },
      ],
    },
  ],
  subscales: [],
  total: 'single',
  direction: 'higher-is-more',
  review: null,
};
