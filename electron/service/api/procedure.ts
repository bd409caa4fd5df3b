import { implement, ORPCError } from '@orpc/server';
import { RefusedError, type Refusal } from '../../../shared/contract/contract-errors.ts';
import { roomContract } from '../../../shared/contract/room-contract.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import { errorForLog } from '../platform/error-for-log.ts';
import { personAt, type CallContext } from './call-context.ts';

/** Every refusal leaves as the contract's one declared error. */
export const contract = implement(roomContract)
  .$context<CallContext>()
  .use(async ({ context, next, path }) => {
    try {
      return await next();
    } catch (error) {
      if (error instanceof RefusedError) throw refusedError(error.refusal);
      if (!(error instanceof ORPCError)) context.host.log.error('call-failed', { path: path.join('.'), error: errorForLog(error) });
      throw error;
    }
  });

function refusedError(refusal: Refusal): Error {
  return new ORPCError('REFUSED', { defined: true, status: 422, message: refusal.message, data: refusal });
}

/** The signed-in person, or a refusal that asks for a sign-in. */
export function requirePerson(context: CallContext): PersonId {
  const personId = personAt(context);
  if (personId === null) {
    throw new RefusedError({
      code: 'STAFF_NOT_SIGNED_IN',
      message: 'Nobody is signed in on this page. Sign in with your PIN, then try again.',
    });
  }
  return personId;
}
