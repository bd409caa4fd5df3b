import { contract, requirePerson } from './procedure.ts';

const foundMax = 20;

const find = contract.patients.find.handler(({ context, input }) => {
  requirePerson(context);
  return context.host.room.records.findPatients(input.query, foundMax);
});

const add = contract.patients.add.handler(({ context, input }) => {
  const personId = requirePerson(context);
  const { recorder, records } = context.host.room;
  const { commandId, ...patient } = input;
  return records.patient(recorder.addPatient({ commandId, personId }, patient));
});

export const patientProcedures = { find, add };
