import type { CallContext } from './call-context.ts';
import { contract, requirePerson } from './procedure.ts';

const read = contract.signing.read.handler(({ context, input }) => {
  requireReader(context);
  return context.host.room.records.signing(input.sessionId);
});

const history = contract.signing.history.handler(({ context, input }) => {
  requireReader(context);
  return context.host.room.records.history(input.sessionId);
});

function requireReader(context: CallContext): void {
  context.host.room.recorder.requireRole(requirePerson(context), 'read-records');
}

export const signingProcedures = { read, history };
