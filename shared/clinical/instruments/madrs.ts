import type { Instrument, InstrumentItem } from '../instrument.ts';

const labels: readonly string[] = [
  'sadness seen',
  'sadness told',
  'inner tension',
  'sleep less',
  'appetite less',
  'concentration',
  'slow to start',
  'feels little',
  'dark thoughts',
  'suicidal thoughts',
];

/** Clinician-rated depression. Its owner refuses the wording to electronic forms, so only its structure is here. */
export const madrs: Instrument = {
  id: 'madrs',
  version: '1',
  name: 'MADRS',
  rates: 'depression, interview',
  group: 'questionnaire',
  timeline: { row: null, shortName: 'MADRS', gaugeFrom: 0, symbol: 'list' },
  mode: 'interviewer',
  wording: 'structure',
  source: 'Montgomery and Åsberg, 1979; ten items from 0 to 6, bands and remission mark recalled',
  stem: null,
  items: labels.map((label, index): InstrumentItem => ({ number: index + 1, label, min: 0, max: 6, step: 1, anchors: [] })),
  subscales: [],
  total: 'sum',
  direction: 'higher-is-more',
  review: null,
  bands: {
    version: '1',
    rows: [
      { from: 0, text: 'normal/absent' },
      { from: 7, text: 'mild' },
      { from: 20, text: 'moderate' },
      { from: 35, text: 'severe' },
    ],
  },
  safety: [{ item: 10, atOrAbove: 2 }],
  change: { responsePercent: 50, remissionAtOrBelow: 10 },
};
