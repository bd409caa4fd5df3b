import {
  adverseEventActions,
  adverseEventOutcomes,
  givenRoutes,
  relatednessDegrees,
  seriousnessCriteria,
} from '../../../shared/clinical/adverse-event.ts';
import type { RecordDocument } from '../../../shared/contract/record-document.ts';

type AdverseEvent = RecordDocument['adverseEvents'][number];

/** All that was said of an adverse event beyond what it is and how strong, in words; `ended` as the reader writes it. */
export function adverseEventLine(event: AdverseEvent, ended: string | null): readonly string[] {
  const { serious, actions, outcome, relatedness, detail } = event;
  return [
    serious === null
      ? 'seriousness not judged'
      : serious.length === 0
        ? 'not serious'
        : `serious: ${serious.map((one) => nameIn(seriousnessCriteria, one)).join(', ')}`,
    ...(actions.length === 0 ? [] : [actions.map((one) => nameIn(adverseEventActions, one)).join(', ')]),
    outcome === null ? 'no outcome recorded' : nameIn(adverseEventOutcomes, outcome),
    ...(relatedness === null ? [] : [nameIn(relatednessDegrees, relatedness)]),
    ...(ended === null ? [] : [`ended ${ended}`]),
    ...(detail === null ? [] : [detail]),
  ];
}

export function routeName(route: string): string {
  return nameIn(givenRoutes, route);
}

/** The document keeps the keys; one that this Vigil does not know stands as it is. */
function nameIn(names: Readonly<Record<string, string>>, key: string): string {
  return names[key] ?? key;
}
