import type { Instrument, InstrumentItem } from '../instrument.ts';
import { frequencyAnchors, frequencyStem } from './phq-9.ts';

const texts: readonly (readonly [label: string, text: string])[] = [
  ['nervous', 'Feeling nervous, anxious or on edge'],
  ['control of worry', 'Not being able to stop or control worrying'],
  ['much worry', 'Worrying too much about different things'],
  ['relaxing', 'Trouble relaxing'],
  ['restless', 'Being so restless that it is hard to sit still'],
  ['irritable', 'Becoming easily annoyed or irritable'],
  ['dread', 'Feeling afraid as if something awful might happen'],
];

export const gad7: Instrument = {
  id: 'gad-7',
  version: '1',
  name: 'GAD-7',
  rates: 'anxiety, two weeks',
  group: 'questionnaire',
  timeline: { row: null, shortName: 'GAD-7', gaugeFrom: 0, symbol: 'list' },
  mode: 'self',
  wording: 'verbatim',
  source: 'Spitzer, Kroenke, Williams and Löwe, 2006; its owner asks no permission to reproduce, translate or display it',
  stem: frequencyStem,
  items: texts.map(([label, text], index): InstrumentItem => {
    return { number: index + 1, label, text, min: 0, max: 3, step: 1, anchors: frequencyAnchors };
  }),
  subscales: [],
  total: 'sum',
  direction: 'higher-is-more',
  review: null,
  bands: {
    version: '1',
    rows: [
      { from: 0, text: 'minimal' },
      { from: 5, text: 'mild' },
      { from: 10, text: 'moderate' },
      { from: 15, text: 'severe' },
    ],
  },
  change: { responsePercent: 50, remissionAtOrBelow: 4, meaningfulPoints: 4 },
  openAtMost: 2,
};
