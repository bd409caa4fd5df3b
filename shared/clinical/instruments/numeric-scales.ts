import type { Bands, Instrument } from '../instrument.ts';

/** 1 to 3, 4 to 6 and 7 to 10 are read together; the words are the usual ones. */
const bands: Bands = {
  version: '1',
  rows: [
    { from: 0, text: 'none' },
    { from: 1, text: 'mild' },
    { from: 4, text: 'moderate' },
    { from: 7, text: 'severe' },
  ],
};

function numeric(id: 'nrs-pain' | 'nrs-nausea' | 'nrs-anxiety', shortName: string, stem: string): Instrument {
  return {
    id,
    version: '1',
    name: `NRS ${shortName}`,
    rates: `${shortName}, 0 to 10`,
    group: 'recovery',
    timeline: { row: null, shortName, gaugeFrom: 0, symbol: 'list' },
    mode: 'interviewer',
    wording: 'verbatim',
    source: 'numeric rating scale, 0 to 10; a generic method',
    stem,
    items: [
      {
        number: 1,
        label: null,
        min: 0,
        max: 10,
        step: 1,
        anchors: [
          { value: 0, text: 'none' },
          { value: 10, text: 'worst' },
        ],
      },
    ],
    subscales: [],
    total: 'single',
    direction: 'higher-is-more',
    review: null,
    bands,
  };
}

export const nrsPain = numeric('nrs-pain', 'pain', 'Ask: “How much pain do you have now, from 0 to 10?”');
export const nrsNausea = numeric('nrs-nausea', 'nausea', 'Ask: “How sick do you feel now, from 0 to 10?”');
export const nrsAnxiety = numeric('nrs-anxiety', 'anxiety', 'Ask: “How anxious do you feel now, from 0 to 10?”');

/** A line of 100 mm, read as a whole number; a generic method. */
export const cravingVas: Instrument = {
  id: 'craving-vas',
  version: '1',
  name: 'Craving VAS',
  rates: 'craving, 0 to 100',
  group: 'questionnaire',
  timeline: { row: null, shortName: 'Craving VAS', gaugeFrom: 0, symbol: 'list' },
  mode: 'self',
  wording: 'verbatim',
  source: 'visual analogue scale, 0 to 100 mm; a generic method',
  stem: 'Ask: “How strong is the craving now, from 0 to 100?”',
  items: [
    {
      number: 1,
      label: null,
      min: 0,
      max: 100,
      step: 10,
      anchors: [
        { value: 0, text: 'none' },
        { value: 100, text: 'the strongest imaginable' },
      ],
    },
  ],
  subscales: [],
  total: 'single',
  direction: 'higher-is-more',
  review: null,
};
