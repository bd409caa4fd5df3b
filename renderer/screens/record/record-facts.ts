import { sessionExtremes, type MeasuredSession } from '../../../shared/clinical/extremes.ts';
import { deliveredUg, elapsedMs, pausedMs, runningMs, wasted, type DoseAmount } from '../../../shared/clinical/dosing.ts';
import type { CuffReading, RatingView, SessionSection, TrendColumns } from '../../../shared/contract/room-board.ts';
import { orderedUg } from '../../components/ordered-dose.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';

/** What a session comes to, for the head of its record. Absent parts are null, never 0. */
export interface RecordFacts {
  readonly dose: {
    readonly givenUg: number;
    readonly orderedUg: number;
    /** By the weight of the order. */
    readonly ugPerKg: number | null;
    readonly elapsedMs: number;
    readonly runningMs: number;
    readonly pausedMs: number;
    readonly left: DoseAmount | null;
  } | null;
  readonly pressure: { readonly first: CuffReading; readonly peak: CuffReading } | null;
  readonly lowestSpo2: { readonly value: number; readonly atMs: UtcMs } | null;
  /** The highest complete total: of the full form where there is one, else of the six items. */
  readonly peakCadss: RatingView | null;
  readonly gaps: { readonly count: number; readonly totalMs: number };
}

export function recordFacts(session: SessionSection, trend: TrendColumns, nowMs: UtcMs): RecordFacts {
  const untilMs = session.endedMs ?? nowMs;
  return {
    dose: doseFacts(session, untilMs),
    pressure: pressureFacts(session),
    lowestSpo2: sessionExtremes(measured(session, trend), 'spo2').since?.lowest ?? null,
    peakCadss: peakCadss(session.ratings, session.dose.startedMs),
    gaps: {
      count: session.gaps.length,
      totalMs: session.gaps.reduce((sum, gap) => sum + Math.max(0, (gap.toMs ?? untilMs) - gap.fromMs), 0),
    },
  };
}

function doseFacts(session: SessionSection, untilMs: UtcMs): RecordFacts['dose'] {
  const { dose } = session;
  const totalUg = orderedUg(dose);
  const grams = dose.order?.weightGrams ?? session.weight?.grams ?? null;
  if (dose.startedMs === null || totalUg === null) return null;
  const givenUg = deliveredUg(dose, untilMs);
  return {
    givenUg,
    orderedUg: totalUg,
    ugPerKg: grams === null ? null : (givenUg * 1000) / grams,
    elapsedMs: elapsedMs(dose, untilMs),
    runningMs: runningMs(dose, untilMs),
    pausedMs: pausedMs(dose, untilMs),
    left: wasted(dose),
  };
}

function pressureFacts(session: SessionSection): RecordFacts['pressure'] {
  const readings = session.cuffReadings;
  const first = readings[0];
  const highest = sessionExtremes(measured(session, null), 'nibp-sys').since?.highest;
  if (first === undefined) return null;
  const peak = readings.find((reading) => reading.atMs === highest?.atMs && reading.sys === highest.value);
  return { first, peak: peak ?? first };
}

function measured({ cuffReadings, enteredVitals, dose, endedMs }: SessionSection, trend: TrendColumns | null): MeasuredSession {
  return { cuffReadings, enteredVitals, trend, doseStartMs: dose.startedMs, endMs: endedMs };
}

/**
 * The full form where there is one, else the six items: two different instruments are never compared. A rating taken
 * before the dose is a baseline, and stands for the peak only where nothing was rated after it.
 */
function peakCadss(all: readonly RatingView[], startedMs: UtcMs | null): RatingView | null {
  const isPeak = (rating: RatingView): boolean => rating.total !== null && startedMs !== null && rating.atMs >= startedMs;
  const after = all.filter((rating) => isPeak(rating) && rating.instrument.startsWith('cadss-'));
  const ratings = after.length === 0 ? all : after;
  for (const instrument of ['cadss-23', 'cadss-6'] as const) {
    const complete = ratings.filter((rating) => rating.instrument === instrument && rating.state === 'finished' && rating.total !== null);
    const [first, ...rest] = complete;
    if (first !== undefined) return rest.reduce((peak, rating) => ((rating.total ?? 0) > (peak.total ?? 0) ? rating : peak), first);
  }
  return null;
}
