/**
 * Stable ids of the rating instruments (`docs/instruments.md`). The alcohol calendar (`tlfb`) is a count of
 * days and has no items to answer; it is in `days-abstinent.ts`.
 */
export const instrumentIds = [
  'cadss-23',
  'cadss-6',
  'moaa-s',
  'suds',
  'rass',
  'ramsay',
  'aldrete',
  'padss',
  'bprs-positive',
  'nrs-pain',
  'nrs-nausea',
  'nrs-anxiety',
  'phq-9',
  'gad-7',
  'pcl-5',
  'c-ssrs-screener',
  'c-ssrs-since-contact',
  'audit-c',
  'qids-sr16',
  'madrs',
  'craving-vas',
  'meq-30',
  'ebi',
] as const;
export type InstrumentId = (typeof instrumentIds)[number];
