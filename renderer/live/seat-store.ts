import { refusalOf } from '../connection/failure.ts';
import type { RoomClient } from '../connection/room-client.ts';
import type { PersonView } from '../../shared/contract/board/people.ts';

/**
 * Who sits at this page: somebody in front, whose acts come first, and perhaps a second person beside them. The service
 * holds the seats; the page holds their tickets, so that a reload keeps the people.
 */
export interface SeatStore {
  /** Whoever is in front. */
  getPerson(): PersonView | null;
  /** Everybody at this page, whoever is in front first. */
  getPeople(): readonly PersonView[];
  subscribe(task: () => void): () => void;
  /** What the service says with every message: a seat that it gave up is nobody's at once. */
  told(people: readonly PersonView[]): void;
  /** In front, in the place of whoever is. Rejects with the service's refusal. */
  signIn(personId: string, pin: string, newPin?: string): Promise<void>;
  /** Beside whoever is in front. */
  join(personId: string, pin: string): Promise<void>;
  /** Of two at this page the one beside comes in front. */
  bringForward(personId: string): Promise<void>;
  /** One of the people here; without a name all of them. */
  signOut(personId?: string): Promise<void>;
  /** Done before the one in front goes or makes way, while what they wrote can still be kept in their name. */
  beforeSignOut(task: () => Promise<unknown>): () => void;
  /** Takes the seats again on a new connection. Resolves to whether somebody sits here now. */
  resume(): Promise<boolean>;
}

/** Of whoever is in front, and of whoever sits beside. */
const ticketKeys = ['vigil.seat', 'vigil.seat.beside'] as const;

export function createSeatStore(
  client: Pick<RoomClient, 'staff'>,
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): SeatStore {
  let people: readonly PersonView[] = [];
  const subscribers = new Set<() => void>();
  const tasksBeforeSignOut = new Set<() => Promise<unknown>>();
  const tickets = ticketsIn(storage);
  const put = (next: readonly PersonView[]): void => {
    if (isSame(people, next)) return;
    tickets.follow(people, next);
    people = next;
    for (const task of subscribers) task();
  };
  const runTasksBeforeSignOut = (): Promise<unknown> => Promise.all([...tasksBeforeSignOut].map((task) => task().catch(() => undefined)));
  const store: SeatStore = {
    getPerson: () => people[0] ?? null,
    getPeople: () => people,
    subscribe(task) {
      subscribers.add(task);
      return () => subscribers.delete(task);
    },
    told: put,
    async signIn(personId, pin, newPin) {
      const attemptId = crypto.randomUUID();
      const { person, seat } = await client.staff.signIn({ attemptId, personId, pin, ...(newPin === undefined ? {} : { newPin }) });
      put([person, ...people.slice(1).filter((one) => one.personId !== personId)]);
      tickets.keep(0, seat);
    },
    async join(personId, pin) {
      const { person, seat } = await client.staff.signIn({ attemptId: crypto.randomUUID(), personId, pin, beside: true });
      const [front] = people;
      const isFront = front === undefined || front.personId === personId;
      put(isFront ? [person, ...people.slice(1)] : [front, person]);
      tickets.keep(isFront ? 0 : 1, seat);
    },
    async bringForward(personId) {
      await runTasksBeforeSignOut();
      await client.staff.bringForward({ personId });
      const next = people.find((one) => one.personId === personId);
      if (next !== undefined) put([next, ...people.filter((one) => one !== next)]);
    },
    beforeSignOut(task) {
      tasksBeforeSignOut.add(task);
      return () => void tasksBeforeSignOut.delete(task);
    },
    async signOut(personId) {
      await runTasksBeforeSignOut();
      await client.staff.signOut(personId === undefined ? undefined : { personId });
      const next = personId === undefined ? [] : people.filter((one) => one.personId !== personId);
      put(next);
      if (next.length === 0) tickets.drop();
    },
    async resume() {
      const [seat, beside] = tickets.held();
      if (seat === null) return false;
      try {
        const { person } = await client.staff.resume({ seat, ...(beside === null ? {} : { beside }) });
        if (person === null) tickets.drop();
        // Who sits beside is told with the board.
        put(person === null ? [] : [person, ...people.filter((one) => one.personId !== person.personId)]);
      } catch (error) {
        // If the service was not reachable the people stay, and the next connection asks again.
        if (refusalOf(error) === null) return false;
        tickets.drop();
        put([]);
      }
      return people.length > 0;
    },
  };
  return store;
}

function isSame(some: readonly PersonView[], others: readonly PersonView[]): boolean {
  return some.length === others.length && some.every((one, index) => isAsBefore(one, others[index]));
}

function isAsBefore({ personId, name, role }: PersonView, now: PersonView | undefined): boolean {
  return personId === now?.personId && name === now.name && role === now.role;
}

/** The tickets of a page, each in the place of its person. */
function ticketsIn(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {
  const held = (): readonly [string | null, string | null] => [storage.getItem(ticketKeys[0]), storage.getItem(ticketKeys[1])];
  const keep = (place: 0 | 1, ticket: string | null): void => {
    if (ticket === null) storage.removeItem(ticketKeys[place]);
    else storage.setItem(ticketKeys[place], ticket);
  };
  return {
    held,
    keep,
    drop: () => ticketKeys.forEach((key) => storage.removeItem(key)),
    /**
     * Where people change places, or one goes; a seat that was handed over keeps its ticket. If nobody is told of, the
     * tickets stay, because a new connection does not know yet who sits here.
     */
    follow(before: readonly PersonView[], next: readonly PersonView[]): void {
      if (next.length === 0) return;
      const tickets = held();
      const ticketAt = (place: 0 | 1): string | null => {
        const person = next[place];
        if (person === undefined) return before.length === 0 ? tickets[place] : null;
        const was = before.findIndex((one) => one.personId === person.personId);
        return tickets[was === 1 ? 1 : was === 0 ? 0 : place];
      };
      const [front, beside] = [ticketAt(0), ticketAt(1)];
      keep(0, front);
      keep(1, beside);
    },
  };
}

const seats = new WeakMap<RoomClient, SeatStore>();

/** The one seat store of a page: one for each client, and a page has one client. */
export function seatOf(client: RoomClient): SeatStore {
  const known = seats.get(client);
  if (known !== undefined) return known;
  const seat = createSeatStore(client, window.sessionStorage);
  seats.set(client, seat);
  return seat;
}
