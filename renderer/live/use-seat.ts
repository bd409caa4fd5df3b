import { useSyncExternalStore } from 'react';
import { isFor, type Asked } from '../../shared/contract/role-table.ts';
import type { PersonView } from '../../shared/contract/board/people.ts';
import { useRoom } from './room-context.tsx';
import { seatOf, type SeatStore } from './seat-store.ts';

/** Who is signed in on this page. */
export interface Seat extends Pick<SeatStore, 'signIn' | 'join' | 'bringForward' | 'signOut'> {
  /** Whoever is in front; null when nobody is here. */
  readonly person: PersonView | null;
  /** Everybody here, whoever is in front first. */
  readonly people: readonly PersonView[];
}

export function useSeat(): Seat {
  const { getPeople, subscribe, signIn, join, bringForward, signOut } = seatOf(useRoom().client);
  const people = useSyncExternalStore(subscribe, getPeople);
  return { person: people[0] ?? null, people, signIn, join, bringForward, signOut };
}

/** Whose act it would be of those at this page; the one in front where it is nobody's here. */
export function useActor(asked: Asked): PersonView | null {
  const { people, person } = useSeat();
  return people.find(({ role }) => isFor(role, asked)) ?? person;
}
