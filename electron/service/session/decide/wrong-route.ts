import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import { routeWords } from '../events/route-words.ts';
import { refuse, type Refused } from './decision.ts';

/** Refuses an act of another route than the session's. */
export function wrongRoute({ name, route }: Protocol): Refused {
  return refuse('SESSION_WRONG_STATE', `"${name}" is given ${routeWords[route]}. Record that instead.`);
}
