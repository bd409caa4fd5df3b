import { RefusedError, type Refusal } from '../../../shared/contract/contract-errors.ts';
import type { PersonView, Role } from '../../../shared/contract/board/people.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import { confirmationRefusal, makingRefusal } from '../staff/makers.ts';
import type { Person } from '../staff/person.ts';
import { peopleAt, type CallContext, type OpenRoom, type SeatedPerson } from './call-context.ts';
import { checkSecondPerson } from './check-pin.ts';
import { chosenOf, inUse, requireSomebody } from './procedure.ts';

/** Whoever at this page may change something of this person, and may make one of the role that they come to. */
export function changerOf(context: CallContext, personId: PersonId, confirm: Confirm, to?: Role): PersonId {
  requireSomebody(context);
  const { role } = personOf(context.host.room, personId);
  return makerOf(context, to === undefined || to === role ? [role] : [role, to], confirm, personId);
}

export function refuse(refusal: Refusal | null): void {
  if (refusal !== null) throw new RefusedError(refusal);
}

type Confirm = Parameters<typeof checkSecondPerson>[2] | undefined;

/** Whoever at this page may make somebody of each of these roles, for whom another confirms it where that takes one. */
export function makerOf(context: CallContext, made: readonly Role[], confirm: Confirm, about: PersonId | null): PersonId {
  const { staff } = context.host.room.recorder;
  const maker = makerAt(context, made, about);
  refuse(firstOf(made, (role) => confirmationRefusal(staff, maker, role, confirm?.personId ?? null, about)));
  return inUse(context, maker).personId;
}

export function makerAt(context: CallContext, made: readonly Role[], about: PersonId | null): SeatedPerson {
  const { staff } = context.host.room.recorder;
  return chosenOf(peopleAt(context), (person) => firstOf(made, (role) => makingRefusal(staff, person, role, about)));
}

function firstOf(made: readonly Role[], refusalOf: (role: Role) => Refusal | null): Refusal | null {
  return made.map(refusalOf).find((refusal) => refusal !== null) ?? null;
}

/** Their own PIN, as that of any second person. */
export async function confirmedBy(context: CallContext, by: PersonId, confirm: Confirm) {
  if (confirm === undefined) return {};
  const { personId, name } = viewOf(context.host.room, await checkSecondPerson(context, by, confirm));
  return { confirmedBy: { personId, name } };
}

export function viewOf(room: OpenRoom, personId: PersonId): PersonView {
  const { name, role } = personOf(room, personId);
  return { personId, name, role };
}

export function personOf({ recorder }: OpenRoom, personId: PersonId): Person {
  const person = recorder.staff.people.get(personId);
  if (person === undefined) throw new RefusedError({ code: 'STAFF_UNKNOWN', message: 'This person is not known in this room.' });
  return person;
}
