import { inTurns } from '../platform/in-turns.ts';
import { contract, requireReader } from './procedure.ts';

const read = contract.signing.read.handler(async ({ context, input }) => {
  requireReader(context, 'read-records');
  await inTurns(context.host.room.gatherRecord(input.sessionId));
  return context.host.room.records.signing(input.sessionId);
});

const history = contract.signing.history.handler(({ context, input }) => {
  requireReader(context, 'read-records');
  return context.host.room.records.history(input.sessionId);
});

export const signingProcedures = { read, history };
