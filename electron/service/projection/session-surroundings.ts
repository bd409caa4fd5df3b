import type { Protocol } from '../../../shared/clinical/protocol.ts';
import type { CuffReading } from '../../../shared/contract/room-board.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';

/** Everything beside the session's own log that its picture needs. */
export interface SessionSurroundings {
  readonly protocol: Protocol;
  readonly cuffs: readonly CuffReading[];
  readonly nowMs: UtcMs;
  readonly monitorLive: boolean;
  /** The clinic shows that private notes exist. */
  readonly privateMarksShown: boolean;
  nameOf(personId: PersonId): string | null;
}
