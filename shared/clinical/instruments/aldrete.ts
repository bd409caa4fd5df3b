import type { Instrument, InstrumentItem } from '../instrument.ts';

/** How far the systolic pressure may lie from the baseline, in percent of it: up to the first 2, below the second 1. */
export interface CirculationCuts {
  readonly fullPercent: number;
  readonly somePercent: number;
}

/** The 1995 form (recalled); some copies print 15 and 30, so a clinic may set its own. */
export const defaultCirculationCuts: CirculationCuts = { fullPercent: 20, somePercent: 50 };

/**
 * The circulation item from two systolic pressures in mmHg. Compared without rounding: at a baseline of 120, 144 is
 * 2 and 145 is 1; 179 is 1 and 180 is 0. null without a baseline above 0.
 */
export function aldreteCirculation(baselineSys: number, sys: number, cuts: CirculationCuts = defaultCirculationCuts): 0 | 1 | 2 | null {
  if (!(baselineSys > 0) || !Number.isFinite(sys)) return null;
  const distance = Math.abs(sys - baselineSys) * 100;
  if (distance <= cuts.fullPercent * baselineSys) return 2;
  return distance < cuts.somePercent * baselineSys ? 1 : 0;
}

function item(number: number, label: string, two: string, one: string, none: string): InstrumentItem {
  const anchors = [
    { value: 2, text: two },
    { value: 1, text: one },
    { value: 0, text: none },
  ];
  return { number, label, min: 0, max: 2, step: 1, anchors };
}

const { fullPercent: near, somePercent: far } = defaultCirculationCuts;

/** Recovery from sedation in five items; 9 or more of 10 is the published mark. */
export const aldrete: Instrument = {
  id: 'aldrete',
  version: '1',
  name: 'Modified Aldrete',
  rates: 'recovery from sedation',
  group: 'recovery',
  timeline: { row: null, shortName: 'Aldrete', gaugeFrom: 0, symbol: 'list' },
  mode: 'observer',
  wording: 'own-words',
  source: 'Aldrete recovery score, 1995 form with oxygen saturation; anchors in our own words',
  stem: null,
  items: [
    item(1, 'activity', 'moves all four limbs', 'moves two limbs', 'moves no limb'),
    item(2, 'respiration', 'breathes deeply and coughs', 'shallow or limited breathing', 'no breathing of their own'),
    item(
      3,
      'circulation',
      `systolic within ${near} % of baseline`,
      `more than ${near} %, less than ${far} % away`,
      `${far} % or more away`,
    ),
    item(4, 'consciousness', 'fully awake', 'wakes when called', 'does not answer'),
    item(5, 'oxygen saturation', 'above 92 % on air', 'needs oxygen to stay above 90 %', 'below 90 % with oxygen'),
  ],
  subscales: [],
  total: 'sum',
  direction: 'lower-is-more',
  review: null,
};
