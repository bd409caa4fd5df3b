import type { ConfirmedFact, DischargeFacts, ValueFact } from '../../../../shared/clinical/discharge.ts';
import type { MetricId } from '../../../../shared/clinical/metric.ts';
import type { MilestoneKey } from '../../../../shared/clinical/milestone.ts';
import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { monitoringStartMs } from './due-times.ts';
import { safetyFlags } from './safety-flags.ts';
import type { NameOf } from '../events/session-event.ts';
import type { SessionState } from '../state/session-state.ts';
import { allCuffs, baselineCuff, baselineValue, lastValue, seriesMetrics, type SessionVitals, type VitalPoint } from './session-vitals.ts';

/** What the discharge criteria rest on, as the session stands. Pure: the same log and readings give the same facts. */
export function dischargeFacts(state: SessionState, protocol: Protocol, vitals: SessionVitals, nowMs: UtcMs, by: NameOf): DischargeFacts {
  const { discharge, dose } = state;
  const confirmed = new Map<string, ConfirmedFact>();
  for (const [criterion, said] of discharge.confirmed) {
    confirmed.set(criterion, { met: said.met, detail: said.detail ?? null, atMs: said.atMs, by: by(said.actor) });
  }
  const { escort } = discharge;
  const named = state.milestones.findLast(({ milestone }) => milestone === 'escort_confirmed');
  const flag = safetyFlags(state).findLast((entry) => dose.startedMs !== null && entry.atMs >= dose.startedMs);
  return {
    nowMs,
    doseStartMs: dose.startedMs,
    monitoringStartMs: monitoringStartMs(state, protocol),
    lastDoseMs: dose.administrations.at(-1)?.atMs ?? dose.startedMs,
    doseEndMs: dose.endedMs,
    ratings: state.ratings
      .filter((rating) => rating.state === 'finished')
      .map(({ instrument, score, items, atMs, actor }) => ({ instrument, total: score.total, items, atMs, by: by(actor) })),
    ...values(state, vitals, nowMs, by),
    confirmed,
    milestones: new Map(state.milestones.map(({ milestone, atMs, actor }) => [milestone as MilestoneKey, { atMs, by: by(actor) }])),
    escort:
      escort === null ? null : { name: escort.name, phone: escort.phone, present: escort.present, atMs: escort.atMs, by: by(escort.actor) },
    escortConfirmed: named === undefined ? null : { detail: named.detail ?? null, atMs: named.atMs, by: by(named.actor) },
    safetyFlag: flag === undefined ? null : { label: flag.label, atMs: flag.atMs, by: by(flag.actor) },
  };
}

function values(state: SessionState, vitals: SessionVitals, nowMs: UtcMs, by: NameOf): Pick<DischargeFacts, 'latest' | 'baseline'> {
  const factOf = ({ value, atMs, enteredBy }: VitalPoint): ValueFact => ({ value, atMs, by: enteredBy === null ? null : by(enteredBy) });
  const latest: Partial<Record<MetricId, ValueFact>> = {};
  const baseline: Partial<Record<MetricId, ValueFact>> = {};
  for (const metric of seriesMetrics) {
    const last = lastValue(state, vitals, metric, state.dose.endedMs ?? state.openedMs, nowMs);
    if (last !== null) latest[metric] = factOf(last);
    const first = baselineValue(state, vitals, metric);
    if (first !== null) baseline[metric] = factOf(first);
  }
  const pairs = [
    [latest, allCuffs(state, vitals).findLast((cuff) => cuff.atMs <= nowMs) ?? null],
    [baseline, baselineCuff(state, vitals)],
  ] as const;
  for (const [into, cuff] of pairs) {
    if (cuff === null) continue;
    const { sys, dia, atMs, enteredBy } = cuff;
    into['nibp-sys'] = factOf({ value: sys, atMs, enteredBy });
    into['nibp-dia'] = factOf({ value: dia, atMs, enteredBy });
  }
  return { latest, baseline };
}
