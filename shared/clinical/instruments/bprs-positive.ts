import type { Instrument, InstrumentItem } from '../instrument.ts';

const anchors = [
  { value: 1, text: 'not present' },
  { value: 2, text: 'very mild' },
  { value: 3, text: 'mild' },
  { value: 4, text: 'moderate' },
  { value: 5, text: 'moderately severe' },
  { value: 6, text: 'severe' },
  { value: 7, text: 'extremely severe' },
];

function item(number: number, text: string): InstrumentItem {
  return { number, label: text.toLowerCase(), text, min: 1, max: 7, step: 1, anchors };
}

/**
 * Four positive items. This is the form that counts from 1 to 7: its floor is 4, not 0, and a copy that counts
 * from 0 to 6 is another scale. What matters is the rise from the baseline.
 */
export const bprsPositive: Instrument = {
  id: 'bprs-positive',
  version: '1',
  name: 'BPRS positive',
  rates: 'positive symptoms',
  group: 'acute',
  timeline: { row: null, shortName: 'BPRS positive', gaugeFrom: 0, symbol: 'list' },
  mode: 'interviewer',
  wording: 'verbatim',
  source: 'Brief Psychiatric Rating Scale (Overall and Gorham, 1962), four positive items, scale 1 to 7; public domain',
  stem: null,
  items: [
    item(1, 'Suspiciousness'),
    item(2, 'Hallucinatory behavior'),
    item(3, 'Unusual thought content'),
    item(4, 'Conceptual disorganization'),
  ],
  subscales: [],
  total: 'sum',
  direction: 'higher-is-more',
  review: null,
};
