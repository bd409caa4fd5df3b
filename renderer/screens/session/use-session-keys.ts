import type { RefObject } from 'react';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { useKeys } from '../../components/keys/key-layer.tsx';
import type { SessionSheet } from './session-sheet.ts';

interface SessionKeys {
  readonly session: SessionView;
  readonly onSheet: (sheet: SessionSheet) => void;
  readonly input: RefObject<HTMLInputElement | null>;
}

/** The rating that is asked for first: an open one, else the one that is or will be due. */
function ratingAsked({ due, ratings }: Pick<SessionView, 'due' | 'ratings'>): SessionSheet | null {
  const open = ratings.find((rating) => rating.state === 'open');
  if (open !== undefined) return { kind: 'rating', instrument: open.instrument, ratingId: open.ratingId };
  const next = due.find((item) => item.instrument !== null && item.state !== 'done' && item.state !== 'predicted');
  return next === undefined || next.instrument === null ? null : { kind: 'rating', instrument: next.instrument, ratingId: null };
}

/** What a letter does on this screen; null where it does nothing. */
export function meaningOfKey(key: string, session: Pick<SessionView, 'due' | 'ratings'>): SessionSheet | 'note' | null {
  switch (key) {
    case 'm':
      return { kind: 'milestones' };
    case 'v':
      return { kind: 'vitals' };
    case 'a':
      return { kind: 'adverse-event', adverseEventId: null };
    case 'g':
      return { kind: 'drug', adverseEventId: null };
    case 'w':
      return { kind: 'waste' };
    case '?':
      return { kind: 'keys' };
    case 'r':
      // Where none is asked for, every one may be chosen.
      return ratingAsked(session) ?? { kind: 'ratings' };
    case 'R':
      return { kind: 'ratings' };
    case 'n':
      return 'note';
    case 'o':
      return { kind: 'observations' };
    case 'd':
      return { kind: 'observation' };
    default:
      return null;
  }
}

/** Letters while nothing is being typed and no sheet is open. */
export function useSessionKeys({ session, onSheet, input }: SessionKeys): void {
  useKeys((event) => {
    const meaning = meaningOfKey(event.key, session);
    if (meaning === null) return;
    event.preventDefault();
    if (meaning === 'note') input.current?.focus();
    else onSheet(meaning);
  });
}
