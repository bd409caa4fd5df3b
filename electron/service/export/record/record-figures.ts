import { deliveredUg, elapsedMs, emptyMs, pausedMs, runningMs, wasted } from '../../../../shared/clinical/dosing.ts';
import { sessionExtremes, type ExtremeMetric, type Extremes, type ValueAt } from '../../../../shared/clinical/extremes.ts';
import { isWayOut } from '../../../../shared/clinical/milestone.ts';
import type { RecordDocument } from '../../../../shared/contract/record-document.ts';
import type { FactKey, RecordFigure } from '../../../../shared/contract/record-facts.ts';
import { minutesAndSeconds } from '../../../../shared/values/clock-time.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { doseWeightGrams } from '../../session/decide/dose-doubts.ts';
import { endedSlots } from '../../session/questions/ended-slots.ts';
import { cuffReadings, typedValues } from '../../session/questions/recorded-vitals.ts';
import { scoredRatings, type ScoredRating } from '../../session/questions/scored-ratings.ts';
import { baselineCuff, withoutArtefacts, type CuffPoint } from '../../session/questions/session-vitals.ts';
import { recordEndMs, recordTimes, round } from './record-words.ts';
import type { SessionSource } from './session-source.ts';

/** What the figures rest on. */
export type FiguresSource = Pick<SessionSource, 'state' | 'protocol' | 'vitals' | 'nowMs'>;

/** What a session comes to, for screen, print and files. Every figure is a value with its moment, or the reason there is none; never 0 for nothing. */
export function recordFigures(source: FiguresSource): RecordDocument['facts'] {
  return {
    ...pressureFigures(source),
    ...lineFigures(source),
    ...doseFigures(source),
    ...infusionFigures(source),
    ...recordingFigures(source),
    ...courseFigures(source),
  };
}

type Figures<K extends FactKey> = Record<K, RecordFigure>;

function pressureFigures(
  source: FiguresSource,
): Figures<'baseline-sys' | 'baseline-dia' | 'peak-sys' | 'peak-dia' | 'rise-sys' | 'rise-dia'> {
  const { state, vitals } = source;
  const { time } = recordTimes(source.state);
  const pressure = (found: ValueAt | null, absent: string): RecordFigure =>
    found === null ? { value: null, unit: 'mmHg', absent } : { value: found.value, unit: 'mmHg', at: time(found.atMs) };
  const baseline: CuffPoint | null = baselineCuff(state, vitals);
  const highest = (pick: 'sys' | 'dia'): ValueAt | null => extremes(source, `nibp-${pick}`)?.highest ?? null;
  const rise = (pick: 'sys' | 'dia'): ValueAt | null => {
    const peak = highest(pick);
    return peak === null || baseline === null ? null : { value: peak.value - baseline[pick], atMs: peak.atMs };
  };
  const base = (pick: 'sys' | 'dia'): ValueAt | null => (baseline === null ? null : { value: baseline[pick], atMs: baseline.atMs });
  return {
    'baseline-sys': pressure(base('sys'), 'no cuff reading before the dose'),
    'baseline-dia': pressure(base('dia'), 'no cuff reading before the dose'),
    'peak-sys': pressure(highest('sys'), 'no cuff reading since the start of the dose'),
    'peak-dia': pressure(highest('dia'), 'no cuff reading since the start of the dose'),
    'rise-sys': pressure(rise('sys'), 'no baseline or no later reading'),
    'rise-dia': pressure(rise('dia'), 'no baseline or no later reading'),
  };
}

function lineFigures(source: FiguresSource): Figures<'lowest-spo2' | 'highest-pulse'> {
  const { time } = recordTimes(source.state);
  const spo2 = extremes(source, 'spo2')?.lowest ?? null;
  const pulse = extremes(source, 'pulse-rate')?.highest ?? null;
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

function extremes({ state, vitals }: FiguresSource, metric: ExtremeMetric): Extremes | null {
  const cuffs = cuffReadings(state, vitals.cuffs).filter(({ artefact }) => artefact !== true);
  const span = { doseStartMs: state.dose.startedMs, endMs: state.ended?.atMs ?? null };
  const measured = { cuffReadings: cuffs, enteredVitals: typedValues(state), trend: withoutArtefacts(state, vitals.trend) };
  return sessionExtremes({ ...measured, ...span }, metric).since;
}

function doseFigures(source: FiguresSource): Figures<'ordered' | 'delivered' | 'delivered-per-kg' | 'left' | 'gifts'> {
  const { state } = source;
  const { timeline, startedMs, administrations } = state.dose;
  const { time } = recordTimes(state);
  // Of two injections the first: the second is given if wanted, and stands with the order.
  const orderedUg = (state.routeOrder ?? state.order)?.doseUg ?? null;
  const ordered = orderedUg === null ? none('mg', 'no dose was ordered') : figure(round(orderedUg / 1000, 3), 'mg');
  if (startedMs === null) {
    const not = (unit: string): RecordFigure => none(unit, 'no dose was given');
    return { ordered, delivered: not('mg'), 'delivered-per-kg': not('mg/kg'), left: not('mg'), gifts: not('{count}') };
  }
  const ug = deliveredUg(timeline, recordEndMs(source));
  const grams = doseWeightGrams(state);
  const left = state.dose.route === 'iv' ? wasted(timeline) : null;
  const last = administrations.at(-1);
  return {
    ordered,
    delivered: figure(round(ug / 1000, 3), 'mg'),
    'delivered-per-kg': grams === null ? none('mg/kg', 'no weight') : figure(round(ug / grams, 3), 'mg/kg'),
    left: left === null ? none('mg', 'not an infusion, or not ended') : figure(round(left.ug / 1000, 3), 'mg'),
    gifts: last === undefined ? none('{count}', 'an infusion') : { value: administrations.length, unit: '{count}', at: time(last.atMs) },
  };
}

/** Of an infusion only: a dose that goes in at once has no length and no pause. */
function infusionFigures(source: FiguresSource): Figures<'infusion-elapsed' | 'infusion-running' | 'infusion-paused' | 'infusion-empty'> {
  const { timeline, startedMs, route } = source.state.dose;
  const untilMs = recordEndMs(source);
  const minutes = (ms: number): RecordFigure => {
    if (startedMs === null) return none('min', 'no dose was given');
    return route === 'iv' ? figure(round(ms / 60_000, 2), 'min') : none('min', 'not an infusion');
  };
  return {
    'infusion-elapsed': minutes(elapsedMs(timeline, untilMs)),
    'infusion-running': minutes(runningMs(timeline, untilMs)),
    'infusion-paused': minutes(pausedMs(timeline, untilMs)),
    'infusion-empty': minutes(emptyMs(timeline, untilMs)),
  };
}

/** How much of what the protocol wants measured was measured, and how long nothing was heard from a monitor that is there. */
function recordingFigures(source: FiguresSource): Figures<'vitals-kept' | 'without-data'> {
  const { state, protocol, vitals } = source;
  const due = endedSlots(state, protocol, vitals.cuffs, source.nowMs).filter(
    ({ kind, end }) => kind === 'nibp' && end !== 'not-applicable',
  );
  const kept = due.filter(({ atMs }) => atMs !== null);
  const untilMs = recordEndMs(source);
  const isHeard = vitals.cuffs.length > 0 || Object.values(vitals.trend.columns).some((column) => column.some((value) => value !== null));
  const gapMs = state.gaps.reduce((sum, { fromMs, toMs }) => sum + Math.max(0, (toMs ?? untilMs) - fromMs), 0);
  const isThere = isHeard || state.gaps.some(({ monitor }) => monitor !== null);
  return {
    'vitals-kept': due.length === 0 ? none('{count}', 'the schedule asked for none') : figure(kept.length, `of ${due.length}`),
    'without-data': isThere ? figure(round(gapMs / 60_000, 2), 'min') : none('min', withoutMonitor(gapMs, state.gaps)),
  };
}

/** Without a monitor a gap is Vigil's own: it was not running or recorded nothing. No monitor data were missed. */
function withoutMonitor(awayMs: number, gaps: FiguresSource['state']['gaps']): string {
  const unheard = 'no monitor was heard';
  if (awayMs < 1000) return unheard;
  const what = gaps.every(({ cause }) => cause === 'restart') ? 'was not running' : 'recorded nothing';
  return `${unheard}; Vigil ${what} for ${minutesAndSeconds(awayMs)}`;
}

function figure(value: number, unit: string): RecordFigure {
  return { value, unit, at: null };
}

function none(unit: string, absent: string): RecordFigure {
  return { value: null, unit, absent };
}

function courseFigures(
  source: FiguresSource,
): Figures<'cadss-peak' | 'return-to-baseline' | 'return-to-baseline-after-end' | 'length-of-stay'> {
  const { state, protocol } = source;
  const { time } = recordTimes(source.state);
  const peak = peakCadss(scoredRatings(state, protocol), state.dose.startedMs);
  const reached = (milestone: string): UtcMs | null => state.milestones.find((entry) => entry.milestone === milestone)?.atMs ?? null;
  const span = (fromMs: UtcMs | null, toMs: UtcMs | null, absent: string): RecordFigure =>
    fromMs === null || toMs === null
      ? { value: null, unit: 'min', absent }
      : { value: round((toMs - fromMs) / 60_000, 2), unit: 'min', at: time(toMs) };
  const back = reached('return_to_baseline');
  const left = state.milestones.find(({ milestone }) => isWayOut(milestone))?.atMs ?? null;
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
function peakCadss(ratings: readonly ScoredRating[], startedMs: UtcMs | null): ScoredRating | null {
  if (startedMs === null) return null;
  for (const instrument of ['cadss-23', 'cadss-6'] as const) {
    const complete = ratings.filter((rating) => rating.instrument === instrument && rating.atMs >= startedMs && rating.total !== null);
    const [first, ...rest] = complete;
    if (first !== undefined) return rest.reduce((peak, rating) => ((rating.total ?? 0) > (peak.total ?? 0) ? rating : peak), first);
  }
  return null;
}
