import type { Instrument } from '../instrument.ts';

/** Agitation and sedation on one axis, +4 … −5: look first, then speak, then touch. Anchors in our own words. */
export const rass: Instrument = {
  id: 'rass',
  version: '1',
  name: 'RASS',
  rates: 'agitation and sedation',
  group: 'acute',
  timeline: { row: 'sedation', shortName: 'RASS', gaugeFrom: -5, symbol: 'eye' },
  mode: 'observer',
  wording: 'own-words',
  source: 'Richmond agitation and sedation scale; anchors in our own words',
  stem: 'Look first, then speak, then touch. Choose the line that fits best.',
  items: [
    {
      number: 1,
      label: null,
      min: -5,
      max: 4,
      step: 1,
      anchors: [
        { value: 4, text: 'combative, a danger to people near' },
        { value: 3, text: 'very agitated, pulls at lines' },
        { value: 2, text: 'agitated, moves without aim' },
        { value: 1, text: 'restless, uneasy' },
        { value: 0, text: 'alert and calm' },
        { value: -1, text: 'drowsy, keeps eyes open to voice' },
        { value: -2, text: 'opens eyes to voice, briefly' },
        { value: -3, text: 'moves to voice, no eye contact' },
        { value: -4, text: 'moves only when touched' },
        { value: -5, text: 'no response to voice or touch' },
      ],
    },
  ],
  subscales: [],
  total: 'single',
  direction: 'higher-is-more',
  review: { atOrAbove: 2, atOrBelow: -2 },
};
