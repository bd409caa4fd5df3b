import type { PersonId } from '../../../shared/values/ids.ts';
import type { Clock, Ids } from '../platform/platform.ts';

/** After so long without a recorded act a seat is given up; vitals and recording go on. */
const idleMsMax = 5 * 60_000;
const seatsMax = 16;

interface Seat {
  readonly personId: PersonId;
  usedAtMonoMs: number;
}

/**
 * Who sits at which page: the token a page holds after signing in. Kept in memory only, so a restart of the
 * service asks for the PIN again.
 */
export class Seats {
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #seats = new Map<string, Seat>();

  constructor(clock: Clock, ids: Ids) {
    this.#clock = clock;
    this.#ids = ids;
  }

  take(personId: PersonId): string {
    const oldest = this.#seats.size >= seatsMax ? this.#seats.keys().next().value : undefined;
    if (oldest !== undefined) this.#seats.delete(oldest);
    const token = Buffer.from(this.#ids.randomBytes(32)).toString('base64url');
    this.#seats.set(token, { personId, usedAtMonoMs: this.#clock.monoMs() });
    return token;
  }

  /** Who holds this seat; null for an unknown or idle one. Does not count as use. */
  holder(token: string | null): PersonId | null {
    const seat = token === null ? undefined : this.#seats.get(token);
    return seat === undefined || this.#isIdle(seat) ? null : seat.personId;
  }

  use(token: string | null): PersonId | null {
    const personId = this.holder(token);
    const seat = token === null ? undefined : this.#seats.get(token);
    if (personId !== null && seat !== undefined) seat.usedAtMonoMs = this.#clock.monoMs();
    return personId;
  }

  /** Counts as a use of every seat. A demo clock that plays an hour in seconds must not make anybody idle. */
  useAll(): void {
    for (const seat of this.#seats.values()) seat.usedAtMonoMs = this.#clock.monoMs();
  }

  /** The person who had this seat, even if it has been given up since; null for an unknown seat. */
  release(token: string): PersonId | null {
    const personId = this.#seats.get(token)?.personId ?? null;
    this.#seats.delete(token);
    return personId;
  }

  /** The same seat, held by somebody else from now on: the page keeps its ticket. */
  pass(token: string, personId: PersonId): void {
    if (this.#seats.has(token)) this.#seats.set(token, { personId, usedAtMonoMs: this.#clock.monoMs() });
  }

  /** Gives up every seat of a person, but this one, and says whether there was one. */
  releaseOf(personId: PersonId, but: string | null = null): boolean {
    const theirs = [...this.#seats].filter(([token, seat]) => seat.personId === personId && token !== but);
    for (const [token] of theirs) this.#seats.delete(token);
    return theirs.length > 0;
  }

  /** Gives up idle seats; returns whose. */
  releaseIdle(): readonly PersonId[] {
    const idle = [...this.#seats].filter(([, seat]) => this.#isIdle(seat));
    for (const [token] of idle) this.#seats.delete(token);
    return idle.map(([, seat]) => seat.personId);
  }

  /** People with a seat, in the order of signing in, each once. */
  get present(): readonly PersonId[] {
    return [...new Set([...this.#seats.values()].map((seat) => seat.personId))];
  }

  #isIdle(seat: Seat): boolean {
    return this.#clock.monoMs() - seat.usedAtMonoMs > idleMsMax * this.#clock.rate;
  }
}
