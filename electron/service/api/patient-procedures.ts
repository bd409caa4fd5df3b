import { commandOf } from '../recorder/command.ts';
import { decideAddPatient } from '../session/decide-room.ts';
import { contract, requirePerson } from './procedure.ts';

const foundMax = 20;

const find = contract.patients.find.handler(({ context, input }) => {
  const { recorder, records } = context.host.room;
  recorder.requireRole(requirePerson(context), 'find-patient');
  return records.findPatients(input.query, foundMax);
});

const add = contract.patients.add.handler(({ context, input }) => {
  const personId = requirePerson(context);
  const { recorder, records, ids } = context.host.room;
  recorder.requireRole(personId, 'add-patient');
  const { commandId, ...patient } = input;
  const command = commandOf(commandId, 'patients.add', personId, patient);
  const before = recorder.recall(command)?.find((event) => event.kind === 'patient-added');
  if (before !== undefined) return records.patient(before.body.patientId);
  const patientId = ids.uuid();
  recorder.recordRoom(decideAddPatient(recorder.room, { ...patient, patientId }), personId, command);
  return records.patient(patientId);
});

export const patientProcedures = { find, add };
