import type { PersonId } from '../../../shared/values/ids.ts';
import type { Clock, Ids } from '../platform/platform.ts';
import { refusalsPerLock } from '../staff/lockout.ts';
import { PinTries } from '../staff/pin-tries.ts';

/** After so long without a recorded act a seat is given up; vitals and recording go on. */
const idleMsMax = 5 * 60_000;
const seatsMax = 16;
/**
 * Two people can mistype until they are locked out, and a third still signs in at the same page: it may be the only one
 * of its room.
 */
const wrongPerPage = 2 * refusalsPerLock;

interface Seat {
  readonly personId: PersonId;
  usedAtMonoMs: number;
  /** Given up by the one who sat there, or by their absence: nobody sits here, and it is still known who did. */
  covered: boolean;
  /** At the page that has its ticket, since it was taken: a reload or another connection counts on. */
  readonly tries: PinTries;
  /** Of whoever sits here or sat here, at this page: who guesses elsewhere does not lock them out of it. */
  readonly ownTries: PinTries;
}

/**
 * Who sits at which page: the token a page holds after signing in. Kept in memory only, so a restart of the
 * service asks for the PIN again.
 */
export class Seats {
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #seats = new Map<string, Seat>();
  /** Of badges that belong to nobody here, of all pages together: each takes a turn of the queue of PINs. */
  readonly badgeTries = new PinTries(wrongPerPage);
  /** Of all pages without a seat together: nobody tells one of them from another, or from one that connected anew. */
  readonly #triesWithoutSeat = new PinTries(wrongPerPage);

  constructor(clock: Clock, ids: Ids) {
    this.#clock = clock;
    this.#ids = ids;
  }

  take(personId: PersonId): string {
    // A covered seat makes way before one in which somebody sits.
    const [covered] = [...this.#seats].find(([, seat]) => seat.covered) ?? [];
    const oldest = this.#seats.size >= seatsMax ? (covered ?? this.#seats.keys().next().value) : undefined;
    if (oldest !== undefined) this.#seats.delete(oldest);
    const token = Buffer.from(this.#ids.randomBytes(32)).toString('base64url');
    this.#sit(token, personId);
    return token;
  }

  /** Who holds this seat; null for an unknown, an idle or a covered one. Does not count as use. */
  holder(token: string | null): PersonId | null {
    const seat = token === null ? undefined : this.#seats.get(token);
    return seat === undefined || this.#isLeft(seat) ? null : seat.personId;
  }

  /** Who sat here until it grew idle or was covered; null where somebody sits, and for an unknown seat. */
  satHere(token: string | null): PersonId | null {
    const seat = token === null ? undefined : this.#seats.get(token);
    return seat !== undefined && this.#isLeft(seat) ? seat.personId : null;
  }

  /** From now on nobody sits here. Returns who did until now. */
  cover(token: string): PersonId | null {
    const personId = this.holder(token);
    const seat = this.#seats.get(token);
    if (seat !== undefined) seat.covered = true;
    return personId;
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
    if (this.#seats.has(token)) this.#sit(token, personId);
  }

  /** Gives up every seat of a person, but this one, and says whether there was one. */
  releaseOf(personId: PersonId, but: string | null = null): boolean {
    const theirs = [...this.#seats].filter(([token, seat]) => seat.personId === personId && token !== but);
    for (const [token] of theirs) this.#seats.delete(token);
    return theirs.length > 0;
  }

  /** The wrong PINs that were typed at a page with these tickets; `own`: of this person, where one of the seats is or was theirs. */
  triesAt(tickets: readonly string[], personId: PersonId): { readonly page: PinTries; readonly own: PinTries | null } {
    const seats = tickets.flatMap((ticket) => this.#seats.get(ticket) ?? []);
    return {
      page: seats[0]?.tries ?? this.#triesWithoutSeat,
      own: seats.find((seat) => seat.personId === personId)?.ownTries ?? null,
    };
  }

  /** Covers idle seats; returns whose they were. */
  coverIdle(): readonly PersonId[] {
    const idle = [...this.#seats.values()].filter((seat) => !seat.covered && this.#isLeft(seat));
    for (const seat of idle) seat.covered = true;
    return idle.map(({ personId }) => personId);
  }

  /** People who sit somewhere, in the order of signing in, each once. */
  get present(): readonly PersonId[] {
    return [...new Set([...this.#seats.values()].filter(({ covered }) => !covered).map(({ personId }) => personId))];
  }

  #sit(token: string, personId: PersonId): void {
    this.#seats.set(token, {
      personId,
      usedAtMonoMs: this.#clock.monoMs(),
      covered: false,
      tries: new PinTries(wrongPerPage),
      ownTries: new PinTries(refusalsPerLock),
    });
  }

  #isLeft({ covered, usedAtMonoMs }: Seat): boolean {
    return covered || this.#clock.monoMs() - usedAtMonoMs > idleMsMax * this.#clock.rate;
  }
}
