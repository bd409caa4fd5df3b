import { instruments } from '../../../../shared/clinical/instruments/instrument-directory.ts';
import { milestones, type MilestoneKey } from '../../../../shared/clinical/milestone.ts';
import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import type { SessionState } from '../state/session-state.ts';

/** Milestones that the record of leaving against advice answers, so that they are not asked for again. */
function isAnsweredByDeparture(milestone: MilestoneKey): boolean {
  const { recordedBy, wayOut } = milestones[milestone];
  return recordedBy === 'criteria' || wayOut === 'by-criteria';
}

/** What the protocol requires and nobody has recorded. */
export function missingRequired({ milestones: entries, discharge }: SessionState, protocol: Protocol): Protocol['milestones'] {
  const reached = new Set(entries.map(({ milestone }) => milestone));
  const isAnswered = (milestone: MilestoneKey): boolean => discharge.leftAgainstAdvice !== null && isAnsweredByDeparture(milestone);
  return protocol.milestones.filter(({ milestone, required }) => required && !reached.has(milestone) && !isAnswered(milestone));
}

/** Labels of what the protocol requires and nobody has recorded, and of ratings left open. */
export function openAtEnd(state: SessionState, protocol: Protocol): readonly string[] {
  return [
    ...missingRequired(state, protocol).map((entry) => milestones[entry.milestone].label),
    ...state.ratings.filter((rating) => rating.state === 'open').map((rating) => instruments[rating.instrument].name),
  ];
}
