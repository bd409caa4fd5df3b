import { isolatedIn } from '../../../../shared/values/isolated.ts';

/**
 * An entry for the sentences of a screen: what a person typed into it keeps its direction by itself among our words. What
 * is decided on, stored and exported is the entry as it is.
 */
export function shown<E extends { readonly body: object }>(event: E): E {
  return { ...event, body: isolatedIn(event.body) };
}
