/** What a dose by a route other than a vein is made of. Names as events, commands and screens share them. */

export const injectionSites = ['deltoid', 'vastus-lateralis', 'ventrogluteal', 'dorsogluteal'] as const;
export type InjectionSite = (typeof injectionSites)[number];

export const bodySides = ['left', 'right'] as const;
export type BodySide = (typeof bodySides)[number];

/** The two readings of "40 minutes after administration" (`docs/clinical-rules.md`): both are always kept. */
export interface MonitoringClock {
  readonly firstMs: number;
  readonly lastMs: number;
}
