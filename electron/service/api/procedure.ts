import { implement, ORPCError } from '@orpc/server';
import { RefusedError, type Refusal } from '../../../shared/contract/contract-errors.ts';
import { roomContract } from '../../../shared/contract/room-contract.ts';
import { errorForLog } from '../platform/error-for-log.ts';
import type { RoomTask } from '../../../shared/contract/role-table.ts';
import { roomRoleRefusal } from '../staff/roles.ts';
import { peopleAt, type CallContext, type SeatedPerson } from './call-context.ts';
import { noteLook } from './note-look.ts';

/** Every refusal leaves as the contract's one declared error, and every answer from a record is noted as a look at it. */
export const contract = implement(roomContract)
  .$context<CallContext>()
  .use(async ({ context, next, path }, input) => {
    try {
      const [front] = peopleAt(context);
      const result = await next();
      noteLook(context, front, path, input, result.output);
      return result;
    } catch (error) {
      if (error instanceof RefusedError) throw refusedError(error.refusal);
      if (!(error instanceof ORPCError)) context.host.log.error('call-failed', { path: path.join('.'), error: errorForLog(error) });
      const notRead = context.host.room.recorder.storage.refusalOfRead(error);
      if (notRead !== null) throw refusedError(notRead);
      throw error;
    }
  });

function refusedError(refusal: Refusal): Error {
  return new ORPCError('REFUSED', { defined: true, status: 422, message: refusal.message, data: refusal });
}

/**
 * Who at this page reads what the task is about: whoever is in front, as the board is theirs. Reading is no use of a
 * seat: a screen asks again and again by itself. Throws `RefusedError` where nobody sits here, or nobody who may.
 */
export function requireReader(context: CallContext, task: RoomTask): SeatedPerson {
  return chosenOf(peopleAt(context).slice(0, 1), ({ role }) => roomRoleRefusal(role, task));
}

/** As `requireReader`, for what whoever is in front does for themselves alone: their seat is in use. */
export function requireFront(context: CallContext, task: RoomTask): SeatedPerson {
  return inUse(context, requireReader(context, task));
}

/** Whose act it is, of everybody at this page; whoever is in front comes first. Their seat is in use. */
export function requireActor(context: CallContext, task: RoomTask): SeatedPerson {
  return inUse(
    context,
    chosenOf(peopleAt(context), ({ role }) => roomRoleRefusal(role, task)),
  );
}

/** Somebody, in whatever role. */
export function requireSomebody(context: CallContext): SeatedPerson {
  return chosenOf(peopleAt(context), () => null);
}

export function inUse(context: CallContext, person: SeatedPerson): SeatedPerson {
  context.host.room.seats.use(person.seat);
  return person;
}

/** Of several at one page, the first who may; the refusal of the first where nobody may. */
export function chosenOf(people: readonly SeatedPerson[], refusalOf: (person: SeatedPerson) => Refusal | null): SeatedPerson {
  const [first] = people;
  if (first === undefined) {
    throw new RefusedError({
      code: 'STAFF_NOT_SIGNED_IN',
      message: 'Nobody is signed in on this page. Sign in with your PIN, then try again.',
    });
  }
  const able = people.find((person) => refusalOf(person) === null);
  const refusal = able === undefined ? refusalOf(first) : null;
  if (refusal !== null) throw new RefusedError(refusal);
  return able ?? first;
}
