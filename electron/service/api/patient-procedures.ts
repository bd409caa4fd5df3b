import { commandOf } from '../recorder/command.ts';
import { decideAddPatient } from '../session/room/decide-room.ts';
import { contract, requireActor, requireReader } from './procedure.ts';

const foundMax = 20;

const find = contract.patients.find.handler(({ context, input }) => {
  requireReader(context, 'find-patient');
  return context.host.room.records.findPatients(input.query, foundMax);
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
