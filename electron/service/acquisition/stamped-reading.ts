import type { Reading } from '../../../shared/clinical/reading.ts';
import type { MonitorId } from '../../../shared/values/ids.ts';
import type { Instant } from '../../../shared/values/instant.ts';

/** A reading with its monitor and its time of arrival. The time that the device states stays inside the reading. */
export interface StampedReading {
  readonly monitorId: MonitorId;
  readonly monitorName: string;
  readonly reading: Reading;
  readonly received: Instant;
  /** Monotonic, for ages: the wall clock may step. */
  readonly monoMs: number;
}
