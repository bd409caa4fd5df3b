import type { Instrument } from '../instrument.ts';

const often = ['Never', 'Less than monthly', 'Monthly', 'Weekly', 'Daily or almost daily'];

function anchorsOf(words: readonly string[]) {
  return words.map((text, value) => ({ value, text }));
}

/** Three questions. Whether the total is positive depends on sex; where that is not known, both cuts are shown. */
export const auditC: Instrument = {
  id: 'audit-c',
  version: '1',
  name: 'AUDIT-C',
  group: 'questionnaire',
  mode: 'self',
  wording: 'verbatim',
  source: 'World Health Organization, AUDIT, first three questions; Bush and colleagues, 1998',
  items: [
    {
      number: 1,
      label: 'how often',
      text: 'How often do you have a drink containing alcohol?',
      min: 0,
      max: 4,
      step: 1,
      anchors: anchorsOf(['Never', 'Monthly or less', '2 to 4 times a month', '2 to 3 times a week', '4 or more times a week']),
    },
    {
      number: 2,
      label: 'how many',
      text: 'How many drinks containing alcohol do you have on a typical day when you are drinking?',
      min: 0,
      max: 4,
      step: 1,
      anchors: anchorsOf(['1 or 2', '3 or 4', '5 or 6', '7 to 9', '10 or more']),
    },
    {
      number: 3,
      label: 'six or more',
      text: 'How often do you have six or more drinks on one occasion?',
      min: 0,
      max: 4,
      step: 1,
      anchors: anchorsOf(often),
    },
  ],
  subscales: [],
  total: 'sum',
  direction: 'higher-is-more',
  review: null,
};
