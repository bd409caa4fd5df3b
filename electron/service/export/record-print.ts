import { writtenIso } from '../../../shared/values/clock-time.ts';
import type { RecordDocument } from '../../../shared/contract/record-document.ts';
import type { PrintKind, PrintPage } from '../../../shared/contract/print-page.ts';
import { pdfFile } from './pdf/pdf-file.ts';
import { PrintFonts } from './pdf/print-fonts.ts';
import { fullRecord } from './print/full-record.ts';
import { onePage } from './print/one-page.ts';
import { recordDocument } from './record/record-document.ts';
import type { SessionSource } from './record/session-source.ts';

/** A record as drawn pages. */
export function recordPages(source: SessionSource, kind: PrintKind): readonly PrintPage[] {
  return drawPages({ source, document: recordDocument(source), fonts: new PrintFonts() }, kind);
}

export function recordPdf(source: SessionSource, kind: PrintKind): Uint8Array {
  const document = recordDocument(source);
  const { session, history } = document;
  const title = `Session record, ${session.patient.name}, ${session.opened.iso.slice(0, 10)}`;
  // oxlint-disable-next-line no-restricted-globals -- a time of the record, not of now
  const asOf = new Date(history.at(-1)?.recorded ?? session.opened.iso);
  const fonts = new PrintFonts();
  return pdfFile(drawPages({ source, document, fonts }, kind), { title, asOf }, fonts);
}

interface PrintFrom {
  readonly source: SessionSource;
  readonly document: RecordDocument;
  readonly fonts: PrintFonts;
}

function drawPages({ source, document, fonts }: PrintFrom, kind: PrintKind): readonly PrintPage[] {
  const { formats } = source.room;
  const look = { fonts, formats, written: writtenIso(formats) };
  return kind === 'full' ? fullRecord(source, document, look) : [onePage(source, document, look)];
}
