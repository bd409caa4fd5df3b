import type { Refusal } from '../../../shared/contract/contract-errors.ts';
import { isRank, madeBy } from '../../../shared/contract/role-table.ts';
import { roles, type Role } from '../../../shared/contract/board/people.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import { hasOwnPin, peopleWithAccess, type Person, type StaffDirectory } from './person.ts';

/**
 * Who makes whom. The table by roles stands in `shared/contract/role-table.ts`; here is what it takes besides: whoever
 * set the room up can always add people, and nobody makes a prescriber or IT alone while somebody could stand by.
 */

export interface Making {
  readonly role: Role;
  /** One of them confirms with their own PIN; empty where nobody has to, or where nobody else is there. */
  readonly confirmers: readonly PersonId[];
}

/** What this person may make, or give a first PIN again; `about`: the person whose PIN it is. */
export function makingsOf(directory: StaffDirectory, maker: Person, about: PersonId | null = null): readonly Making[] {
  return roles
    .filter((role) => mayMake(directory, maker, role, about))
    .map((role) => ({ role, confirmers: confirmersOf(directory, maker, role, about) }));
}

/** Why this person cannot make somebody of this role, whoever stands by, or null. */
export function makingRefusal(directory: StaffDirectory, maker: Person, role: Role, about: PersonId | null = null): Refusal | null {
  if (mayMake(directory, maker, role, about)) return null;
  const who = madeBy[role].map((name) => roleNames[name]).join(' or ');
  const message = `Adding ${roleNames[role]}, or changing one, is not for ${roleNames[maker.role]}. Ask ${who} to sign in for it.`;
  return { code: 'STAFF_NOT_ALLOWED', message, subject: 'role' };
}

/** Why this confirmer, or none, is not enough; null where they are. */
export function confirmationRefusal(
  directory: StaffDirectory,
  maker: Person,
  role: Role,
  confirmerId: PersonId | null,
  about: PersonId | null = null,
): Refusal | null {
  const why = `Nobody adds ${roleNames[role]}, or changes one, alone`;
  return unconfirmed(directory, confirmersOf(directory, maker, role, about), confirmerId, why);
}

/**
 * Of whom one confirms that this person is given a first PIN anew: with the maker they are two, one of the ranks. A PIN
 * that is replaced takes what its owner had, so that it takes more than adding somebody does.
 */
export function resetConfirmers(directory: StaffDirectory, maker: Person, about: Person): readonly PersonId[] {
  const others = othersWithPin(directory, maker, about.personId);
  const isWanted = (role: Role): boolean => (isRank(maker.role) && !isRank(about.role) ? madeBy[about.role].includes(role) : isRank(role));
  const wanted = others.filter(({ role }) => isWanted(role));
  return (wanted.length > 0 ? wanted : others).map(({ personId }) => personId);
}

/** Why this confirmer, or none, is not enough for a PIN anew; null where they are. */
export function resetConfirmationRefusal(
  directory: StaffDirectory,
  maker: Person,
  about: Person,
  confirmerId: PersonId | null,
): Refusal | null {
  return unconfirmed(directory, resetConfirmers(directory, maker, about), confirmerId, 'Nobody gives a PIN anew alone');
}

/** Of whom one confirms a change of the printed keys: somebody of the ranks, or anybody else beside one of them. */
export function keyConfirmers(directory: StaffDirectory, keeper: Person): readonly PersonId[] {
  const others = othersWithPin(directory, keeper, null);
  const wanted = isRank(keeper.role) ? others : others.filter(({ role }) => isRank(role));
  return (wanted.length > 0 ? wanted : others).map(({ personId }) => personId);
}

/** Why this confirmer, or none, is not enough for a change of the printed keys; null where they are. */
export function keyConfirmationRefusal(directory: StaffDirectory, keeper: Person, confirmerId: PersonId | null): Refusal | null {
  return unconfirmed(directory, keyConfirmers(directory, keeper), confirmerId, 'Nobody changes the recovery keys alone');
}

function unconfirmed(
  directory: StaffDirectory,
  confirmers: readonly PersonId[],
  confirmerId: PersonId | null,
  why: string,
): Refusal | null {
  if (confirmers.length === 0 || (confirmerId !== null && confirmers.includes(confirmerId))) return null;
  const names = confirmers.map((personId) => directory.people.get(personId)?.name ?? '').join(' or ');
  return { code: 'STAFF_WITNESS_REQUIRED', message: `${why}: ${names} confirms it with their own PIN.`, subject: 'confirm' };
}

function mayMake(directory: StaffDirectory, maker: Person, role: Role, about: PersonId | null): boolean {
  if (madeBy[role].includes(maker.role)) return true;
  if (maker.personId !== directory.holder) return false;
  return !isRank(role) || !othersWithPin(directory, maker, about).some((person) => isRank(person.role));
}

/** Somebody else of the ranks; where there is none yet, anybody else who has a PIN of their own. */
function confirmersOf(directory: StaffDirectory, maker: Person, role: Role, about: PersonId | null): readonly PersonId[] {
  if (!isRank(role)) return [];
  const others = othersWithPin(directory, maker, about);
  const ofRank = others.filter((person) => isRank(person.role));
  return (ofRank.length > 0 ? ofRank : others).map(({ personId }) => personId);
}

function othersWithPin(directory: StaffDirectory, maker: Person, about: PersonId | null): readonly Person[] {
  return peopleWithAccess(directory).filter(
    (person) => hasOwnPin(person) && person.personId !== maker.personId && person.personId !== about,
  );
}

/**
 * Why the room cannot become `after`, or null: somebody is left who can make every role that can be made now. Without
 * that a clinic would have a room to which it can add nobody.
 */
export function keepingRefusal(before: StaffDirectory, after: StaffDirectory, about: Person): Refusal | null {
  const lost = roles.filter((role) => canBeMade(before, role) && !canBeMade(after, role));
  if (lost.length === 0) return null;
  const message = `Without ${about.name} nobody here could add ${lost.map((role) => roleNames[role]).join(' or ')}. Somebody else who can has to be here first, with a PIN of their own.`;
  return { code: 'STAFF_LAST_ONE', message, subject: 'personId' };
}

function canBeMade(directory: StaffDirectory, role: Role): boolean {
  return peopleWithAccess(directory).some((person) => hasOwnPin(person) && mayMake(directory, person, role, null));
}

const roleNames: Readonly<Record<Role, string>> = { nurse: 'a nurse', therapist: 'a therapist', prescriber: 'a prescriber', it: 'IT' };
