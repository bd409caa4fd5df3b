import type { Instrument, InstrumentItem } from '../instrument.ts';

const no = { value: 0, text: 'no' };
const yes = { value: 1, text: 'yes' };

function question(number: number, label: string, asked?: InstrumentItem['askedWhen']): InstrumentItem {
  const item: InstrumentItem = { number, label, min: 0, max: 1, step: 1, anchors: [no, yes] };
  return asked === undefined ? item : { ...item, askedWhen: asked };
}

const afterSecond = { item: 2, value: 1 } as const;

const ideation: readonly InstrumentItem[] = [
  question(1, 'wish to be dead'),
  question(2, 'thoughts of suicide'),
  question(3, 'thoughts with method', afterSecond),
  question(4, 'some intent', afterSecond),
  question(5, 'plan and intent', afterSecond),
];

/**
 * Six questions with conditions, asked by an interviewer in the owner's wording, which is not here. It is a triage
 * by the gravest answer and never a sum. The last question carries when: 0 no, 1 longer ago, 2 in the past three
 * months.
 */
export const cSsrsScreener: Instrument = {
  id: 'c-ssrs-screener',
  version: '1',
  name: 'C-SSRS screener',
  rates: 'suicidality, triage',
  group: 'questionnaire',
  timeline: { row: null, shortName: 'C-SSRS screener', gaugeFrom: 0, symbol: 'list' },
  mode: 'interviewer',
  wording: 'structure',
  source: 'Posner and colleagues; screener with triage points. Questions 1, 2 and 6 always, 3 to 5 after a yes to 2',
  stem: null,
  items: [
    ...ideation,
    {
      number: 6,
      label: 'behavior, and when',
      min: 0,
      max: 2,
      step: 1,
      anchors: [no, { value: 1, text: 'yes, more than 3 months ago' }, { value: 2, text: 'yes, in the past 3 months' }],
    },
  ],
  subscales: [],
  total: 'none',
  direction: 'higher-is-more',
  review: null,
  safety: [3, 4, 5, 6].map((item) => ({ item, atOrAbove: 1 })),
};

/**
 * The same questions asked of the time since somebody last asked, after the first visit. It is a form of its own, with
 * wording of its own: the last question has no "longer ago", and its yes is of now.
 */
export const cSsrsSinceContact: Instrument = {
  ...cSsrsScreener,
  id: 'c-ssrs-since-contact',
  name: 'C-SSRS since last contact',
  rates: 'suicidality, triage, after the first visit',
  source: 'Posner and colleagues; screener since last contact with triage points (recalled), for visits after the first',
  items: [...ideation, question(6, 'behavior since then')],
};
