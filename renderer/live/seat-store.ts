import { refusalIn, type RoomClient } from '../connection/room-client.ts';
import type { PersonView } from '../../shared/contract/room-board.ts';

/** Who sits at this page. The service holds the seat; the page holds its ticket, so that a reload keeps the person. */
export interface SeatStore {
  getPerson(): PersonView | null;
  subscribe(task: () => void): () => void;
  /** What the service says with every message: a seat that it gave up is nobody's at once. */
  told(people: readonly PersonView[]): void;
  /** Rejects with the service's refusal. */
  signIn(personId: string, pin: string, newPin?: string): Promise<void>;
  signOut(): Promise<void>;
  /** Done before the person leaves, while what they wrote can still be kept in their name. */
  beforeLeaving(task: () => Promise<unknown>): () => void;
  /** Takes the seat again on a new connection. Resolves to whether somebody sits here now. */
  resume(): Promise<boolean>;
}

const ticketKey = 'vigil.seat';

export function createSeatStore(
  client: Pick<RoomClient, 'staff'>,
  tickets: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): SeatStore {
  let person: PersonView | null = null;
  const subscribers = new Set<() => void>();
  const farewells = new Set<() => Promise<unknown>>();
  const put = (next: PersonView | null): void => {
    person = next;
    for (const task of subscribers) task();
  };
  return {
    getPerson: () => person,
    subscribe(task) {
      subscribers.add(task);
      return () => subscribers.delete(task);
    },
    told([first = null]) {
      if (first?.personId !== person?.personId) put(first);
    },
    async signIn(personId, pin, newPin) {
      const attemptId = crypto.randomUUID();
      const answer = await client.staff.signIn({ attemptId, personId, pin, ...(newPin === undefined ? {} : { newPin }) });
      tickets.setItem(ticketKey, answer.seat);
      put(answer.person);
    },
    beforeLeaving(task) {
      farewells.add(task);
      return () => void farewells.delete(task);
    },
    async signOut() {
      await Promise.all([...farewells].map((task) => task().catch(() => undefined)));
      await client.staff.signOut();
      tickets.removeItem(ticketKey);
      put(null);
    },
    async resume() {
      const seat = tickets.getItem(ticketKey);
      if (seat === null) return false;
      try {
        const answer = await client.staff.resume({ seat });
        if (answer.person === null) tickets.removeItem(ticketKey);
        put(answer.person);
      } catch (error) {
        // Not reachable: the person has not left, and the next connection asks again.
        if (refusalIn(error) === null) return false;
        tickets.removeItem(ticketKey);
        put(null);
      }
      return person !== null;
    },
  };
}

const seats = new WeakMap<RoomClient, SeatStore>();

/** The one seat of a page: one for each client, and a page has one client. */
export function seatOf(client: RoomClient): SeatStore {
  const known = seats.get(client);
  if (known !== undefined) return known;
  const seat = createSeatStore(client, window.sessionStorage);
  seats.set(client, seat);
  return seat;
}
