import { writtenIso } from '../../../shared/values/clock-time.ts';
import type { PrintKind, PrintPage } from '../../../shared/contract/print-page.ts';
import { atOnce } from '../platform/in-turns.ts';
import { pdfFile } from './pdf/pdf-file.ts';
import { PrintFonts } from './pdf/print-fonts.ts';
import { fullRecord } from './print/full-record.ts';
import { onePage } from './print/one-page.ts';
import { recordDocument } from './record/record-document.ts';
import type { SessionSource } from './record/session-source.ts';

/** A record as drawn pages. Loads the fonts, so it is imported where something is printed and not before. */
export function recordPages(source: SessionSource, kind: PrintKind, fonts = new PrintFonts()): readonly PrintPage[] {
  const document = recordDocument(source);
  const { formats } = source.room;
  const look = { fonts, formats, written: writtenIso(formats) };
  return kind === 'full' ? fullRecord(source, document, look) : [onePage(source, document, look)];
}

export function recordPdf(source: SessionSource, kind: PrintKind): Uint8Array {
  return atOnce(writePdf(source, kind));
}

/** As `recordPdf`: the pages in one step, the file of them in another. */
export function* writePdf(source: SessionSource, kind: PrintKind): Generator<void, Uint8Array> {
  const { session, history } = recordDocument(source);
  const title = `Session record, ${session.patient.name}, ${session.opened.iso.slice(0, 10)}`;
  // oxlint-disable-next-line no-restricted-globals -- a time of the record, not of now
  const asOf = new Date(history.at(-1)?.recorded ?? session.opened.iso);
  const fonts = new PrintFonts();
  const pages = recordPages(source, kind, fonts);
  yield;
  return pdfFile(pages, { title, asOf }, fonts);
}
