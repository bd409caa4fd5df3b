import { instruments } from '../../../shared/clinical/instruments/instrument-directory.ts';
import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import { sessionCommandSchema, type SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import type { PersonId, SessionId } from '../../../shared/values/ids.ts';
import type { Act } from '../recorder/act.ts';
import type { Room } from '../room.ts';
import type { DemoPerson, DemoRating, DemoStep } from './demo-script.ts';

const minuteMs = 60_000;

export type DemoPeople = Readonly<Record<DemoPerson, PersonId>>;

export interface DemoScript {
  readonly steps: readonly DemoStep[];
  readonly ratings: readonly DemoRating[];
}

/** Who stands by, and whether the person at the page typed their own PIN. */
interface Hands {
  readonly witness?: DemoPerson | undefined;
  readonly ownPin?: true | undefined;
}

/**
 * Plays a script through the same commands that a page sends. A step that is refused is left out and logged: who
 * stands at the screen may have paused or ended what the script goes on with.
 */
export class DemoPlayer {
  readonly #room: Room;
  readonly #sessionId: SessionId;
  readonly #people: DemoPeople;
  /** Of the start of the infusion, from which the script counts. */
  readonly #zeroMs: number;

  constructor(room: Room, sessionId: SessionId, people: DemoPeople, zeroMs: number) {
    this.#room = room;
    this.#sessionId = sessionId;
    this.#people = people;
    this.#zeroMs = zeroMs;
  }

  play({ steps, ratings }: DemoScript): void {
    for (const step of steps) this.at(step.atMin, () => this.#step(step));
    for (const rating of ratings) this.at(rating.atMin, () => this.#rate(rating));
  }

  at(atMin: number, task: () => void): void {
    const { clock, log } = this.#room;
    clock.after(this.#instant(atMin) - clock.now().utcMs, () => {
      try {
        task();
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        log.warn('demo-step-refused', { atMin, code: error.refusal.code });
      }
    });
  }

  #instant(atMin: number): number {
    return this.#zeroMs + Math.round(atMin * minuteMs);
  }

  #step({ by, witness, ownPin, command }: DemoStep): void {
    const state = this.#room.recorder.sessions.find(this.#sessionId);
    if (state === null) return;
    const sight = {
      state,
      atMs: (minute: number) => this.#instant(minute),
      recordHash: () => this.#room.sessionSource(this.#sessionId).recordHash,
    };
    this.#execute(by, typeof command === 'function' ? command(sight) : command, { witness, ownPin });
  }

  #rate({ by, instrument, items }: DemoRating): void {
    const { recorder } = this.#room;
    this.#execute(by, { type: 'open-rating', instrument, mode: by === 'therapist' ? 'interviewer' : 'observer' });
    const rating = recorder.sessions.find(this.#sessionId)?.ratings.findLast((candidate) => candidate.instrument === instrument);
    if (rating === undefined) return;
    const { ratingId } = rating;
    for (const [index, { number }] of instruments[instrument].items.entries()) {
      this.#execute(by, { type: 'answer-item', ratingId, item: number, value: items[index] ?? null });
    }
    this.#execute(by, { type: 'finish-rating', ratingId });
  }

  #execute(by: DemoPerson, input: SessionCommandInput, { witness, ownPin }: Hands = {}): void {
    const { clock, ids, recorder, log } = this.#room;
    const timed = input.type === 'record-observation' ? { ...input, begunAt: clock.now().utcMs } : input;
    const secondPersonId = witness === undefined ? null : this.#people[witness];
    const act: Act = { commandId: ids.uuid(), personId: this.#people[by], secondPersonId, ownPinChecked: ownPin === true };
    const command = sessionCommandSchema.safeParse(timed);
    // What it would go by is not there, because a step before it was refused.
    if (command.success) recorder.execute(act, this.#sessionId, command.data);
    else log.warn('demo-step-impossible', { type: input.type });
  }
}
