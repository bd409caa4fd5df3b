import { recordFigures } from '../export/record-figures.ts';
import { commandOfAct } from '../recorder/act.ts';
import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import { doseView } from '../projection/session-section.ts';
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
  const { commandId, sessionId, command, witness, ownPin, answers } = input;
  const act = { commandId, personId, witnessId: witness?.personId ?? null, answers };
  // This very call over again is answered from the log: nothing is signed by it, and nobody is asked for a PIN twice.
  if (room.recorder.recall(commandOfAct(act, sessionId, command)) !== null) return room.recorder.execute(act, sessionId, command);
  if (witness !== undefined) await checkWitness(room, personId, witness);
  const ownPinChecked = ownPin !== undefined && (await checkPin(room, personId, ownPin, 'witness'));
  return room.recorder.execute({ ...act, ownPinChecked }, sessionId, command);
});

const preview = contract.session.preview.handler(({ context, input }) => {
  const personId = requirePerson(context);
  const { sessionId, command } = input;
  const foreseen = context.host.room.recorder.foresee(personId, sessionId, command);
  if ('refusal' in foreseen) {
    // Whoever may not do it is told nothing of what it would do.
    if (foreseen.refusal.code === 'STAFF_NOT_ALLOWED') throw new RefusedError(foreseen.refusal);
    return { dose: null, doubts: [], refusal: foreseen.refusal };
  }
  return { dose: doseView(foreseen.after, foreseen.protocol), doubts: [...foreseen.decision.doubts], refusal: null };
});

const list = contract.session.list.handler(({ context }) => {
  requireReader(context);
  return [...context.host.room.records.list()];
});

const record = contract.session.record.handler(({ context, input }) => {
  requireReader(context);
  const { room } = context.host;
  const now = room.clock.now();
  const state = room.recorder.sessions.find(input.sessionId);
  const { session: section, trend } = room.records.record(input.sessionId);
  if (state === null) throw new Error('a session that was drawn is not there');
  return { session: section, trend, now, facts: recordFigures({ state, section, trend, nowMs: now.utcMs }) };
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

export const sessionProcedures = { open, execute, preview, list, record, waves, protocols };
