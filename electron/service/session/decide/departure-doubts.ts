import { dischargeLines, type DischargeLine } from '../../../../shared/clinical/discharge.ts';
import type { Doubt } from '../../../../shared/contract/contract-errors.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { openLines } from './discharge.ts';
import type { DecisionContext } from './decision.ts';
import { dischargeFacts } from '../questions/discharge-facts.ts';
import { releaseDoubts } from '../questions/monitoring-steps.ts';
import type { SessionState } from '../state/session-state.ts';
import { noVitals } from '../questions/session-vitals.ts';

/**
 * What is doubtful about leaving now: each criterion that is neither met nor passed over, and each missing step of the
 * monitoring. If the session has ended, the patient has left already, and a reason is enough.
 */
export function departureDoubts(state: SessionState, atMs: UtcMs, context: DecisionContext): readonly Doubt[] {
  const { protocol } = context;
  if (state.dose.startedMs === null) return [];
  const vitals = context.vitals?.() ?? noVitals;
  const doubts = [...criterionDoubts(state, atMs, context), ...releaseDoubts(state, protocol, vitals, atMs)];
  return state.ended === null ? doubts : doubts.map((doubt): Doubt => ({ ...doubt, needs: 'reason' }));
}

function criterionDoubts(state: SessionState, atMs: UtcMs, context: DecisionContext): readonly Doubt[] {
  const { assessed } = state.discharge;
  // What was assessed before the dose ended, or went on, says nothing of how the patient is after it.
  if (assessed !== null && assessed.atMs <= atMs && assessed.atMs >= (state.dose.endedMs ?? 0)) return [];
  return openLines(state, linesAt(state, atMs, context), context).map((line) =>
    criterionDoubt(line, `Leaving without "${line.label}": ${line.evidence}`),
  );
}

/**
 * The criteria that are met, as they would be asked about if they were not: a monitor reads again, or the last minute
 * passes, while somebody types why the patient may leave without.
 */
export function metCriteria(state: SessionState, atMs: UtcMs, context: DecisionContext): readonly Doubt[] {
  if (state.dose.startedMs === null) return [];
  const required = new Set(context.protocol.discharge.criteria.filter((criterion) => criterion.required).map(({ id }) => id));
  return linesAt(state, atMs, context)
    .filter(({ criterion, verdict }) => verdict === 'met' && required.has(criterion))
    .map((line) => criterionDoubt(line, `"${line.label}" was met when this answer came: ${line.evidence}`));
}

function linesAt(state: SessionState, atMs: UtcMs, context: DecisionContext): readonly DischargeLine[] {
  const { protocol } = context;
  const facts = dischargeFacts(state, protocol, context.vitals?.() ?? noVitals, atMs, (actor) => context.nameOf?.(actor) ?? null);
  return dischargeLines(facts, protocol.discharge);
}

function criterionDoubt({ criterion }: DischargeLine, words: string): Doubt {
  return { key: `criterion-open:${criterion}`, code: 'DISCHARGE_CRITERIA_OPEN', words, subject: criterion, needs: 'prescriber' };
}
