import type { Protocol } from '../../../shared/clinical/protocol.ts';
import type { CuffReading, TrendColumns } from '../../../shared/clinical/measured-vitals.ts';
import type { Formats } from '../../../shared/values/formats.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import type { NameOf } from '../session/events/session-event.ts';

/** What the picture of a session needs beside its own log, and what of it no clock changes. */
export interface RecordedContext {
  readonly protocol: Protocol;
  readonly cuffs: readonly CuffReading[];
  /** The clinic shows that private notes exist. */
  readonly privateMarksShown: boolean;
  readonly nameOf: NameOf;
}

/** And what changes with the moment. */
export interface SessionContext extends RecordedContext {
  /** What the monitors said each second; absent where nobody asked for it. */
  readonly trend?: TrendColumns | null;
  /** Of the room's clock. */
  readonly offsetMin?: number;
  /** How the clinic writes times. */
  readonly formats?: Formats;
  readonly nowMs: UtcMs;
  readonly monitorLive: boolean;
}
