import type { PersonId } from '../../../shared/values/ids.ts';
import type { Actor, NameOf } from '../session/events/session-event.ts';

/** How a person was called from an event on, until the next. */
export interface NameSince {
  readonly name: string;
  readonly seq: number;
}

/** Of everybody of a room the names they have had, oldest first. */
export type NamesOverTime = ReadonlyMap<PersonId, { readonly names: readonly NameSince[] }>;

/** How a person was called when this event was recorded; null for somebody who is not of the room. */
export function nameAt(names: NamesOverTime, personId: PersonId, seq: number): string | null {
  const theirs = names.get(personId)?.names;
  return (theirs?.findLast((one) => one.seq <= seq) ?? theirs?.[0])?.name ?? null;
}

/**
 * Whoever recorded something of this log, by the name that they had then. An actor says who, and not when: what was
 * folded from an event has the actor that stands in it, so that it is told by which one it is.
 */
export function namesIn(names: NamesOverTime, log: readonly { readonly actor: Actor; readonly seq: number }[]): NameOf {
  let seqOf: Map<Actor, number> | null = null;
  return (actor) => {
    if (actor === 'service') return null;
    const theirs = names.get(actor.personId)?.names;
    // Hardly anybody has had two.
    if (theirs === undefined || theirs.length < 2) return theirs?.[0]?.name ?? null;
    seqOf ??= new Map(log.map((event) => [event.actor, event.seq]));
    return nameAt(names, actor.personId, seqOf.get(actor) ?? Number.MAX_SAFE_INTEGER);
  };
}
