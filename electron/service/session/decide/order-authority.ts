import { refuse, type DecisionContext, type Refused } from './decision.ts';
import type { OrderedBy } from '../events/ordered-by.ts';

/**
 * Whose order it is: a prescriber's who signed for it, at this page or with a PIN of their own, or the protocol's,
 * where somebody says so. Without either, the order is refused.
 */
export function orderAuthority(
  { actor, secondPerson, protocol }: DecisionContext,
  standingOrder: boolean,
): { readonly orderedBy: OrderedBy } | Refused {
  const prescriber = actor.role === 'prescriber' ? actor : secondPerson?.role === 'prescriber' ? secondPerson : null;
  if (prescriber !== null) return { orderedBy: { kind: 'prescriber', personId: prescriber.personId, name: prescriber.name } };
  if (standingOrder) return { orderedBy: { kind: 'standing-order', protocol: protocol.name, version: protocol.version } };
  const message = `An order names its prescriber: let a prescriber sign with their own PIN, or say that it is the standing order of "${protocol.name}".`;
  return refuse('DOSE_NO_PRESCRIBER', message, 'orderedBy');
}
