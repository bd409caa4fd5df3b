import { useSyncExternalStore } from 'react';
import type { PersonView } from '../../shared/contract/room-board.ts';
import { useRoom } from './room-context.tsx';
import { seatOf } from './seat-store.ts';

export interface Seat {
  /** Who is signed in on this page; null when nobody is. */
  readonly person: PersonView | null;
  /** Rejects with the service's refusal. `newPin`: of the owner of a first PIN. */
  readonly signIn: (personId: string, pin: string, newPin?: string) => Promise<void>;
  readonly signOut: () => Promise<void>;
}

export function useSeat(): Seat {
  const seat = seatOf(useRoom().client);
  const person = useSyncExternalStore(seat.subscribe, seat.getPerson);
  return { person, signIn: seat.signIn, signOut: seat.signOut };
}
