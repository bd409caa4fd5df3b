import type { Instrument, InstrumentItem } from '../instrument.ts';

/** Item numbers of the stand-alone form by factor: 15 + 6 + 6 + 3 = 30 (recalled; a clinic compares them with its copy). */
const factors = {
  mystical: [4, 5, 6, 9, 14, 15, 16, 18, 20, 21, 23, 24, 25, 26, 28],
  positiveMood: [2, 8, 12, 17, 27, 30],
  timeAndSpace: [1, 7, 11, 13, 19, 22],
  ineffability: [3, 10, 29],
} as const;

const labels: Readonly<Record<keyof typeof factors, string>> = {
  mystical: 'mystical',
  positiveMood: 'positive mood',
  timeAndSpace: 'time and space',
  ineffability: 'ineffability',
};

function labelOf(number: number): string {
  for (const [key, numbers] of Object.entries(factors)) {
    const place = (numbers as readonly number[]).indexOf(number);
    if (place !== -1) return `${labels[key as keyof typeof factors]} ${place + 1}`;
  }
  return `item ${number}`;
}

/** The day after, about the session. "Complete" needs 60 % of the maximum on every one of the four factors. */
export const meq30: Instrument = {
  id: 'meq-30',
  version: '1',
  name: 'MEQ30',
  rates: 'mystical experience',
  group: 'questionnaire',
  timeline: { row: null, shortName: 'MEQ30', gaugeFrom: 0, symbol: 'list' },
  mode: 'self',
  wording: 'structure',
  source: 'MacLean and colleagues, 2012; Barrett, Johnson and Griffiths, 2015; 30 items from 0 to 5, four factors',
  stem: null,
  items: Array.from({ length: 30 }, (_, index): InstrumentItem => {
    return { number: index + 1, label: labelOf(index + 1), min: 0, max: 5, step: 1, anchors: [] };
  }),
  subscales: Object.entries(factors).map(([key, items]) => ({ key, label: labels[key as keyof typeof factors], items })),
  total: 'sum',
  direction: 'higher-is-more',
  review: null,
};
