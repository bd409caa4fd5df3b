import type { Refusal } from '../../../shared/contract/contract-errors.ts';
import type { Role } from '../../../shared/contract/board/people.ts';
import type { PinAge } from '../../../shared/contract/pin-age.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import type { NewEvent, RoomEventKind } from '../session/events/session-event.ts';
import { lockedOutMs, type LockoutClock } from './lockout.ts';
import { hasOwnPin, type Person, type StaffDirectory } from './person.ts';
import { waitText, type PinTries } from './pin-tries.ts';
import { pinRefusal } from './pin.ts';

/**
 * Who someone is. Hashing takes half a second and lives in `platform/pin-hash.ts`, so a sign-in has two steps:
 *
 *   signInObstacle (is it worth hashing?) → verify the PIN, asynchronously → decideSignIn
 */

/** Events to write, and also the refusal when the PIN was wrong: a refused sign-in is itself recorded. */
export interface SignInDecision {
  readonly events: readonly NewEvent<RoomEventKind>[];
  readonly refusal: Refusal | null;
}

/** Somebody who may act here at all: known, and with access. */
export function actingPerson(directory: StaffDirectory, personId: PersonId): Person | { readonly refusal: Refusal } {
  const person = directory.people.get(personId);
  if (person === undefined) {
    return {
      refusal: {
        code: 'STAFF_UNKNOWN',
        message: 'This person is not known in this room. Choose a name from the list.',
        subject: 'personId',
      },
    };
  }
  if (person.ended === null) return person;
  const message = `The access of ${person.name} was ended, so that nothing is recorded in this name any more. What was recorded before stays as it is.`;
  return { refusal: { code: 'STAFF_ACCESS_ENDED', message, subject: 'personId' } };
}

/**
 * Why this person cannot sign in now, whatever PIN they type; null when a PIN may be tried.
 *
 * @param own their wrong PINs at a page where they sit or sat, which are counted there by themselves; null elsewhere
 */
export function signInObstacle(
  directory: StaffDirectory,
  personId: PersonId,
  clock: LockoutClock,
  own: PinTries | null = null,
): Refusal | null {
  const person = actingPerson(directory, personId);
  if ('refusal' in person) return person.refusal;
  const lockedMs = own === null ? lockedOutMs(directory.signIns, personId, clock) : own.waitMs(clock.monoMs);
  if (lockedMs === 0) return null;
  const message = `Too many wrong PINs. Try again in ${waitText(lockedMs)}, or let someone else sign in.`;
  return { code: 'STAFF_LOCKED_OUT', message, subject: 'personId' };
}

/** Decides a sign-in once the PIN was compared. Asks for the obstacle again: others may have tried meanwhile. */
export function decideSignIn(
  directory: StaffDirectory,
  personId: PersonId,
  pinMatches: boolean,
  clock: LockoutClock,
  own: PinTries | null = null,
): SignInDecision {
  const obstacle = signInObstacle(directory, personId, clock, own);
  if (obstacle !== null) return { events: [], refusal: obstacle };
  if (pinMatches) return { events: [{ kind: 'signed-in', body: { personId } }], refusal: null };
  const refusal: Refusal = { code: 'STAFF_WRONG_PIN', message: 'That is not the PIN of this person. Type it again.', subject: 'pin' };
  return { events: [{ kind: 'sign-in-refused', body: { personId } }], refusal };
}

/** What a right first PIN is answered: it opens the choice of another, and nothing else. */
export const firstPinRefusal: Refusal = {
  code: 'STAFF_FIRST_PIN',
  message: 'Somebody else chose this PIN. Choose your own now; until then it opens nothing.',
  subject: 'newPin',
};

/** Why a PIN cannot be the one that its owner signs with from now on, or null. */
export function newPinRefusal(person: Person, pin: string, newPin: string): Refusal | null {
  if (hasOwnPin(person)) {
    return { code: 'STAFF_NOT_ALLOWED', message: `${person.name} has a PIN of their own already. Sign in with it.`, subject: 'newPin' };
  }
  if (newPin === pin) {
    return { code: 'STAFF_PIN_SAME', message: 'That is the PIN that somebody else knows. Choose another one.', subject: 'newPin' };
  }
  const weak = pinRefusal(newPin);
  return weak === null ? null : { ...weak, subject: 'newPin' };
}

/** Why somebody cannot change their own PIN to this one, or null. */
export function ownPinRefusal(pin: string, newPin: string): Refusal | null {
  if (newPin === pin) return { code: 'STAFF_PIN_SAME', message: 'That is the PIN that you have. Choose another one.', subject: 'newPin' };
  const weak = pinRefusal(newPin);
  return weak === null ? null : { ...weak, subject: 'newPin' };
}

/** Why somebody chooses another PIN before they sign in with this one, or null. By the wall clock: nobody's PIN ages in a session. */
export function agedPinRefusal({ pinSinceMs }: Person, { days }: PinAge, nowMs: UtcMs): Refusal | null {
  if (days === null || nowMs - pinSinceMs < days * dayMs) return null;
  const message = `Your PIN is ${Math.floor((nowMs - pinSinceMs) / dayMs)} days old, and this clinic asks for another after ${days}. Choose it now.`;
  return { code: 'STAFF_PIN_AGED', message, subject: 'newPin' };
}

const dayMs = 86_400_000;

/** A PIN that somebody else chose signs for nobody: who typed it cannot be told from who gave it. */
export function standByObstacle(directory: StaffDirectory, personId: PersonId): Refusal | null {
  const person = directory.people.get(personId);
  if (person === undefined || hasOwnPin(person)) return null;
  const message = `${person.name} has a first PIN, which somebody else knows. They sign in by themselves once and choose their own; then they can stand by here.`;
  return { code: 'STAFF_FIRST_PIN', message, subject: 'personId' };
}

/** As `decideSignIn`, for a second person on somebody else's page: they take no seat. */
export function decideSecondPersonPin(
  directory: StaffDirectory,
  personId: PersonId,
  pinMatches: boolean,
  clock: LockoutClock,
  own: PinTries | null = null,
): SignInDecision {
  const decision = decideSignIn(directory, personId, pinMatches, clock, own);
  return decision.refusal === null ? { events: [{ kind: 'witness-authenticated', body: { personId } }], refusal: null } : decision;
}

export function decideSignOut(directory: StaffDirectory, personId: PersonId, cause: 'asked' | 'idle' | 'replaced'): SignInDecision {
  if (!directory.present.includes(personId)) {
    return { events: [], refusal: { code: 'STAFF_NOT_SIGNED_IN', message: 'This person is not signed in.', subject: 'personId' } };
  }
  return { events: [{ kind: 'signed-out', body: { personId, cause } }], refusal: null };
}

export interface NewPerson {
  readonly name: string;
  readonly role: Role;
}

/** Why a person cannot be added; null when the PIN may be hashed. Two of one name could sign for each other. */
export function addPersonObstacle(directory: StaffDirectory, person: NewPerson, pin: string): Refusal | null {
  return nameRefusal(directory, person.name) ?? pinRefusal(pin);
}

/**
 * Why nobody but `except` can be called so. The name of somebody whose access was ended stays theirs, and so does one that
 * somebody had before: their records have it.
 */
export function nameRefusal(directory: StaffDirectory, name: string, except: PersonId | null = null): Refusal | null {
  if (!/[\p{L}\p{N}]/u.test(name) || notOfOneLine.test(name)) {
    const message = 'A name is one line with a letter in it, and without signs that are not seen. Type it anew.';
    return { code: 'STAFF_NAME_UNSEEN', message, subject: 'name' };
  }
  const wanted = asSeen(name);
  const same = [...directory.people.values()].find(
    ({ personId, names }) => personId !== except && names.some((one) => asSeen(one.name) === wanted),
  );
  if (same === undefined) return null;
  const message =
    same.ended !== null
      ? `"${name}" had access here before. Give it again to them, or add something that tells the two apart.`
      : asSeen(same.name) === wanted
        ? `"${name}" is in the list already. Add something that tells the two apart.`
        : `${same.name} was called "${name}" before, and has records under that name. Add something that tells the two apart.`;
  return { code: 'STAFF_NAME_TAKEN', message, subject: 'name' };
}

/** Ends of lines, and signs that turn the direction of the words beside them. */
const notOfOneLine = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;

/** Names that nobody can tell apart are one: by forms of a letter, by spaces, by signs that are not seen. */
function asSeen(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .toLowerCase();
}
