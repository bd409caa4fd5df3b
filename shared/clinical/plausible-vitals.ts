/** What a person types in, read off a monitor or taken by hand. */
export const typedVitalIds = ['pulse-rate', 'spo2', 'nibp-sys', 'nibp-dia', 'resp-rate', 'temp'] as const;
export type TypedVitalId = (typeof typedVitalIds)[number];

/**
 * Where a typed figure is far more often a slip than a patient: pulse 8 for 80, SpO₂ 9 for 97. Vigil's own, drawn wide of
 * what the protocols pause a dose for (pulse 45 to 150, systolic 90 to 180, SpO₂ 90, respiration 8), so that an unwell
 * patient's values are recorded as they are. A typed value alone is held against these; a measured one never is.
 */
export const plausibleVitals: Readonly<Record<TypedVitalId, readonly [min: number, max: number]>> = {
  'pulse-rate': [30, 200],
  spo2: [60, 100],
  'nibp-sys': [60, 250],
  'nibp-dia': [30, 150],
  'resp-rate': [4, 50],
  temp: [33, 42],
};
