import type { CommandId, PersonId } from '../../../shared/values/ids.ts';
import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import type { DrugLogView } from '../../../shared/contract/drug-log-view.ts';
import { commandOf } from '../recorder/command.ts';
import { decideCount, decideDisposal, decideReceipt, type DrugLogWitness } from '../session/room/drug-log.ts';
import type { RoomDecision } from '../session/room/decide-room.ts';
import { actingPerson } from '../staff/authentication.ts';
import { secondPersonRefusal } from '../staff/roles.ts';
import { inTurns } from '../platform/in-turns.ts';
import type { CallContext, OpenRoom } from './call-context.ts';
import { checkSecondPerson } from './check-pin.ts';
import { contract, requireActor, requireReader } from './procedure.ts';

const view = contract.drugLog.view.handler(({ context }) => {
  requireReader(context, 'read-drug-log');
  return viewOf(context.host.room);
});

const receive = contract.drugLog.receive.handler(({ context, input }) =>
  record(context, 'drugLog.receive', input, (witness) => decideReceipt(input, witness)),
);

const count = contract.drugLog.count.handler(({ context, input }) =>
  record(context, 'drugLog.count', input, (witness) => decideCount(input, context.host.room.drugLog.balanceUg(input.stock), witness)),
);

const dispose = contract.drugLog.dispose.handler(({ context, input }) =>
  record(context, 'drugLog.dispose', input, (witness) => decideDisposal(input, context.host.room.drugLog.balanceUg(input.stock), witness)),
);

interface DrugLogCall {
  readonly commandId: CommandId;
  readonly witness: { readonly personId: PersonId; readonly pin: string };
}

/**
 * Checks both people and reads the log, then decides and records without waiting in between. A repeated call is answered
 * from the log and writes nothing.
 */
async function record(context: CallContext, procedure: string, call: DrugLogCall, decide: (witness: DrugLogWitness) => RoomDecision) {
  const by = requireActor(context, 'keep-drug-log').personId;
  const { room } = context.host;
  const { commandId, witness, ...content } = call;
  const command = commandOf(commandId, procedure, by, { ...content, witnessId: witness.personId });
  if (room.recorder.recall(command) === null) {
    const secondPersonId = await checkSecondPerson(context, by, witness);
    await inTurns(room.drugLog.gather());
    const person = actingPerson(room.recorder.staff, secondPersonId);
    if ('refusal' in person) throw new RefusedError(person.refusal);
    const refusal = secondPersonRefusal(person.role, 'controlled-drugs', room.recorder.room.secondPersons);
    if (refusal !== null) throw new RefusedError(refusal);
    room.recorder.recordRoom(decide({ personId: secondPersonId, name: person.name }), by, command);
  }
  return viewOf(room);
}

async function viewOf({ drugLog }: OpenRoom): Promise<DrugLogView> {
  await inTurns(drugLog.gather());
  return drugLog.view();
}

export const drugLogProcedures = { view, receive, count, dispose };
