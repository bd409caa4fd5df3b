/** A monitor's values that a person can mark as artefacts: a pressure by its determination, a line by a stretch of it. */
export const artefactMetrics = ['nibp', 'pulse-rate', 'spo2', 'resp-rate', 'etco2', 'heart-rate'] as const;
export type ArtefactMetric = (typeof artefactMetrics)[number];

export const artefactNames: Readonly<Record<ArtefactMetric, readonly [name: string, unit: string]>> = {
  nibp: ['Blood pressure', ' mmHg'],
  'pulse-rate': ['Pulse', '/min'],
  spo2: ['SpO₂', ' %'],
  'resp-rate': ['Respiration', '/min'],
  etco2: ['CO₂', ' mmHg'],
  'heart-rate': ['Heart rate', '/min'],
};

/** A longer stretch is not marked as an artefact: then the monitor is not at the patient. */
export const artefactMsMax = 10 * 60_000;

export interface Artefact {
  readonly metric: ArtefactMetric;
  readonly fromMs: number;
  readonly toMs: number;
}

export function coversMoment({ fromMs, toMs }: Pick<Artefact, 'fromMs' | 'toMs'>, atMs: number): boolean {
  return atMs >= fromMs && atMs <= toMs;
}

/** Whether a value of a monitor at this moment was marked. */
export function isArtefact(artefacts: readonly Artefact[], metric: ArtefactMetric, atMs: number): boolean {
  return artefacts.some((one) => one.metric === metric && coversMoment(one, atMs));
}
