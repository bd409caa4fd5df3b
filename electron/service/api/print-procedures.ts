import { contract, requireReader } from './procedure.ts';
import { recordWords } from '../export/record/record-words.ts';
import { remsForm } from '../export/record/rems-answers.ts';

const pdf = contract.print.pdf.handler(async ({ context, input }) => {
  requireReader(context, 'read-records');
  const source = context.host.room.sessionSource(input.sessionId);
  const { recordFileName, recordPdf } = await loadPrint();
  const file = recordPdf(source, input.kind);
  return { fileName: recordFileName(source, 'pdf'), base64: Buffer.from(file).toString('base64') };
});

const pages = contract.print.pages.handler(async ({ context, input }) => {
  requireReader(context, 'read-records');
  const source = context.host.room.sessionSource(input.sessionId);
  const { recordPages } = await loadPrint();
  return { pages: [...recordPages(source, input.kind)] };
});

const rems = contract.print.rems.handler(({ context, input }) => {
  requireReader(context, 'read-records');
  const source = context.host.room.sessionSource(input.sessionId);
  return { form: remsForm(source, recordWords(source)) };
});

const prove = contract.print.prove.handler(({ context, input }) => {
  requireReader(context, 'read-records');
  const { versions, ...proof } = context.host.room.recordProof(input.sessionId);
  return { ...proof, versions: [...versions] };
});

/** The fonts are half a megabyte that a room which prints nothing need not load. */
async function loadPrint() {
  return import('../export/record-print.ts');
}

export const printProcedures = { pdf, pages, rems, prove };
