import type { Refusal } from '../../../shared/contract/contract-errors.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import { actingPerson } from './authentication.ts';
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
  const after = changed(directory, personId, { ended: { atMs: 0, by: 'service', reason: null } });
  return keepingRefusal(directory, after, person);
}

/** Why this person cannot be given access again, or null. */
export function givingRefusal({ ended, name }: Person): Refusal | null {
  if (ended !== null) return null;
  return { code: 'STAFF_HAS_ACCESS', message: `${name} can sign in here already.`, subject: 'personId' };
}
