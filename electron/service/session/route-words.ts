import type { Protocol } from '../../../shared/clinical/protocol.ts';
import type { ProtocolRoute } from '../../../shared/clinical/protocol-shape.ts';
import { refuse, type Refused } from './decision.ts';

const routeWords: Readonly<Record<ProtocolRoute, string>> = {
  iv: 'into a vein',
  im: 'as an injection',
  intranasal: 'as a nasal spray',
  sublingual: 'under the tongue',
};

/** An act of another route than the session's: nothing of it can be right. */
export function wrongRoute({ name, route }: Protocol): Refused {
  return refuse('SESSION_WRONG_STATE', `"${name}" is given ${routeWords[route]}. Record that instead.`);
}

/** What the start of the dose is called, by route. */
export const startWords: Readonly<Record<ProtocolRoute, string>> = {
  iv: 'Infusion started',
  im: 'Injection given',
  intranasal: 'First device',
  sublingual: 'Lozenge placed',
};
