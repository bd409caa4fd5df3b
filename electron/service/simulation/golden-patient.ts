import { scenarioSchema, type Scenario, type VitalsRow } from './scenario.ts';

/**
 * The vitals of the golden session (`test/fixtures/clinical/golden-session.json`): 80 kg, 40 mg over 40 min with one pause, minutes from
 * the start of the infusion. The demo's patient and the one that end-to-end tests know the answers for.
 */
const rows: readonly (readonly [
  minute: number,
  sys: number,
  dia: number,
  mean: number,
  pulseRate: number,
  spo2: number,
  respRate: number,
])[] = [
  [-15, 124, 78, 93, 72, 98, 14],
  [0, 126, 80, 95, 74, 98, 14],
  [5, 134, 84, 101, 80, 98, 14],
  [10, 148, 92, 111, 92, 97, 16],
  [15, 146, 90, 109, 88, 98, 15],
  [20, 150, 92, 111, 86, 97, 14],
  [25, 156, 96, 116, 90, 97, 14],
  [30, 162, 98, 119, 92, 96, 13],
  [33, 158, 97, 117, 90, 97, 13],
  [35, 158, 96, 117, 88, 97, 13],
  [40, 152, 94, 113, 86, 97, 13],
  [45, 150, 92, 111, 84, 97, 14],
  [50, 148, 90, 109, 84, 98, 14],
  [55, 142, 88, 106, 82, 98, 14],
  [67, 134, 84, 101, 78, 98, 14],
  [82, 128, 80, 96, 74, 98, 14],
  [97, 126, 79, 95, 73, 98, 14],
  [112, 125, 78, 94, 72, 98, 14],
];

export const goldenVitals: readonly VitalsRow[] = rows.map(([minute, sys, dia, mean, pulseRate, spo2, respRate]) => ({
  atMs: minute * 60_000,
  sys,
  dia,
  mean,
  pulseRate,
  spo2,
  respRate,
}));

/** The demonstration patient: 80 kg, 40 mg, from the baseline pressure at −15 min. */
export function goldenScenario(seed = 1): Scenario {
  return scenarioSchema.parse({ seed, startMs: -900_000, vitals: { kind: 'rows', rows: [...goldenVitals] } });
}
