import { recordFigures } from '../export/record/record-figures.ts';
import { commandOfAct, type Act } from '../recorder/act.ts';
import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import { doseView } from '../projection/session-view.ts';
import type { SessionCommand } from '../../../shared/contract/session-commands.ts';
import type { CommandId, PersonId, SessionId } from '../../../shared/values/ids.ts';
import { peopleAt, type CallContext, type OpenRoom, type SeatedPerson } from './call-context.ts';
import { checkPin, checkSecondPerson } from './check-pin.ts';
import { inTurns } from '../platform/in-turns.ts';
import { passOn } from './page-seats.ts';
import { chosenOf, contract, inUse, requireActor, requireReader } from './procedure.ts';

const open = contract.session.open.handler(({ context, input }) => {
  const { personId } = requireActor(context, 'open-session');
  const { commandId, ...opening } = input;
  return { sessionId: context.host.room.recorder.openSession({ commandId, personId }, opening) };
});

const execute = contract.session.execute.handler(async ({ context, input }) => {
  const { room } = context.host;
  const { commandId, sessionId, command, witness, ownPin, answers } = input;
  const { personId: seatedId } = actorOf(context, sessionId, command);
  const personId = whoHandedOver(room, seatedId, input) ?? seatedId;
  const act: Act = { commandId, personId, secondPersonId: witness?.personId ?? null, answers };
  // A repeated call is answered from the log. Nothing is signed by it, so no PIN is checked again.
  if (room.recorder.recall(commandOfAct(act, sessionId, command)) !== null) return room.recorder.execute(act, sessionId, command);
  if (witness !== undefined) await checkSecondPerson(context, personId, witness);
  const ownPinChecked = ownPin !== undefined && (await checkPin(context, personId, ownPin, 'second-person'));
  // For a record that is signed or amended; of a session that goes on nothing has to be gathered.
  await inTurns(room.gatherRecord(sessionId));
  const recorded = room.recorder.execute({ ...act, ownPinChecked }, sessionId, command);
  if (command.type === 'hand-over' && witness !== undefined) passOn(context, personId, witness.personId);
  return recorded;
});

/**
 * Whoever took over sits at the page already when it asks again for the answer to its handover: the call is still that
 * of the one who handed over.
 */
function whoHandedOver(
  { recorder }: OpenRoom,
  seatedId: PersonId,
  { commandId, command, witness }: { commandId: CommandId; command: SessionCommand; witness?: { personId: PersonId } | undefined },
): PersonId | null {
  if (command.type !== 'hand-over' || witness?.personId !== seatedId) return null;
  const done = recorder.storage.store.events.findCommand(commandId).find((event) => event.kind === 'handover-recorded');
  return done?.kind === 'handover-recorded' ? done.body.from.personId : null;
}

const preview = contract.session.preview.handler(({ context, input }) => {
  const { sessionId, command } = input;
  const { personId } = actorOf(context, sessionId, command);
  const foreseen = context.host.room.recorder.foresee(personId, sessionId, command);
  if ('refusal' in foreseen) {
    // Whoever may not do it is told nothing of what it would do.
    if (foreseen.refusal.code === 'STAFF_NOT_ALLOWED') throw new RefusedError(foreseen.refusal);
    return { dose: null, doubts: [], refusal: foreseen.refusal };
  }
  return { dose: doseView(foreseen.after, foreseen.protocol), doubts: [...foreseen.decision.doubts], refusal: null };
});

const list = contract.session.list.handler(async ({ context }) => {
  requireReader(context, 'read-records');
  const { records } = context.host.room;
  await inTurns(records.gatherList());
  return [...records.list()];
});

const record = contract.session.record.handler(async ({ context, input }) => {
  requireReader(context, 'read-records');
  const { room } = context.host;
  await inTurns(room.gatherRecord(input.sessionId));
  const now = room.clock.now();
  const { session, read } = room.records.record(input.sessionId);
  return { session, trend: read.vitals.trend, now, facts: recordFigures({ ...read, nowMs: now.utcMs }) };
});

const waves = contract.session.waves.handler(({ context, input }) => {
  requireReader(context, 'read-records');
  const { sessionId, fromMs, lengthMs } = input;
  return context.host.room.waveWindow(sessionId, fromMs, fromMs + lengthMs);
});

const protocols = contract.session.protocols.handler(({ context }) => [...context.host.room.records.protocols()]);

const keepDraft = contract.session.keepDraft.handler(({ context, input: { personId, sessionId, draft } }) => {
  requireAuthor(context, personId);
  context.host.room.observationDrafts.keep(personId, sessionId, draft);
  return {};
});

const draft = contract.session.draft.handler(({ context, input: { personId, sessionId } }) => {
  requireAuthor(context, personId);
  return { draft: context.host.room.observationDrafts.of(personId, sessionId) };
});

/** Whoever is in front has to be who the page takes them for: somebody else may have come there since it asked. */
function requireAuthor(context: CallContext, personId: PersonId): void {
  if (requireReader(context, 'read-records').personId === personId) return;
  throw new RefusedError({ code: 'STAFF_UNKNOWN', message: 'Somebody else is in front at this page now.', subject: 'personId' });
}

/** Whose act a command is: of several at this page, the first whose role may do it. */
function actorOf(context: CallContext, sessionId: SessionId, command: SessionCommand): SeatedPerson {
  const { recorder } = context.host.room;
  return inUse(
    context,
    chosenOf(peopleAt(context), ({ personId }) => recorder.roleRefusal(personId, sessionId, command)),
  );
}

export const sessionProcedures = { open, execute, preview, list, record, waves, protocols, keepDraft, draft };
