import type { Instrument } from '../instrument.ts';

/**
 * Sedation as the nurse finds it: 5 awake … 0 no response. Printed versions differ (some join 1 and 0, some run
 * 1 to 6); this is the six-level one, and a record says so by its version.
 */
export const moaaS: Instrument = {
  id: 'moaa-s',
  version: '1',
  name: 'MOAA/S',
  rates: 'sedation',
  group: 'acute',
  timeline: { row: 'sedation', shortName: 'MOAA/S', gaugeFrom: 0, symbol: 'eye' },
  mode: 'observer',
  wording: 'own-words',
  source: 'modified observer assessment of alertness and sedation, levels 5 to 0; anchors in our own words',
  stem: 'Say the name, then louder, then touch. Choose the first line that fits.',
  items: [
    {
      number: 1,
      label: null,
      min: 0,
      max: 5,
      step: 1,
      anchors: [
        { value: 5, text: 'answers readily to the name' },
        { value: 4, text: 'answers slowly to the name' },
        { value: 3, text: 'answers only a loud or repeated call' },
        { value: 2, text: 'answers only to a nudge or light shake' },
        { value: 1, text: 'answers only to a squeeze of the trapezius' },
        { value: 0, text: 'no answer to a squeeze of the trapezius' },
      ],
    },
  ],
  subscales: [],
  total: 'single',
  direction: 'lower-is-more',
  review: { atOrBelow: 2 },
};
