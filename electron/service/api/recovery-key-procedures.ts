import { RefusedError, type Refusal } from '../../../shared/contract/contract-errors.ts';
import type { SecondPerson } from '../../../shared/contract/typed-pin.ts';
import type { Confirmed } from '../recorder/recovery-keys.ts';
import { keyConfirmationRefusal, keyConfirmers } from '../staff/makers.ts';
import { peopleAt, type CallContext, type SeatedPerson } from './call-context.ts';
import { checkSecondPerson } from './check-pin.ts';
import { chosenOf, contract, inUse, requireActor, requireReader } from './procedure.ts';

const task = 'keep-recovery-keys';

const list = contract.recoveryKeys.list.handler(({ context }) => {
  const reader = requireReader(context, task);
  const { recoveryKeys, recorder } = context.host.room;
  return { keys: [...recoveryKeys.views], leftOut: [...recoveryKeys.leftOut], confirmers: [...keyConfirmers(recorder.staff, reader)] };
});

const begin = contract.recoveryKeys.begin.handler(async ({ context, input }) => {
  const keeper = requireActor(context, task);
  const confirmed = await confirmedBy(context, keeper, input.confirm);
  return context.host.room.recoveryKeys.begin(input.name, keeper.personId, confirmed);
});

const typeBack = contract.recoveryKeys.typeBack.handler(({ context, input }) => {
  const { recoveryKeys } = context.host.room;
  const typist = recoveryKeys.typistOf(input.ceremonyId);
  if (typist === undefined) requireActor(context, task);
  else if (typist !== null)
    inUse(
      context,
      chosenOf(peopleAt(context), ({ personId }) => (personId === typist ? null : notTheirs)),
    );
  recoveryKeys.typeBack(input.ceremonyId, input.groups);
  return {};
});

const leave = contract.recoveryKeys.leave.handler(({ context, input }) => {
  context.host.room.recoveryKeys.leave(input.ceremonyId);
  return {};
});

const notTheirs: Refusal = { code: 'STAFF_NOT_ALLOWED', message: 'Whoever began this recovery key types it back. Ask them to sign in.' };

const remove = contract.recoveryKeys.remove.handler(async ({ context, input }) => {
  const keeper = requireActor(context, task);
  const confirmed = await confirmedBy(context, keeper, input.confirm);
  context.host.room.recoveryKeys.remove(input.keyId, keeper.personId, confirmed);
  return {};
});

async function confirmedBy(context: CallContext, keeper: SeatedPerson, confirm: SecondPerson | undefined): Promise<Confirmed> {
  const { room } = context.host;
  const refusal = keyConfirmationRefusal(room.recorder.staff, keeper, confirm?.personId ?? null);
  if (refusal !== null) throw new RefusedError(refusal);
  if (confirm === undefined) return {};
  const personId = await checkSecondPerson(context, keeper.personId, confirm);
  return { confirmedBy: { personId, name: room.recorder.staff.people.get(personId)?.name ?? '' } };
}

export const recoveryKeyProcedures = { list, begin, typeBack, leave, remove };
