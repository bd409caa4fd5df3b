import type { EventId } from '../../../../shared/values/ids.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import type { Actor } from '../events/session-event.ts';

/** What every entry on the timeline carries. */
export interface Entry {
  readonly eventId: EventId;
  readonly atMs: UtcMs;
  readonly enteredMs: UtcMs;
  readonly late: boolean;
  readonly amendedFromMs: UtcMs | null;
  readonly actor: Actor;
}
