import { deliveredUg, elapsedMs, pausedMs, runningMs } from '../../../shared/clinical/dosing.ts';
import { sessionExtremes, type ExtremeMetric, type Extremes, type ValueAt } from '../../../shared/clinical/extremes.ts';
import type { FactKey, RecordDocument, RecordFigure } from '../../../shared/contract/record-document.ts';
import type { RatingView } from '../../../shared/contract/room-board.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { baselineCuff, type CuffPoint } from '../session/session-vitals.ts';
import { recordEndMs, recordWords, round, type RecordMaterial } from './record-material.ts';

/** What a session comes to. Every figure is a value with its moment, or the reason there is none; never 0 for nothing. */
export function recordFigures(material: RecordMaterial): RecordDocument['facts'] {
  return { ...pressureFigures(material), ...lineFigures(material), ...doseFigures(material), ...courseFigures(material) };
}

type Figures<K extends FactKey> = Record<K, RecordFigure>;

function pressureFigures(
  material: RecordMaterial,
): Figures<'baseline-sys' | 'baseline-dia' | 'peak-sys' | 'peak-dia' | 'rise-sys' | 'rise-dia'> {
  const { state, section, trend } = material;
  const { time } = recordWords(material);
  const figure = (found: ValueAt | null, absent: string): RecordFigure =>
    found === null ? { value: null, unit: 'mmHg', absent } : { value: found.value, unit: 'mmHg', at: time(found.atMs) };
  const baseline: CuffPoint | null = baselineCuff(state, { cuffs: section.cuffReadings, trend });
  const highest = (pick: 'sys' | 'dia'): ValueAt | null => extremes(material, `nibp-${pick}`)?.highest ?? null;
  const rise = (pick: 'sys' | 'dia'): ValueAt | null => {
    const peak = highest(pick);
    return peak === null || baseline === null ? null : { value: peak.value - baseline[pick], atMs: peak.atMs };
  };
  const base = (pick: 'sys' | 'dia'): ValueAt | null => (baseline === null ? null : { value: baseline[pick], atMs: baseline.atMs });
  return {
    'baseline-sys': figure(base('sys'), 'no cuff reading before the dose'),
    'baseline-dia': figure(base('dia'), 'no cuff reading before the dose'),
    'peak-sys': figure(highest('sys'), 'no cuff reading since the start of the dose'),
    'peak-dia': figure(highest('dia'), 'no cuff reading since the start of the dose'),
    'rise-sys': figure(rise('sys'), 'no baseline or no later reading'),
    'rise-dia': figure(rise('dia'), 'no baseline or no later reading'),
  };
}

function lineFigures(material: RecordMaterial): Figures<'lowest-spo2' | 'highest-pulse'> {
  const { time } = recordWords(material);
  const spo2 = extremes(material, 'spo2')?.lowest ?? null;
  const pulse = extremes(material, 'pulse-rate')?.highest ?? null;
  return {
    'lowest-spo2':
      spo2 === null
        ? { value: null, unit: '%', absent: 'no SpO2 reading since the start of the dose' }
        : { value: spo2.value, unit: '%', at: time(spo2.atMs) },
    'highest-pulse':
      pulse === null
        ? { value: null, unit: '/min', absent: 'no pulse reading since the start of the dose' }
        : { value: pulse.value, unit: '/min', at: time(pulse.atMs) },
  };
}

function extremes({ state, section, trend }: RecordMaterial, metric: ExtremeMetric): Extremes | null {
  const { cuffReadings, enteredVitals } = section;
  const span = { doseStartMs: state.dose.startedMs, endMs: state.ended?.atMs ?? null };
  return sessionExtremes({ cuffReadings, enteredVitals, trend, ...span }, metric).since;
}

function doseFigures(
  material: RecordMaterial,
): Figures<'delivered' | 'delivered-per-kg' | 'infusion-elapsed' | 'infusion-running' | 'infusion-paused'> {
  const { state } = material;
  const { timeline, startedMs, route } = state.dose;
  const untilMs = recordEndMs(material);
  if (startedMs === null) {
    const none = (unit: string): RecordFigure => ({ value: null, unit, absent: 'no dose was given' });
    return {
      delivered: none('mg'),
      'delivered-per-kg': none('mg/kg'),
      'infusion-elapsed': none('min'),
      'infusion-running': none('min'),
      'infusion-paused': none('min'),
    };
  }
  const ug = deliveredUg(timeline, untilMs);
  const grams = state.order?.weightGrams ?? state.weight?.grams ?? null;
  const minutes = (ms: number): RecordFigure =>
    route === 'iv' ? { value: round(ms / 60_000, 2), unit: 'min', at: null } : { value: null, unit: 'min', absent: 'not an infusion' };
  return {
    delivered: { value: round(ug / 1000, 3), unit: 'mg', at: null },
    'delivered-per-kg':
      grams === null ? { value: null, unit: 'mg/kg', absent: 'no weight' } : { value: round(ug / grams, 3), unit: 'mg/kg', at: null },
    'infusion-elapsed': minutes(elapsedMs(timeline, untilMs)),
    'infusion-running': minutes(runningMs(timeline, untilMs)),
    'infusion-paused': minutes(pausedMs(timeline, untilMs)),
  };
}

function courseFigures(
  material: RecordMaterial,
): Figures<'cadss-peak' | 'return-to-baseline' | 'return-to-baseline-after-end' | 'length-of-stay'> {
  const { state, section } = material;
  const { time } = recordWords(material);
  const peak = peakCadss(section.ratings, state.dose.startedMs);
  const reached = (milestone: string): UtcMs | null => state.milestones.find((entry) => entry.milestone === milestone)?.atMs ?? null;
  const span = (fromMs: UtcMs | null, toMs: UtcMs | null, absent: string): RecordFigure =>
    fromMs === null || toMs === null
      ? { value: null, unit: 'min', absent }
      : { value: round((toMs - fromMs) / 60_000, 2), unit: 'min', at: time(toMs) };
  const back = reached('return_to_baseline');
  const left = reached('discharged') ?? reached('transferred') ?? reached('left_with_sitter');
  return {
    'cadss-peak':
      peak === null || peak.total === null
        ? { value: null, unit: 'points', absent: 'no complete CADSS after the start' }
        : { value: peak.total, unit: `of ${peak.max}`, at: time(peak.atMs) },
    'return-to-baseline': span(state.dose.startedMs, back, 'not recorded'),
    'return-to-baseline-after-end': span(state.dose.endedMs, back, 'not recorded'),
    'length-of-stay': span(reached('arrived'), left, 'arrival or leaving not recorded'),
  };
}

/**
 * Of the ratings since the start of the dose the full form where there is one, else the six items: two instruments
 * are never compared, and a baseline of 0 is nobody's peak.
 */
export function peakCadss(ratings: readonly RatingView[], startedMs: UtcMs | null): RatingView | null {
  if (startedMs === null) return null;
  for (const instrument of ['cadss-23', 'cadss-6'] as const) {
    const complete = ratings.filter((rating) => rating.instrument === instrument && rating.atMs >= startedMs && rating.total !== null);
    const [first, ...rest] = complete;
    if (first !== undefined) return rest.reduce((peak, rating) => ((rating.total ?? 0) > (peak.total ?? 0) ? rating : peak), first);
  }
  return null;
}
