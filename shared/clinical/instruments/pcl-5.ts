import type { Instrument, InstrumentItem } from '../instrument.ts';

const anchors = [
  { value: 0, text: 'Not at all' },
  { value: 1, text: 'A little bit' },
  { value: 2, text: 'Moderately' },
  { value: 3, text: 'Quite a bit' },
  { value: 4, text: 'Extremely' },
];

const texts: readonly (readonly [label: string, text: string])[] = [
  ['memories', 'Repeated, disturbing, and unwanted memories of the stressful experience?'],
  ['dreams', 'Repeated, disturbing dreams of the stressful experience?'],
  [
    'reliving',
    'Suddenly feeling or acting as if the stressful experience were actually happening again (as if you were actually back there reliving it)?',
  ],
  ['upset by reminders', 'Feeling very upset when something reminded you of the stressful experience?'],
  [
    'body reactions',
    'Having strong physical reactions when something reminded you of the stressful experience (for example, heart pounding, trouble breathing, sweating)?',
  ],
  ['avoids thoughts', 'Avoiding memories, thoughts, or feelings related to the stressful experience?'],
  [
    'avoids reminders',
    'Avoiding external reminders of the stressful experience (for example, people, places, conversations, activities, objects, or situations)?',
  ],
  ['gaps in memory', 'Trouble remembering important parts of the stressful experience?'],
  [
    'negative beliefs',
    'Having strong negative beliefs about yourself, other people, or the world (for example, having thoughts such as: I am bad, there is something seriously wrong with me, no one can be trusted, the world is completely dangerous)?',
  ],
  ['blame', 'Blaming yourself or someone else for the stressful experience or what happened after it?'],
  ['negative feelings', 'Having strong negative feelings such as fear, horror, anger, guilt, or shame?'],
  ['interest', 'Loss of interest in activities that you used to enjoy?'],
  ['distance', 'Feeling distant or cut off from other people?'],
  [
    'positive feelings',
    'Trouble experiencing positive feelings (for example, being unable to feel happiness or have loving feelings for people close to you)?',
  ],
  ['irritable', 'Irritable behavior, angry outbursts, or acting aggressively?'],
  ['risks', 'Taking too many risks or doing things that could cause you harm?'],
  ['on guard', 'Being “superalert” or watchful or on guard?'],
  ['startled', 'Feeling jumpy or easily startled?'],
  ['concentration', 'Having difficulty concentrating?'],
  ['sleep', 'Trouble falling or staying asleep?'],
];

/** The month form; a week form is another version and is not compared with it. */
export const pcl5: Instrument = {
  id: 'pcl-5',
  version: 'month-1',
  name: 'PCL-5',
  rates: 'stress after trauma, a month',
  group: 'questionnaire',
  timeline: { row: null, shortName: 'PCL-5', gaugeFrom: 0, symbol: 'list' },
  mode: 'self',
  wording: 'verbatim',
  source: 'Weathers and colleagues, 2013, National Center for PTSD; work of the United States government, month form',
  stem: 'In the past month, how much were you bothered by:',
  items: texts.map(([label, text], index): InstrumentItem => ({ number: index + 1, label, text, min: 0, max: 4, step: 1, anchors })),
  subscales: [
    { key: 'B', label: 'B intrusion', items: [1, 2, 3, 4, 5] },
    { key: 'C', label: 'C avoidance', items: [6, 7] },
    { key: 'D', label: 'D thoughts and mood', items: [8, 9, 10, 11, 12, 13, 14] },
    { key: 'E', label: 'E arousal', items: [15, 16, 17, 18, 19, 20] },
  ],
  total: 'sum',
  direction: 'higher-is-more',
  review: null,
  // Of the form for DSM-IV; newer work on this form finds 15 to 18 points reliable. A clinic states which it goes by.
  change: {
    reliablePoints: 5,
    meaningfulPoints: 10,
    source: 'National Center for PTSD, 2012, on the older form; 15 to 18 in work since 2021',
  },
};
