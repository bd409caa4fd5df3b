import type { Clock } from '../platform/platform.ts';
import type { Parked, SyncState } from './engine.ts';
import { SyncDriver, type SyncLog, type SyncTarget } from './sync-driver.ts';

export interface SendOnce {
  readonly log: SyncLog;
  readonly target: SyncTarget;
  readonly clock: Pick<Clock, 'monoMs' | 'after'>;
  readonly random: () => number;
  /** What an earlier run could not send. */
  readonly parked: readonly Parked[];
  /** How long it goes on without anything arriving. */
  readonly patienceMs: number;
  readonly onState: (state: SyncState) => void;
}

export interface SentOnce {
  /** As it was when it was up to date, or a person has to mend something, or nothing more got through. */
  readonly state: SyncState;
  /** How many entries the target acknowledged. */
  readonly sent: number;
}

/** Sends what a target lacks of a log, and ends: with everything there, or where it does not go on by itself. */
export function sendOnce({ log, target, clock, random, parked, patienceMs, onState }: SendOnce): Promise<SentOnce> {
  return new Promise((resolve) => {
    let sent = 0;
    let giveUp = clock.after(patienceMs, () => end());
    const take = (state: SyncState): void => {
      onState(state);
      if (state.phase.is === 'up-to-date' || state.phase.is === 'paused' || state.phase.is === 'stopped') return end();
      const arrived = before.phase.is === 'sending' && state.acknowledged > before.acknowledged;
      if (arrived || state.parked.length > before.parked.length) {
        sent += arrived ? state.acknowledged - before.acknowledged : 0;
        giveUp();
        giveUp = clock.after(patienceMs, () => end());
      }
      before = state;
    };
    const driver = new SyncDriver({ log, target, clock, random }, parked, take);
    let before = driver.state;
    const end = (): void => {
      giveUp();
      driver.close();
      resolve({ state: driver.state, sent });
    };
  });
}
