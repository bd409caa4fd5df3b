import type { Refusal } from '../../../shared/contract/contract-errors.ts';
import { pinSchema } from '../../../shared/contract/typed-pin.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import { actingPerson } from './authentication.ts';
import type { Person, StaffDirectory } from './person.ts';

/**
 * A badge says who somebody is; their PIN proves it. The code of a badge is kept as a hash alone, with one salt for all
 * badges of a room, so that one hash finds whose it is.
 */

/** A hash that tells how every badge of this room is hashed; null where nobody has one. */
export function someBadgeHash({ people }: StaffDirectory): string | null {
  for (const { badgeHash } of people.values()) if (badgeHash !== null) return badgeHash;
  return null;
}

/** Whose badge it is, also of somebody whose access was ended. */
export function badgeHolder({ people }: StaffDirectory, badgeHash: string): Person | null {
  for (const person of people.values()) if (person.badgeHash === badgeHash) return person;
  return null;
}

const givenOnHome = 'a badge is given on Home, “Add or change people”.';

/** What is read as a badge and is nobody's. Digits may as well be the PIN of somebody who has not chosen their name. */
export function unknownBadge(code: string): Refusal {
  const message = pinSchema.safeParse(code).success
    ? `Choose your name first. If this was a badge, it belongs to nobody here; ${givenOnHome}`
    : `This badge belongs to nobody here. Tap your name; ${givenOnHome}`;
  return { code: 'STAFF_BADGE_UNKNOWN', message, subject: 'code' };
}

/**
 * What the badge of somebody is answered that was typed where a PIN is asked for. It is no wrong PIN, and counts for nobody.
 *
 * @param beside the second person who was asked for theirs, where it is one: a badge chooses nobody there
 */
export function badgeAsPinRefusal(directory: StaffDirectory, holder: Person, beside: Person | null): Refusal {
  const acting = actingPerson(directory, holder.personId);
  if ('refusal' in acting) return acting.refusal;
  if (beside !== null && beside.personId !== holder.personId) {
    const message = `That is the badge of ${holder.name}. Here the PIN of ${beside.name} is asked for; choose another name where the list of names is.`;
    return { code: 'STAFF_BADGE_READ', message, subject: holder.personId };
  }
  return { code: 'STAFF_BADGE_READ', message: `That is the badge of ${holder.name}. Now their PIN.`, subject: holder.personId };
}

/** What somebody is answered whose PIN is what their badge says: the badge alone would sign in. */
export const badgeIsPinRefusal: Refusal = {
  code: 'STAFF_PIN_AGED',
  message: 'This PIN is what your badge says, so that whoever has the badge could sign in. Choose another PIN.',
  subject: 'newPin',
};

/** As `badgeIsPinRefusal`, where no other PIN can be chosen. */
export function badgeOpensNothing({ name }: Person): Refusal {
  const message = `The PIN of ${name} is what their badge says, so that it opens nothing here. They choose another (tap the name at the top, “Change my PIN…”), or have the badge taken away (Home, “Add or change people”).`;
  return { code: 'STAFF_BADGE_TAKEN', message, subject: 'pin' };
}

/** Why this badge cannot become this person's, or null. Of somebody whose access was ended it goes to whoever is given it next. */
export function badgeRefusal(directory: StaffDirectory, personId: PersonId, badgeHash: string): Refusal | null {
  const holder = badgeHolder(directory, badgeHash);
  if (holder === null || (holder.ended !== null && holder.personId !== personId)) return null;
  const message =
    holder.personId === personId
      ? `${holder.name} has this badge already.`
      : `This is the badge of ${holder.name}. Take it away from them first, or read another one.`;
  return { code: 'STAFF_BADGE_TAKEN', message, subject: 'code' };
}

/** Why there is no badge of this person to take away, or null. */
export function noBadgeRefusal({ badgeHash, name }: Person): Refusal | null {
  if (badgeHash !== null) return null;
  return { code: 'STAFF_BADGE_UNKNOWN', message: `${name} has no badge.`, subject: 'personId' };
}
