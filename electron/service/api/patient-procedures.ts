import { commandOf } from '../recorder/command.ts';
import { decideAddPatient } from '../session/room/decide-room.ts';
import { inTurns } from '../platform/in-turns.ts';
import { contract, requireActor, requireReader } from './procedure.ts';

const foundMax = 20;

const find = contract.patients.find.handler(async ({ context, input }) => {
  requireReader(context, 'find-patient');
  const { records } = context.host.room;
  await inTurns(records.gatherPatients(input.query, foundMax));
  return records.findPatients(input.query, foundMax);
});

const add = contract.patients.add.handler(({ context, input }) => {
  const { personId } = requireActor(context, 'add-patient');
  const { recorder, records, ids } = context.host.room;
  const { commandId, ...patient } = input;
  const command = commandOf(commandId, 'patients.add', personId, patient);
  const before = recorder.recall(command)?.find((event) => event.kind === 'patient-added');
  if (before !== undefined) return records.patient(before.body.patientId);
  const patientId = ids.uuid();
  recorder.recordRoom(decideAddPatient(recorder.room, { ...patient, patientId }), personId, command);
  return records.patient(patientId);
});

export const patientProcedures = { find, add };
