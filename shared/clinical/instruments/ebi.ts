import type { Instrument, InstrumentItem } from '../instrument.ts';

/** Emotional breakthrough, six lines from 0 to 100. Sources give a sum of 0 to 600 or a mean of 0 to 100: both are kept. */
export const ebi: Instrument = {
  id: 'ebi',
  version: '1',
  name: 'EBI',
  rates: 'emotional breakthrough',
  group: 'questionnaire',
  timeline: { row: null, shortName: 'EBI', gaugeFrom: 0, symbol: 'list' },
  mode: 'self',
  wording: 'structure',
  source: 'Roseman and colleagues, 2019; six items from 0 to 100',
  stem: null,
  items: ['faced feelings', 'conflict resolved', 'explored memories', 'breakthrough', 'closure', 'release and relief'].map(
    (label, index): InstrumentItem => {
      return { number: index + 1, label, min: 0, max: 100, step: 10, anchors: [] };
    },
  ),
  subscales: [],
  total: 'sum',
  direction: 'higher-is-more',
  review: null,
};
