import { artefactMsMax, artefactNames, isArtefact, type ArtefactMetric } from '../../../../shared/clinical/artefact.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { showShort } from '../../../../shared/values/quantity.ts';
import { timeImpossible } from '../state/clinical-time.ts';
import { accept, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import type { SessionState } from '../state/session-state.ts';
import { noVitals, type SessionVitals } from '../questions/session-vitals.ts';

/** Marks values of a monitor as an artefact, on a person's word alone. The event names the values that were not marked before. */
export function decideArtefact(state: SessionState, command: CommandOf<'mark-artefact'>, context: DecisionContext): Decision {
  const { metric, fromMs, reason } = command;
  const toMs = command.toMs ?? fromMs;
  const impossible = timeImpossible(state, context.now, fromMs, 'anything') ?? timeImpossible(state, context.now, toMs, 'anything');
  if (impossible !== null) return { refusal: impossible };
  if (toMs < fromMs) return refuse('SESSION_TIME_IMPOSSIBLE', 'The stretch ends before it begins. Check both times.', 'toMs');
  if (toMs - fromMs > artefactMsMax) {
    const message = 'This is more than 10 minutes, which is no artefact any more. Mark it piece by piece, or write an observation.';
    return refuse('SESSION_TIME_IMPOSSIBLE', message, 'toMs');
  }
  const said = saidBetween(state, context.vitals?.() ?? noVitals, metric, fromMs, toMs);
  if (said === null) {
    const [name] = artefactNames[metric];
    const message = `${name}: no monitor gave a value then that is not marked already. A value that a person typed is corrected or undone.`;
    return refuse('SESSION_UNKNOWN_EVENT', message, 'fromMs');
  }
  return accept({
    kind: 'artefact-marked',
    body: withoutAbsent({ metric, fromMs, toMs, said, reason: reason === '' ? undefined : reason }),
    occurred: { utcMs: fromMs, offsetMin: context.now.offsetMin },
  });
}

/** In words; null where there is nothing that could be marked. */
function saidBetween(
  state: SessionState,
  { cuffs, trend }: SessionVitals,
  metric: ArtefactMetric,
  fromMs: UtcMs,
  toMs: UtcMs,
): string | null {
  const isOpen = (atMs: UtcMs): boolean => atMs >= fromMs && atMs <= toMs && !isArtefact(state.artefacts, metric, atMs);
  if (metric === 'nibp') {
    const found = cuffs.filter((cuff) => !cuff.byHand && isOpen(cuff.atMs)).map(({ sys, dia }) => `${sys}/${dia}`);
    return found.length === 0 ? null : found.slice(0, 6).join(', ');
  }
  const values = (trend?.columns[metric] ?? []).filter(
    (value, index): value is number => value !== null && trend !== null && isOpen(trend.fromMs + index * trend.stepMs),
  );
  if (values.length === 0) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => showShort(value, 1));
  return low === high ? `${low}` : `${low} to ${high}`;
}
