import type { Instrument } from '../instrument.ts';

/** Distress as the patient puts it, 0 to 100 in tens; a number between two tens is kept as it was said. */
export const suds: Instrument = {
  id: 'suds',
  version: '1',
  name: 'SUDS',
  rates: 'distress',
  group: 'acute',
  timeline: { row: 'suds', shortName: 'SUDS', gaugeFrom: 0, symbol: 'gauge' },
  mode: 'interviewer',
  wording: 'verbatim',
  source: 'subjective units of distress, range 0 to 100; a generic method',
  stem: 'Ask: “How distressed are you now, from 0 to 100?”',
  items: [
    {
      number: 1,
      label: null,
      min: 0,
      max: 100,
      step: 10,
      anchors: [
        { value: 0, text: 'calm' },
        { value: 100, text: 'the worst imaginable' },
      ],
    },
  ],
  subscales: [],
  total: 'single',
  direction: 'higher-is-more',
  review: { atOrAbove: 70 },
};
