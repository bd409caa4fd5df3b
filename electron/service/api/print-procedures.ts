import { contract, requireReader } from './procedure.ts';
import { recordWords } from '../export/record-material.ts';
import { remsForm } from '../export/rems-answers.ts';

const pdf = contract.print.pdf.handler(async ({ context, input }) => {
  requireReader(context, 'read-records');
  const material = context.host.room.recordMaterial(input.sessionId);
  const { recordFileName, recordPdf } = await loadPrint();
  const file = recordPdf(material, input.kind);
  return { fileName: recordFileName(material, 'pdf'), base64: Buffer.from(file).toString('base64') };
});

const pages = contract.print.pages.handler(async ({ context, input }) => {
  requireReader(context, 'read-records');
  const material = context.host.room.recordMaterial(input.sessionId);
  const { recordPages } = await loadPrint();
  return { pages: [...recordPages(material, input.kind)] };
});

const rems = contract.print.rems.handler(({ context, input }) => {
  requireReader(context, 'read-records');
  const material = context.host.room.recordMaterial(input.sessionId);
  return { form: remsForm(material, recordWords(material)) };
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
