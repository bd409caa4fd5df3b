import type { SessionId } from '../../../shared/values/ids.ts';
import type { FileContent } from '../../../shared/contract/print-contract.ts';
import { recordFileName, writeInSteps } from '../export/formats.ts';
import { PrintThread } from '../export/print-thread.ts';
import { inTurns } from '../platform/in-turns.ts';
import type { CallContext } from './call-context.ts';
import { contract, requireReader } from './procedure.ts';
import type { SessionSource } from '../export/record/session-source.ts';
import { recordWords } from '../export/record/record-words.ts';
import { remsForm } from '../export/record/rems-answers.ts';

/** One for all rooms of the process, which has one room. */
const printThread = new PrintThread();

const file = contract.print.file.handler(async ({ context, input }) => {
  requireReader(context, 'read-records');
  const source = await sourceOf(context, input.sessionId);
  const written = await writeInSteps(source, input.format, (record) => printThread.pdf(record, 'full'));
  return { fileName: recordFileName(source, input.format), content: contentOf(written) };
});

async function sourceOf({ host: { room } }: CallContext, sessionId: SessionId): Promise<SessionSource> {
  await inTurns(room.gatherRecord(sessionId));
  return room.sessionSource(sessionId);
}

function contentOf(written: string | Uint8Array): FileContent {
  return typeof written === 'string' ? { as: 'text', text: written } : { as: 'base64', base64: Buffer.from(written).toString('base64') };
}

const pages = contract.print.pages.handler(async ({ context, input }) => {
  requireReader(context, 'read-records');
  const source = await sourceOf(context, input.sessionId);
  return { pages: [...(await printThread.pages(source, input.kind))] };
});

const rems = contract.print.rems.handler(async ({ context, input }) => {
  requireReader(context, 'read-records');
  const source = await sourceOf(context, input.sessionId);
  return { form: remsForm(source, recordWords(source)) };
});

const prove = contract.print.prove.handler(async ({ context, input }) => {
  requireReader(context, 'read-records');
  await inTurns(context.host.room.gatherRecord(input.sessionId));
  const { versions, ...proof } = context.host.room.recordProof(input.sessionId);
  return { ...proof, versions: [...versions] };
});

export const printProcedures = { file, pages, rems, prove };
