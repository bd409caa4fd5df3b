import { z } from 'zod';
import {
  adverseEventActions,
  adverseEventCategories,
  adverseEventCategorySchema,
  adverseEventDetails,
  adverseEventOutcomes,
  adverseEventSeveritySchema,
  givenRoutes,
  givenRouteSchema,
  relatednessDegrees,
  seriousnessCriteria,
} from '../../../../shared/clinical/adverse-event.ts';
import { idSchema } from '../../../../shared/values/ids.ts';
import { utcMsSchema } from '../../../../shared/values/instant.ts';
import { event, tapped, within } from './define-event.ts';
import { joined } from './entry-words.ts';

const lateReason = z.string().max(300).optional();
const changed = z.object({ ...adverseEventDetails, endedMs: utcMsSchema.nullable() }).partial();
type Changes = z.output<typeof changed>;

/** Of one session. The onset of an adverse event is the clinical time of its recording. */
export const adverseEventEvents = {
  'adverse-event-recorded': event(
    z.object({
      adverseEventId: idSchema,
      category: adverseEventCategorySchema,
      severity: adverseEventSeveritySchema,
      detail: z.string().max(300).optional(),
      lateReason,
    }),
    {
      label: ({ category }) => adverseEventCategories[category],
      detail: ({ severity, detail }) => joined(severity, detail),
      ...tapped('adverse-event', 'all'),
    },
  ),
  /** What was said anew. Each update is a version; undoing one takes back just what it said. */
  'adverse-event-updated': event(z.object({ adverseEventId: idSchema, changes: changed }), {
    label: () => 'Adverse event updated',
    detail: ({ changes }, clock) => joined(...updateWords(changes, (endedMs) => `ended ${clock(endedMs)}`)),
    ...within('all'),
    undoInButton: true,
  }),
  'drug-given': event(
    z.object({
      drug: z.string().min(1).max(80),
      dose: z.string().min(1).max(60),
      route: givenRouteSchema,
      reason: z.string().max(200).optional(),
      adverseEventId: idSchema.nullable(),
      lateReason,
    }),
    {
      label: ({ drug, dose }) => `${drug} ${dose}`,
      detail: ({ route, reason }) => joined(givenRoutes[route], reason),
      ...tapped('drug', 'clinical'),
    },
  ),
} as const;

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
