import { instruments } from '../../../shared/clinical/instruments/instrument-directory.ts';
import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import { sessionCommandSchema, type SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import type { PersonId, SessionId } from '../../../shared/values/ids.ts';
import type { Room } from '../room.ts';
import { demoOpensMin, demoRatings, demoSteps, type DemoPerson, type DemoRating } from './demo-script.ts';

const minuteMs = 60_000;

/**
 * Plays the script through the same commands that a page sends. A step that is refused is left out and logged: who
 * stands at the screen may have paused or ended what the script goes on with.
 */
export class DemoPlayer {
  readonly #room: Room;
  readonly #sessionId: SessionId;
  readonly #people: Readonly<Record<DemoPerson, PersonId>>;

  constructor(room: Room, sessionId: SessionId, people: Readonly<Record<DemoPerson, PersonId>>) {
    this.#room = room;
    this.#sessionId = sessionId;
    this.#people = people;
  }

  play(): void {
    for (const { atMin, by, witness, command } of demoSteps) this.#at(atMin, () => this.#execute(by, command, witness));
    for (const rating of demoRatings) this.#at(rating.atMin, () => this.#rate(rating));
  }

  #at(atMin: number, task: () => void): void {
    const { clock, log } = this.#room;
    clock.after((atMin - demoOpensMin) * minuteMs, () => {
      try {
        task();
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        log.warn('demo-step-refused', { atMin, code: error.refusal.code });
      }
    });
  }

  #rate({ by, instrument, items }: DemoRating): void {
    this.#execute(by, { type: 'open-rating', instrument, mode: by === 'nurse' ? 'observer' : 'interviewer' });
    const rating = this.#room.recorder.session?.ratings.findLast((candidate) => candidate.instrument === instrument);
    if (rating === undefined) return;
    const { ratingId } = rating;
    for (const [index, { number }] of instruments[instrument].items.entries()) {
      this.#execute(by, { type: 'answer-item', ratingId, item: number, value: items[index] ?? null });
    }
    this.#execute(by, { type: 'finish-rating', ratingId });
  }

  #execute(by: DemoPerson, input: SessionCommandInput, witness?: DemoPerson): void {
    const { clock, ids, recorder } = this.#room;
    const timed = input.type === 'record-observation' ? { ...input, begunAt: clock.now().utcMs } : input;
    const witnessId = witness === undefined ? null : this.#people[witness];
    const act = { commandId: ids.uuid(), personId: this.#people[by], witnessId };
    recorder.execute(act, this.#sessionId, sessionCommandSchema.parse(timed));
  }
}
