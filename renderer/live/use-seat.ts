import { useSyncExternalStore } from 'react';
import { isFor, type Asked } from '../../shared/contract/role-table.ts';
import type { PersonView } from '../../shared/contract/board/people.ts';
import { useRoom } from './room-context.tsx';
import { seatOf, type SeatStore } from './seat-store.ts';

/** Who is signed in on this page. */
export interface Seat extends Pick<SeatStore, 'signIn' | 'join' | 'bringForward' | 'signOut' | 'cover'> {
  /** Whoever is in front; null when nobody is here. */
  readonly person: PersonView | null;
  /** Everybody here, whoever is in front first. */
  readonly people: readonly PersonView[];
  /** Who sat here when the page was covered; empty where it is not. */
  readonly covered: readonly PersonView[];
}

export function useSeat(): Seat {
  const { getPeople, getCovered, subscribe, signIn, join, bringForward, signOut, cover } = seatOf(useRoom().client);
  const people = useSyncExternalStore(subscribe, getPeople);
  const covered = useSyncExternalStore(subscribe, getCovered);
  return { person: people[0] ?? null, people, covered, signIn, join, bringForward, signOut, cover };
}

/** Whose act it would be of those at this page; the one in front where it is nobody's here. */
export function useActor(asked: Asked): PersonView | null {
  const { people, person } = useSeat();
  return people.find(({ role }) => isFor(role, asked)) ?? person;
}
