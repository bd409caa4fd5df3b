import type { SessionSection } from '../../../shared/contract/room-board.ts';
import { startText } from '../../text/start.ts';

/** What the start still waits for, in a few words for its button; `final` cannot be gone against with a reason. */
export interface StartWait {
  readonly words: string;
  readonly final: boolean;
}

/**
 * The service says whether the infusion may start (its start action waits for something or not); this only says
 * it short enough for a button. null: nothing is waited for.
 */
export function startWait(session: SessionSection | null): StartWait | null {
  const words = startText.start;
  if (session === null) return { words: words.waitsSession, final: true };
  const start = session.actions.find(({ action }) => action.type === 'start-dose');
  if (start !== undefined && start.waitsFor === null) return null;
  if (session.weight === null) return { words: words.waitsWeight, final: true };
  if (session.dose.order === null) return { words: words.waitsOrder, final: true };
  if (session.dose.order.weightGrams !== session.weight.grams) return { words: words.waitsOrderAgain, final: true };
  const open = requiredOpen(session).length;
  if (open > 0) return { words: words.waitsItems(open), final: false };
  // Everything else is there: what is left is a monitor that gives readings.
  return { words: words.waitsMonitor, final: start === undefined };
}

/** The hard stops of the checklist that nobody has recorded. */
export function requiredOpen(session: SessionSection): SessionSection['checklist'] {
  return session.checklist.filter((entry) => entry.required && entry.doneMs === null);
}
