import type { Bag, DoseTimeline } from '../../../../shared/clinical/dosing.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import type { EventId } from '../../../../shared/values/ids.ts';
import type { SessionEvent } from '../events/session-event.ts';
import { foldDose } from './dose-state.ts';
import type { EffectiveEvent } from './history.ts';

/** The bag that runs, or ran last. */
export function bagOf(timeline: DoseTimeline): Bag | null {
  return timeline.segments.at(-1)?.bag ?? null;
}

/** What takes a bag off its pump, and can say what was read as left in it. */
export type BagEndEvent = Extract<SessionEvent, { kind: 'bag-changed' | 'dose-completed' | 'dose-stopped-early' }>;

export interface BagEnd {
  readonly event: BagEndEvent;
  readonly atMs: UtcMs;
  /** The dose as it was until then: the bag that ran last is the one that came off. */
  readonly timeline: DoseTimeline;
}

export function isBagEnd(event: SessionEvent): event is BagEndEvent {
  return event.kind === 'bag-changed' || event.kind === 'dose-completed' || event.kind === 'dose-stopped-early';
}

/** The entry with this id as the end of a bag, by what holds; null for any other, and where the dose ran from no bag. */
export function bagEndOf(history: readonly EffectiveEvent[], eventId: EventId): BagEnd | null {
  const index = history.findIndex(({ event }) => event.eventId === eventId);
  const entry = history[index];
  if (entry === undefined || !isBagEnd(entry.event)) return null;
  const { timeline } = foldDose(history.slice(0, index), []);
  return bagOf(timeline) === null ? null : { event: entry.event, atMs: entry.atMs, timeline };
}
