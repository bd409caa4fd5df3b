import type { Clock, Ids } from '../service/platform/platform.ts';
import { createSystemClock } from '../service/platform/system-clock.ts';
import { createSystemIds } from '../service/platform/system-ids.ts';

/** What a command that makes something takes from outside: the time, and chance for keys and ids. */
export interface CommandWorld {
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: Ids;
}

export function systemWorld(): CommandWorld {
  const clock = createSystemClock();
  return { clock, ids: createSystemIds(clock) };
}
