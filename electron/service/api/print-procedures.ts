import type { FileContent } from '../../../shared/contract/print-contract.ts';
import { loadWriter, recordFileName } from '../export/formats.ts';
import { contract, requireReader } from './procedure.ts';
import { recordWords } from '../export/record/record-words.ts';
import { remsForm } from '../export/record/rems-answers.ts';

const file = contract.print.file.handler(async ({ context, input }) => {
  requireReader(context, 'read-records');
  const write = await loadWriter(input.format);
  const source = context.host.room.sessionSource(input.sessionId);
  return { fileName: recordFileName(source, input.format), content: contentOf(write(source)) };
});

function contentOf(written: string | Uint8Array): FileContent {
  return typeof written === 'string' ? { as: 'text', text: written } : { as: 'base64', base64: Buffer.from(written).toString('base64') };
}

const pages = contract.print.pages.handler(async ({ context, input }) => {
  requireReader(context, 'read-records');
  const source = context.host.room.sessionSource(input.sessionId);
  // The fonts take half a megabyte, so they are loaded with the first print.
  const { recordPages } = await import('../export/record-print.ts');
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

export const printProcedures = { file, pages, rems, prove };
