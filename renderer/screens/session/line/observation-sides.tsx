import { createContext, useContext, useState, type ReactNode } from 'react';
import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import { useBoard } from '../../../live/room-context.tsx';
import { useObservationInput, type ObservationInputHandle } from './use-observation-input.ts';
import { usePrivateSide, type PrivateSideHandle } from './use-private-side.ts';

/** Both sides of the observation line, for the line itself and for the sheets that belong to it. */
export interface ObservationSides {
  readonly shared: ObservationInputHandle;
  readonly own: PrivateSideHandle;
  /** Which one is being written on. `locked`: the private one, closed by itself; nothing is written until its author says where. */
  readonly side: 'shared' | 'private' | 'locked';
  readonly setSide: (side: 'shared' | 'private') => void;
  /** Whether there is a private side to switch to: for its authors, where the clinic keeps one or they have it open. */
  readonly hasPrivate: boolean;
}

const SidesContext = createContext<ObservationSides | null>(null);

export function useObservationSides(): ObservationSides {
  const sides = useContext(SidesContext);
  if (sides === null) throw new Error('a part of the observation line was drawn outside ObservationSidesProvider');
  return sides;
}

interface ProviderProps {
  readonly session: Pick<SessionView, 'sessionId' | 'privateMarks'>;
  readonly children: ReactNode;
}

/** Only what asks for the sides draws again with every key; the rest of the screen does not. */
export function ObservationSidesProvider({ session, children }: ProviderProps) {
  const shared = useObservationInput(session.sessionId);
  const own = usePrivateSide(session.sessionId);
  const offered = useBoard((board) => board.room.privateSide.offered);
  /** Who chose the private side. If somebody else comes in front, the shared one is shown. */
  const [chosenBy, setChosenBy] = useState<string | null>(null);
  const authorId = own.author?.personId ?? null;
  const hasPrivate = authorId !== null && (offered || own.side.open || session.privateMarks.length > 0);
  // Words meant for the private side must not run on in the shared line because the private one has closed.
  const side = authorId === null || chosenBy !== authorId ? 'shared' : own.side.open ? 'private' : 'locked';
  const setSide = (next: 'shared' | 'private'): void => setChosenBy(next === 'private' ? authorId : null);
  return <SidesContext value={{ shared, own, side, setSide, hasPrivate }}>{children}</SidesContext>;
}
