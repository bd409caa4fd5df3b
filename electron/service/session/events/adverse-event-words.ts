import {
  adverseEventActions,
  adverseEventCategories,
  adverseEventOutcomes,
  relatednessDegrees,
  seriousnessCriteria,
} from '../../../../shared/clinical/adverse-event.ts';
import type { EventBody } from './session-event.ts';

type Changes = EventBody<'adverse-event-updated'>['changes'];

/** What one update of an adverse event says. `ended` puts the moment of its end into words. */
export function updateWords(changes: Changes, ended: (endedMs: number) => string): string[] {
  const { category, severity, serious, actions, outcome, relatedness, detail, endedMs } = changes;
  return [
    category === undefined ? null : adverseEventCategories[category],
    severity ?? null,
    serious === undefined ? null : seriousWords(serious),
    actions === undefined ? null : actions.map((action) => adverseEventActions[action]).join(', ') || 'no action',
    outcome === undefined ? null : outcome === null ? 'no outcome yet' : adverseEventOutcomes[outcome],
    relatedness === undefined ? null : relatedness === null ? 'relatedness not judged' : relatednessDegrees[relatedness],
    detail === undefined ? null : (detail ?? 'no description'),
    endedMs === undefined ? null : endedMs === null ? 'not over' : ended(endedMs),
  ].filter((word) => word !== null);
}

export function seriousWords(serious: NonNullable<Changes['serious']> | null): string {
  if (serious === null) return 'seriousness not judged';
  return serious.length === 0 ? 'not serious' : `serious: ${serious.map((criterion) => seriousnessCriteria[criterion]).join(', ')}`;
}
