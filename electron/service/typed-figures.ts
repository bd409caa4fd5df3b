import type { TypedVital } from './acquisition/reading-quality.ts';
import type { EnteredVitals } from './session/state/session-state.ts';
import type { NameOf } from './session/events/session-event.ts';

/** The figures that people typed into a session, each by itself, in clinical sequence; whose they are, in words, and whether a correction says them. */
export function typedFigures(entered: readonly EnteredVitals[], nameOf: NameOf): readonly TypedVital[] {
  return entered.flatMap(({ actor, atMs, values, first }) => {
    const personName = nameOf(actor) ?? '';
    return (Object.entries(values) as [keyof typeof values, number][]).map(([metric, value]) => {
      const isCorrected = first !== undefined && first[metric] !== value;
      return { metric, value, atMs, personName, ...(isCorrected ? { corrected: true } : {}) };
    });
  });
}
