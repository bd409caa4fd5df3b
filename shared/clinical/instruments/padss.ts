import type { Instrument, InstrumentItem } from '../instrument.ts';

function item(number: number, label: string, two: string, one: string, none: string): InstrumentItem {
  const anchors = [
    { value: 2, text: two },
    { value: 1, text: one },
    { value: 0, text: none },
  ];
  return { number, label, min: 0, max: 2, step: 1, anchors };
}

/**
 * Fitness to go home in five items; 9 or more of 10, with a responsible adult, is the published mark. There is no
 * wound here, so the last item is about the cannula site.
 */
export const padss: Instrument = {
  id: 'padss',
  version: '1',
  name: 'PADSS',
  rates: 'fit to go home',
  group: 'recovery',
  timeline: { row: null, shortName: 'PADSS', gaugeFrom: 0, symbol: 'list' },
  mode: 'observer',
  wording: 'own-words',
  source: 'post-anaesthetic discharge scoring system, modified form; anchors in our own words',
  stem: null,
  items: [
    item(1, 'vital signs', 'within 20 % of baseline', '20 to 40 % away', 'more than 40 % away'),
    item(2, 'walking', 'steady, no dizziness', 'with help', 'cannot walk, or dizzy'),
    item(3, 'nausea and vomiting', 'little or none', 'moderate, treated', 'strong, in spite of treatment'),
    item(4, 'pain', 'little or none', 'moderate', 'strong'),
    item(5, 'bleeding (cannula site)', 'little or none', 'moderate', 'strong'),
  ],
  subscales: [],
  total: 'sum',
  direction: 'lower-is-more',
  review: null,
};
