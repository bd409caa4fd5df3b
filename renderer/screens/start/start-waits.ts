import { startActs } from '../../../shared/contract/session-view/actions.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { startText } from '../../text/start.ts';

/** What the start still waits for, in a few words for its button; `final` cannot be gone against with a reason. */
export interface StartWait {
  readonly words: string;
  readonly final: boolean;
  /** The card where it is put right; absent where the checklist above is the place. */
  readonly at?: keyof typeof cardPlaces;
  /** Nothing that can come: the room has no monitor. The start asks for the reason. */
  readonly comes?: false;
}

/** Ids of the cards that the start waits for, so that its button can lead there. */
export const cardPlaces = { weight: 'start-weight', order: 'start-order', remote: 'start-remote' } as const;

/**
 * The service says whether the infusion may start (its start action waits for something or not); this only says
 * it short enough for a button. null: nothing is waited for.
 */
export function startWait(session: SessionView, hasMonitor: boolean): StartWait | null {
  const words = startText.start;
  const start = startActionIn(session);
  if (start !== undefined && start.waitsFor === null) return null;
  const { route } = session.dosing.protocol;
  const order = route === 'iv' ? session.dose.order : session.dose.routeOrder;
  const orderedGrams = order === null || !('weightGrams' in order) ? null : order.weightGrams;
  if (session.weight === null && route !== 'intranasal') return { words: words.waitsWeight, final: true, at: 'weight' };
  if (order === null) return { words: words.waitsOrder, final: true, at: 'order' };
  if (orderedGrams !== null && orderedGrams !== session.weight?.grams) return { words: words.waitsOrderAgain, final: true, at: 'order' };
  if (session.dosing.remoteMissing.length > 0) return { words: words.waitsRemote, final: true, at: 'remote' };
  if (requiredOpen(session).some(({ stop }) => stop === true)) return { words: words.waitsStop, final: true };
  const open = requiredOpen(session).length;
  if (open > 0) return { words: words.waitsItems(open), final: false };
  if (!hasMonitor && start !== undefined) return { words: words.noMonitor, final: false, comes: false };
  // Everything else is there: what is left is a monitor that gives readings.
  return { words: words.waitsMonitor, final: start === undefined };
}

/** The act that starts the dose of this session's protocol, while it has not started. */
export function startActionIn(session: SessionView): SessionView['actions'][number] | undefined {
  return session.actions.find(({ action }) => action.type === startActs[session.dosing.protocol.route]);
}

/** The hard stops of the checklist that nobody has recorded. */
export function requiredOpen(session: SessionView): SessionView['checklist'] {
  const isStale = session.dosing.doubleCheck?.stale === true;
  return session.checklist.filter((entry) => entry.required && (entry.doneMs === null || (isStale && entry.milestone === 'double_check')));
}
