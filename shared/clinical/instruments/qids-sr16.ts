import type { Instrument, InstrumentItem } from '../instrument.ts';

const labels: readonly string[] = [
  'falling asleep',
  'sleep at night',
  'waking early',
  'sleeping much',
  'sadness',
  'appetite less',
  'appetite more',
  'weight less',
  'weight more',
  'concentration',
  'view of self',
  'death thoughts',
  'interest',
  'energy',
  'slowed',
  'restless',
];

/** Sixteen items become nine domains. Of appetite and of weight one item each is answered; the other is not missing. */
export const qidsSr16: Instrument = {
  id: 'qids-sr16',
  version: '1',
  name: 'QIDS-SR16',
  group: 'questionnaire',
  timeline: { row: null, shortName: 'QIDS-SR16', gaugeFrom: 0, symbol: 'list' },
  mode: 'self',
  wording: 'structure',
  source: 'Rush and colleagues, 2003; 16 items from 0 to 3, nine domains, total 0 to 27',
  items: labels.map((label, index): InstrumentItem => ({ number: index + 1, label, min: 0, max: 3, step: 1, anchors: [] })),
  subscales: [
    { key: 'sleep', label: 'sleep', items: [1, 2, 3, 4], how: 'max' },
    { key: 'sadness', label: 'sadness', items: [5] },
    { key: 'appetite-weight', label: 'appetite and weight', items: [6, 7, 8, 9], how: 'max' },
    { key: 'concentration', label: 'concentration', items: [10] },
    { key: 'self', label: 'view of self', items: [11] },
    { key: 'death', label: 'death thoughts', items: [12] },
    { key: 'interest', label: 'interest', items: [13] },
    { key: 'energy', label: 'energy', items: [14] },
    { key: 'psychomotor', label: 'psychomotor', items: [15, 16], how: 'max' },
  ],
  total: 'subscales',
  direction: 'higher-is-more',
  review: null,
  bands: {
    version: '1',
    rows: [
      { from: 0, text: 'none' },
      { from: 6, text: 'mild' },
      { from: 11, text: 'moderate' },
      { from: 16, text: 'severe' },
      { from: 21, text: 'very severe' },
    ],
  },
  safety: [{ item: 12, atOrAbove: 1 }],
  change: { responsePercent: 50, remissionAtOrBelow: 5 },
  alternatives: [
    [6, 7],
    [8, 9],
  ],
};
