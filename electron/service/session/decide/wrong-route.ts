import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import { routeWords } from '../events/route-words.ts';
import { refuse, type Refused } from './decision.ts';

/** An act of another route than the session's: nothing of it can be right. */
export function wrongRoute({ name, route }: Protocol): Refused {
  return refuse('SESSION_WRONG_STATE', `"${name}" is given ${routeWords[route]}. Record that instead.`);
}
