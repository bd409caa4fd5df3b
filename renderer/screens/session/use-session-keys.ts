import { useEffect, type RefObject } from 'react';
import type { SessionSection } from '../../../shared/contract/room-board.ts';
import type { SessionSheet } from './session-sheet.ts';
import { isTyping } from './typing.ts';

interface SessionKeys {
  readonly session: SessionSection;
  readonly sheet: SessionSheet | null;
  readonly onSheet: (sheet: SessionSheet) => void;
  readonly onClose: () => void;
  readonly input: RefObject<HTMLInputElement | null>;
}

/** The rating that is asked for first: an open one, else the one that is or will be due. */
export function ratingAsked({ due, ratings }: Pick<SessionSection, 'due' | 'ratings'>): SessionSheet | null {
  const open = ratings.find((rating) => rating.state === 'open');
  if (open !== undefined) return { kind: 'rating', instrument: open.instrument, ratingId: open.ratingId };
  const next = due.find((item) => item.instrument !== null && item.state !== 'done' && item.state !== 'predicted');
  return next === undefined || next.instrument === null ? null : { kind: 'rating', instrument: next.instrument, ratingId: null };
}

/** What a letter does on this screen; null where it does nothing. */
export function meaningOfKey(key: string, session: Pick<SessionSection, 'due' | 'ratings'>): SessionSheet | 'note' | null {
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

/** Letters while nothing is being typed; Escape leaves the line, then the sheet. */
export function useSessionKeys({ session, sheet, onSheet, onClose, input }: SessionKeys): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape') {
        if (document.activeElement === input.current) input.current?.blur();
        else if (sheet !== null) onClose();
        return;
      }
      if (isTyping(event.target)) return;
      const meaning = meaningOfKey(event.key, session);
      if (meaning === null) return;
      event.preventDefault();
      if (meaning === 'note') input.current?.focus();
      else onSheet(meaning);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [session, sheet, onSheet, onClose, input]);
}
