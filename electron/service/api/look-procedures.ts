import { looksCsv } from '../export/looks-csv.ts';
import { inTurns } from '../platform/in-turns.ts';
import { roomRoleRefusal } from '../staff/roles.ts';
import type { SeatedPerson } from './call-context.ts';
import { contract, requireReader } from './procedure.ts';

const list = contract.looks.list.handler(({ context, input: { of, before } }) => {
  const reader = requireReader(context, 'read-looks');
  return context.host.room.lookList.page(of, before, seesNames(reader));
});

const file = contract.looks.file.handler(async ({ context, input: { of } }) => {
  const reader = requireReader(context, 'read-looks');
  const text = await inTurns(looksCsv(context.host.room.lookList.pages(of, seesNames(reader))));
  return { fileName: 'vigil-who-looked.csv', content: { as: 'text' as const, text } };
});

/** Whoever reads no record is told patients by their record number alone. */
function seesNames({ role }: SeatedPerson): boolean {
  return roomRoleRefusal(role, 'read-records') === null;
}

export const lookProcedures = { list, file };
