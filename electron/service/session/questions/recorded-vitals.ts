import { isArtefact } from '../../../../shared/clinical/artefact.ts';
import type { CuffReading } from '../../../../shared/clinical/measured-vitals.ts';
import type { Entry } from '../state/entry.ts';
import type { SessionState } from '../state/session-state.ts';

/** Of the monitor and by hand, in time; one that a person marked as an artefact says so. */
export function cuffReadings(state: SessionState, measured: readonly CuffReading[]): CuffReading[] {
  const marked = measured.map((cuff): CuffReading => (isArtefact(state.artefacts, 'nibp', cuff.atMs) ? { ...cuff, artefact: true } : cuff));
  return [...marked, ...cuffsByHand(state)].sort((a, b) => a.atMs - b.atMs);
}

function cuffsByHand({ vitals }: SessionState): CuffReading[] {
  return vitals.flatMap(({ atMs, values }) => {
    const [sys, dia] = [values['nibp-sys'], values['nibp-dia']];
    return sys === undefined || dia === undefined ? [] : [{ atMs, sys, dia, mean: null, byHand: true }];
  });
}

const typedMetrics = ['pulse-rate', 'spo2', 'resp-rate', 'temp'] as const;

/** A value that a person typed, other than a blood pressure. */
export interface TypedValue extends Entry {
  readonly metric: (typeof typedMetrics)[number];
  readonly value: number;
}

export function typedValues({ vitals }: SessionState): TypedValue[] {
  return vitals.flatMap(({ values, actor, eventId, atMs, enteredMs, late, amendedFromMs }) =>
    typedMetrics.flatMap((metric) => {
      const value = values[metric];
      return value === undefined ? [] : [{ eventId, atMs, enteredMs, late, amendedFromMs, actor, metric, value }];
    }),
  );
}
