import type { SessionId } from '../../../shared/values/ids.ts';
import type { SteadyClock } from '../platform/steady-clock.ts';
import type { NewEvent } from '../session/events/session-event.ts';
import type { SessionState } from '../session/state/session-state.ts';

/** So many steps of the clock are said as they come; what a clock does that is set again and again is summed up. */
const stepsAtOnce = 5;
const stepsEveryMs = 10 * 60_000;

/** A second that was running when it was written counts as kept to its end. */
const wholeSecondMs = 1000;

/**
 * Holds the room's clock while a session runs. How far the computer's clock is ahead of the session's stands in the
 * session's own events, so a restart in between goes on by the same time.
 */
export class SessionClock {
  readonly #clock: SteadyClock;
  #heldFor: SessionId | null = null;
  /** When the last steps were said, the newest last. */
  #saidMs: readonly number[] = [];

  constructor(clock: SteadyClock) {
    this.#clock = clock;
  }

  /** To be told of the session that runs whenever that may have changed. `keptMs`: until when it was kept, where Vigil has just begun. */
  keepTo(session: SessionState | null, keptMs = 0): void {
    const sessionId = session?.sessionId ?? null;
    if (sessionId === this.#heldFor) return;
    this.#heldFor = sessionId;
    if (session === null) this.#clock.follow();
    else this.#hold(session, keptMs);
  }

  /**
   * What is to be recorded of a clock that was set; `said` once it is, so that a step while the disk was full is said afterwards.
   *
   * @param when `at-once` where a session begins, ends or is taken up again: what is summed up belongs to the one before
   */
  step(when: 'in-turn' | 'at-once'): NewEvent<'clock-stepped'> | null {
    const [oldestMs] = this.#saidMs;
    if (
      when === 'in-turn' &&
      this.#saidMs.length === stepsAtOnce &&
      oldestMs !== undefined &&
      this.#clock.monoMs() - oldestMs < stepsEveryMs
    )
      return null;
    const byMs = this.#clock.unsaidStepMs();
    if (byMs === null) return null;
    return { kind: 'clock-stepped', body: this.#heldFor === null ? { byMs } : { byMs, aheadMs: Math.round(this.#clock.aheadMs) } };
  }

  said(): void {
    this.#saidMs = [...this.#saidMs, this.#clock.monoMs()].slice(-stepsAtOnce);
    this.#clock.stepSaid();
  }

  #hold({ clockSteps, log }: SessionState, keptMs: number): void {
    this.#clock.follow();
    const { offsetMin } = log[0]?.recorded ?? this.#clock.now();
    const aheadMs = clockSteps.at(-1)?.aheadMs ?? 0;
    // Set back while Vigil was not running: how long that was nobody knows, but a session's time never goes back.
    const sinceMs = this.#clock.now().utcMs - aheadMs - keptMs;
    const backMs = sinceMs < -wholeSecondMs ? sinceMs : 0;
    this.#clock.hold(offsetMin, aheadMs + backMs, backMs);
  }
}
