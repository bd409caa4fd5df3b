import type { Instrument, InstrumentItem } from '../instrument.ts';

/**
 * Three questions, whose wording is the World Health Organization's and free for non-commercial use only: it comes as a
 * text pack of the clinic. Whether the total is positive depends on sex; where that is not known, both cuts are shown; the
 * cuts are recalled, and the clinic's own count where it has some.
 */
export const auditC: Instrument = {
  id: 'audit-c',
  version: '1',
  name: 'AUDIT-C',
  rates: 'alcohol',
  group: 'questionnaire',
  timeline: { row: null, shortName: 'AUDIT-C', gaugeFrom: 0, symbol: 'list' },
  mode: 'self',
  wording: 'structure',
  source: 'World Health Organization, AUDIT, first three questions; Bush and colleagues, 1998',
  stem: null,
  items: ['how often', 'how many', 'six or more'].map((label, index): InstrumentItem => {
    return { number: index + 1, label, min: 0, max: 4, step: 1, anchors: [] };
  }),
  subscales: [],
  total: 'sum',
  direction: 'higher-is-more',
  review: null,
};
