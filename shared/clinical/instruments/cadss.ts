import type { Instrument, InstrumentItem } from '../instrument.ts';

/**
 * Dissociative states, interviewer-rated: 23 items from 0 to 4, and the six-item selection.
 *
 * The text belongs to its author and is not here. The labels are our own words for finding one's place on the
 * form; they must not be read to a patient, and a clinic compares them with its authorised copy. The partition
 * into subscales is recalled and consistent in its arithmetic (3 + 7 + 13 = 23); a clinical reviewer confirms it.
 * The last four items are recalled as well, and marked.
 */
const labels: readonly string[] = [
  'time slowed',
  'dreamlike',
  'apart from events',
  'seen from outside',
  'onlooker',
  'apart from the body',
  'body altered',
  'people lifeless',
  'objects altered',
  'colours dull',
  'field of view',
  'time stretched',
  'time rushed',
  'unexplained events',
  'thread lost',
  'sounds altered',
  'clarity heightened',
  'as through fog',
  'colours vivid',
  'self unsure',
  'place altered',
  'memory gaps',
  'self divided',
];

const firstUnconfirmed = 20;

function item(number: number, label: string): InstrumentItem {
  return {
    number,
    label,
    min: 0,
    max: 4,
    step: 1,
    anchors: [
      { value: 0, text: 'none' },
      { value: 4, text: 'extreme' },
    ],
    ...(number < firstUnconfirmed ? {} : { unconfirmed: true }),
  };
}

const items = labels.map((label, index) => item(index + 1, label));
const sixItems: readonly number[] = [1, 2, 6, 7, 15, 22];

export const cadss23: Instrument = {
  id: 'cadss-23',
  version: '1',
  name: 'CADSS-23',
  rates: 'dissociation',
  group: 'acute',
  timeline: { row: 'cadss', shortName: 'CADSS-23', gaugeFrom: 0, symbol: 'list' },
  mode: 'interviewer',
  wording: 'structure',
  source: 'Bremner and others, 1998; 23 subjective items of the 2014 sheet',
  stem: null,
  items,
  subscales: [
    { key: 'amnesia', label: 'amnesia', items: [14, 15, 22] },
    { key: 'depersonalization', label: 'depersonalization', items: [3, 4, 5, 6, 7, 20, 23] },
    { key: 'derealization', label: 'derealization', items: [1, 2, 8, 9, 10, 11, 12, 13, 16, 17, 18, 19, 21] },
    { key: 'cadss6', label: 'CADSS-6', items: sixItems },
  ],
  total: 'sum',
  direction: 'higher-is-more',
  review: null,
};

/** Taken alone. Shown with the full form's trend, never mixed with it in one line. */
export const cadss6: Instrument = {
  id: 'cadss-6',
  version: '1',
  name: 'CADSS-6',
  rates: 'dissociation, six items',
  group: 'acute',
  timeline: { row: 'cadss', shortName: 'CADSS-6', gaugeFrom: 0, symbol: 'list' },
  mode: 'interviewer',
  wording: 'structure',
  source: 'six items selected retrospectively from the 23, not validated on their own',
  stem: null,
  items: items.filter((candidate) => sixItems.includes(candidate.number)),
  subscales: [],
  total: 'sum',
  direction: 'higher-is-more',
  review: null,
};
