import type { RecordTime } from '../../../../shared/contract/record-facts.ts';
import { toIso, type UtcMs } from '../../../../shared/values/instant.ts';
import type { PersonId } from '../../../../shared/values/ids.ts';
import { minutesBetween } from '../../../../shared/values/minutes.ts';
import type { Actor, NameOf } from '../../session/events/session-event.ts';
import type { SessionState } from '../../session/state/session-state.ts';
import type { SessionSource } from './session-source.ts';

/** How this session's record writes a moment. */
export interface RecordTimes {
  readonly offsetMin: number;
  readonly startMs: UtcMs | null;
  readonly iso: (atMs: UtcMs) => string;
  readonly time: (atMs: UtcMs) => RecordTime;
}

/** How this session's record writes a moment, a span and a person. */
export interface RecordWords extends RecordTimes {
  readonly by: NameOf;
}

/** The id beside the name: null for the room service. */
export function idOf(actor: Actor): PersonId | null {
  return actor === 'service' ? null : actor.personId;
}

export function recordTimes(state: SessionState): RecordTimes {
  // The room's wall clock when the session was opened: one offset for the whole record, or a clock change would fold it.
  const offsetMin = state.log[0]?.recorded.offsetMin ?? 0;
  const startMs = state.dose.startedMs;
  const iso = (utcMs: UtcMs): string => toIso({ utcMs, offsetMin });
  return {
    offsetMin,
    startMs,
    iso,
    time: (atMs) => ({ iso: iso(atMs), minute: startMs === null ? null : minutesBetween(startMs, atMs) }),
  };
}

export function recordWords({ state, nameOf }: Pick<SessionSource, 'state' | 'nameOf'>): RecordWords {
  return { ...recordTimes(state), by: nameOf };
}

/** Of a monitor's value that a person took out: what was said of it stands in the history. */
export const markedAsArtefact = 'marked as an artefact';

export function round(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}

/** When the record ends: for a session that still runs, the moment it was written out. */
export function recordEndMs({ state, nowMs }: Pick<SessionSource, 'state' | 'nowMs'>): UtcMs {
  return state.ended?.atMs ?? nowMs;
}
