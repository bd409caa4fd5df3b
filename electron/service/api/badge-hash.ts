import { hashLike, hashPin, verifyPin } from '../platform/pin-hash.ts';
import { badgeHolder, someBadgeHash } from '../staff/badges.ts';
import type { Person } from '../staff/person.ts';
import type { OpenRoom } from './call-context.ts';

/** Each of these takes as long as comparing a PIN, and belongs into the queue of PINs. */

/** As every badge of the room, so that it can be found; the first one chooses the salt. */
export function hashOfBadge({ recorder, ids, hashCost }: OpenRoom, code: string): Promise<string> {
  const like = someBadgeHash(recorder.staff);
  return like === null ? hashPin(code, ids.randomBytes(16), hashCost) : hashLike(code, like);
}

/** Whose badge this is; null where it is nobody's. Nothing is hashed where nobody has one. */
export async function holderOfBadge({ recorder }: OpenRoom, code: string): Promise<Person | null> {
  const like = someBadgeHash(recorder.staff);
  return like === null ? null : badgeHolder(recorder.staff, await hashLike(code, like));
}

/** Whether a PIN is what this person's own badge says. */
export async function isOwnBadge({ badgeHash }: Person, pin: string): Promise<boolean> {
  return badgeHash !== null && verifyPin(pin, badgeHash);
}
