import type { CallContext } from './call-context.ts';
import { checkPin, checkWitness } from './check-pin.ts';
import { contract, requirePerson } from './procedure.ts';

const open = contract.session.open.handler(({ context, input }) => {
  const personId = requirePerson(context);
  const { commandId, ...opening } = input;
  return { sessionId: context.host.room.recorder.openSession({ commandId, personId }, opening) };
});

const execute = contract.session.execute.handler(async ({ context, input }) => {
  const personId = requirePerson(context);
  const { room } = context.host;
  const { commandId, sessionId, command, witness, ownPin } = input;
  // A repeated call is answered from the log; whoever witnessed it need not be asked again.
  const isRepeated = witness !== undefined && room.recorder.findCommand(commandId).length > 0;
  const ownPinChecked = ownPin !== undefined;
  if (ownPinChecked && room.recorder.findCommand(commandId).length === 0) await checkPin(room, personId, ownPin, 'witness');
  const witnessId = witness === undefined || isRepeated ? null : await checkWitness(room, personId, witness);
  return room.recorder.execute({ commandId, personId, witnessId, ownPinChecked }, sessionId, command);
});

const list = contract.session.list.handler(({ context }) => {
  requireReader(context);
  return [...context.host.room.records.list()];
});

const record = contract.session.record.handler(({ context, input }) => {
  requireReader(context);
  const { records, clock } = context.host.room;
  return { ...records.record(input.sessionId), now: clock.now() };
});

const waves = contract.session.waves.handler(({ context, input }) => {
  requireReader(context);
  const { sessionId, fromMs, lengthMs } = input;
  return context.host.room.waveWindow(sessionId, fromMs, fromMs + lengthMs);
});

const protocols = contract.session.protocols.handler(({ context }) => [...context.host.room.records.protocols()]);

function requireReader(context: CallContext): void {
  context.host.room.recorder.requireRole(requirePerson(context), 'read-records');
}

export const sessionProcedures = { open, execute, list, record, waves, protocols };
