import { contract, requireReader } from './procedure.ts';

const read = contract.signing.read.handler(({ context, input }) => {
  requireReader(context, 'read-records');
  return context.host.room.records.signing(input.sessionId);
});

const history = contract.signing.history.handler(({ context, input }) => {
  requireReader(context, 'read-records');
  return context.host.room.records.history(input.sessionId);
});

export const signingProcedures = { read, history };
