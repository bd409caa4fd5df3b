/** Stable ids of the rating instruments (handbook `clinical.md` §2.1). */
export const instrumentIds = ['cadss-23', 'cadss-6', 'moaa-s', 'suds', 'rass'] as const;
export type InstrumentId = (typeof instrumentIds)[number];
