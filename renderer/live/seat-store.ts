import { refusalOf } from '../connection/failure.ts';
import type { RoomClient } from '../connection/room-client.ts';
import type { PersonView } from '../../shared/contract/board/people.ts';
import type { RoomBoard } from '../../shared/contract/board/room-board.ts';

/**
 * Who sits at this page: somebody in front, whose acts come first, and perhaps a second person beside them. The service
 * holds the seats; the page holds their tickets, so that a reload keeps the people.
 */
export interface SeatStore {
  /** Whoever is in front. */
  getPerson(): PersonView | null;
  /** Everybody at this page, whoever is in front first. */
  getPeople(): readonly PersonView[];
  /** Who sat here when the page was covered, by hand or by five idle minutes; empty where it is not. */
  getCovered(): readonly PersonView[];
  subscribe(task: () => void): () => void;
  /** What the service says with every message: a seat that it gave up is nobody's at once. */
  told(here: Pick<RoomBoard['here'], 'people' | 'covered'>): void;
  /** In front, in the place of whoever is. Rejects with the service's refusal. */
  signIn(personId: string, pin: string, newPin?: string): Promise<void>;
  /** Beside whoever is in front. */
  join(personId: string, pin: string): Promise<void>;
  /** Of two at this page the one beside comes in front. */
  bringForward(personId: string): Promise<void>;
  /** One of the people here; without a name all of them. */
  signOut(personId?: string): Promise<void>;
  /** Hides at once what this page shows of anybody, until somebody types their PIN here. */
  cover(): Promise<void>;
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
  const tickets = ticketsIn(storage);
  const here = whoIsHere(tickets.follow);
  const lastTasks = lastTasksOfOneInFront();
  return {
    getPerson: () => here.people()[0] ?? null,
    getPeople: here.people,
    getCovered: here.covered,
    subscribe: here.subscribe,
    told: here.told,
    async signIn(personId, pin, newPin) {
      const attemptId = crypto.randomUUID();
      const { person, seat } = await client.staff.signIn({ attemptId, personId, pin, ...(newPin === undefined ? {} : { newPin }) });
      here.put([
        person,
        ...here
          .people()
          .slice(1)
          .filter((one) => one.personId !== personId),
      ]);
      tickets.keep(0, seat);
    },
    async join(personId, pin) {
      const { person, seat } = await client.staff.signIn({ attemptId: crypto.randomUUID(), personId, pin, beside: true });
      const [front, ...beside] = here.people();
      const isFront = front === undefined || front.personId === personId;
      here.put(isFront ? [person, ...beside] : [front, person]);
      tickets.keep(isFront ? 0 : 1, seat);
    },
    async bringForward(personId) {
      await lastTasks.run();
      await client.staff.bringForward({ personId });
      const next = here.people().find((one) => one.personId === personId);
      if (next !== undefined) here.put([next, ...here.people().filter((one) => one !== next)]);
    },
    beforeSignOut: lastTasks.add,
    async signOut(personId) {
      await lastTasks.run();
      await client.staff.signOut(personId === undefined ? undefined : { personId });
      const next = personId === undefined ? [] : here.people().filter((one) => one.personId !== personId);
      here.put(next);
      if (next.length === 0) tickets.drop();
    },
    async cover() {
      if (here.people().length === 0) return;
      // Begun in the name of whoever is in front still; what shows them is gone in the same moment.
      const kept = lastTasks.run();
      here.cover();
      await kept;
      await client.staff.cover();
    },
    resume: () => resumeSeats(client, tickets, here),
  };
}

async function resumeSeats(
  client: Pick<RoomClient, 'staff'>,
  tickets: ReturnType<typeof ticketsIn>,
  here: ReturnType<typeof whoIsHere>,
): Promise<boolean> {
  const [seat, beside] = tickets.held();
  if (seat === null) return false;
  try {
    const { person, covered } = await client.staff.resume({ seat, ...(beside === null ? {} : { beside }) });
    if (here.isCovered()) {
      // The service may never have been told.
      await client.staff.cover();
      return false;
    }
    if (person === null && !covered) tickets.drop();
    // Who sits beside is told with the board.
    here.put(person === null ? [] : [person, ...here.people().filter((one) => one.personId !== person.personId)]);
  } catch (error) {
    // If the service was not reachable the people stay, and the next connection asks again.
    if (refusalOf(error) === null || here.isCovered()) return false;
    tickets.drop();
    here.put([]);
  }
  return here.people().length > 0;
}

function whoIsHere(follow: (before: readonly PersonView[], next: readonly PersonView[]) => void) {
  let people: readonly PersonView[] = [];
  let covered: readonly PersonView[] = [];
  /** Covered at this page: what the service says until it knows of it opens nothing. */
  let isCovered = false;
  const subscribers = new Set<() => void>();
  const set = (next: readonly PersonView[], nextCovered: readonly PersonView[]): void => {
    if (isSame(people, next) && isSame(covered, nextCovered)) return;
    follow(people, next);
    people = next;
    covered = nextCovered;
    for (const task of subscribers) task();
  };
  return {
    people: () => people,
    covered: () => covered,
    isCovered: () => isCovered,
    subscribe(task: () => void): () => void {
      subscribers.add(task);
      return () => subscribers.delete(task);
    },
    told(here: Pick<RoomBoard['here'], 'people' | 'covered'>): void {
      if (!isCovered) set(here.people, here.covered);
    },
    put(next: readonly PersonView[]): void {
      isCovered = false;
      set(next, []);
    },
    cover(): void {
      isCovered = true;
      set([], people);
    },
  };
}

function lastTasksOfOneInFront() {
  const tasks = new Set<() => Promise<unknown>>();
  return {
    add(task: () => Promise<unknown>): () => void {
      tasks.add(task);
      return () => void tasks.delete(task);
    },
    run: (): Promise<unknown> => Promise.all([...tasks].map((task) => task().catch(() => undefined))),
  };
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
