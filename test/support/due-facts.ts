import type { DueFacts } from '../../shared/clinical/due.ts';

export const t0 = 1_000_000_000_000;
/** Minutes from the start of the dose. */
export const ms = (minutes: number): number => t0 + Math.round(minutes * 60_000);

/** A session in which nothing was done yet, and of which nothing is known. */
export const noFacts: DueFacts = {
  openedMs: null,
  doseStartMs: null,
  monitoringStartMs: null,
  doseEndMs: null,
  predictedEndMs: null,
  expectedEndMs: null,
  dosesMs: [],
  pauses: [],
  missed: [],
  cuffMs: [],
  ratings: [],
  milestones: [],
  leftMs: null,
};
