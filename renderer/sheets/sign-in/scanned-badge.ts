import { badgeLengthMax, badgeLengthMin } from '../../../shared/contract/typed-badge.ts';

/** A PIN has no more digits. */
const pinDigitsMax = 12;

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** What was typed since the last Enter, and the badge that it was, where it was one. */
export interface Typed {
  readonly typed: string;
  readonly badge: string | null;
}

/**
 * A reader types a code and ends it with Enter; so does somebody with a PIN. Before a name is chosen a code is a badge. Then a PIN is
 * asked for, which has digits and at most twelve: what has another sign, or is longer, is a badge. A badge that could be a PIN is
 * sent as one, and the service knows it for a badge.
 *
 * @param isPinAsked whether a name was chosen, so that digits are a PIN
 */
export function afterKey(typed: string, press: Press, isPinAsked: boolean): Typed {
  const { key, ctrlKey, metaKey, altKey } = press;
  if (ctrlKey || metaKey || altKey) return { typed: '', badge: null };
  if (key.length === 1) return { typed: `${typed}${key}`.slice(0, badgeLengthMax), badge: null };
  // Capitals are typed with it.
  if (key === 'Shift' || key === 'CapsLock') return { typed, badge: null };
  if (key !== 'Enter') return { typed: '', badge: null };
  const isBadge = typed.length >= badgeLengthMin && (!isPinAsked || /\D/.test(typed) || typed.length > pinDigitsMax);
  return { typed: '', badge: isBadge ? typed : null };
}
