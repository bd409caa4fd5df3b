import type { Anchor, Instrument, InstrumentItem } from '../instrument.ts';

/** PHQ-9 and GAD-7 share their four answers. The lowest is "Not at all"; copies with "not at all sure" are wrong. */
export const frequencyAnchors: readonly Anchor[] = [
  { value: 0, text: 'Not at all' },
  { value: 1, text: 'Several days' },
  { value: 2, text: 'More than half the days' },
  { value: 3, text: 'Nearly every day' },
];

export const frequencyStem = 'Over the last 2 weeks, how often have you been bothered by any of the following problems?';

const texts: readonly (readonly [label: string, text: string])[] = [
  ['interest', 'Little interest or pleasure in doing things'],
  ['mood', 'Feeling down, depressed, or hopeless'],
  ['sleep', 'Trouble falling or staying asleep, or sleeping too much'],
  ['energy', 'Feeling tired or having little energy'],
  ['appetite', 'Poor appetite or overeating'],
  ['self-regard', 'Feeling bad about yourself — or that you are a failure or have let yourself or your family down'],
  ['concentration', 'Trouble concentrating on things, such as reading the newspaper or watching television'],
  [
    'movement',
    'Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or restless that you have been moving around a lot more than usual',
  ],
  ['self-harm thoughts', 'Thoughts that you would be better off dead or of hurting yourself in some way'],
];

export const phq9: Instrument = {
  id: 'phq-9',
  version: '1',
  name: 'PHQ-9',
  rates: 'depression, two weeks',
  group: 'questionnaire',
  timeline: { row: null, shortName: 'PHQ-9', gaugeFrom: 0, symbol: 'list' },
  mode: 'self',
  wording: 'verbatim',
  source: 'Spitzer, Williams, Kroenke and colleagues, 1999; its owner asks no permission to reproduce, translate or display it',
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
      { from: 15, text: 'moderately severe' },
      { from: 20, text: 'severe' },
    ],
  },
  safety: [{ item: 9, atOrAbove: 1 }],
  change: { responsePercent: 50, remissionAtOrBelow: 4, meaningfulPoints: 5 },
  openAtMost: 2,
};
