import type { Role } from '../../../shared/contract/board/people.ts';
import type { Refusal } from '../../../shared/contract/contract-errors.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import { actingPerson, nameRefusal } from './authentication.ts';
import { lockedOutMs, type LockoutClock } from './lockout.ts';
import { keepingRefusal } from './makers.ts';
import { changed, type Person, type StaffDirectory } from './person.ts';

/** Who can sign in over the years. Who may change that is who may make such a person (`makers.ts`); here is what stands against it besides. */

/** Why nothing of this person's sign-in can be changed, or null: they are not here, or no more. */
export function accessRefusal(directory: StaffDirectory, personId: PersonId): Refusal | null {
  const person = actingPerson(directory, personId);
  return 'refusal' in person ? person.refusal : null;
}

/** Why this person's access cannot be ended, whoever asks, or null. */
export function endingRefusal(directory: StaffDirectory, personId: PersonId): Refusal | null {
  const person = actingPerson(directory, personId);
  if ('refusal' in person) return person.refusal;
  const after = changed(directory, personId, { ended: { atMs: 0, by: null, reason: null } });
  return keepingRefusal(directory, after, person);
}

/** What is to be different of a person from now on. */
export interface PersonChange {
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
}

/** Why this person cannot be called so or be in this role, whoever asks, or null. `by`: who asks. */
export function changingRefusal(directory: StaffDirectory, personId: PersonId, { name, role }: PersonChange, by: PersonId): Refusal | null {
  const person = actingPerson(directory, personId);
  if ('refusal' in person) return person.refusal;
  const taken = name === undefined ? null : nameRefusal(directory, name, personId);
  if (taken !== null || role === undefined || role === person.role) return taken;
  if (by === personId) {
    return { code: 'STAFF_NOT_ALLOWED', message: 'Nobody gives themselves a role. Somebody else does it for you.', subject: 'role' };
  }
  return keepingRefusal(directory, changed(directory, personId, { role }), person);
}

/** Why there is no lockout of this person to end, whoever asks, or null. `by`: who asks. */
export function endingLockoutRefusal(directory: StaffDirectory, personId: PersonId, clock: LockoutClock, by: PersonId): Refusal | null {
  const person = actingPerson(directory, personId);
  if ('refusal' in person) return person.refusal;
  if (by === personId) {
    return { code: 'STAFF_NOT_ALLOWED', message: 'Nobody ends their own lockout. Somebody else does it for you.', subject: 'personId' };
  }
  if (lockedOutMs(directory.signIns, personId, clock) > 0) return null;
  return { code: 'STAFF_NOT_LOCKED_OUT', message: `${person.name} is not locked out, and can sign in.`, subject: 'personId' };
}

/** Why this person cannot be given access again, or null. */
export function givingRefusal({ ended, name }: Person): Refusal | null {
  if (ended !== null) return null;
  return { code: 'STAFF_HAS_ACCESS', message: `${name} can sign in here already.`, subject: 'personId' };
}
