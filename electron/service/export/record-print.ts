import { writtenIso } from '../../../shared/values/clock-time.ts';
import type { PrintPage } from '../../../shared/contract/print-page.ts';
import { pdfFile } from './pdf/pdf-file.ts';
import { printFonts } from './pdf/print-fonts.ts';
import { fullRecord } from './print/full-record.ts';
import { onePage } from './print/one-page.ts';
import { recordDocument } from './record-document.ts';
import { recordWords, type RecordMaterial } from './record-material.ts';

export type PrintKind = 'one-page' | 'full';

/** A record as drawn pages. Loads the fonts, so it is imported where something is printed and not before. */
export function recordPages(material: RecordMaterial, kind: PrintKind): readonly PrintPage[] {
  const document = recordDocument(material);
  const { formats } = material.room;
  const look = { fonts: printFonts(), formats, written: writtenIso(formats) };
  return kind === 'full' ? fullRecord(material, document, look) : [onePage(material, document, look)];
}

export function recordPdf(material: RecordMaterial, kind: PrintKind): Uint8Array {
  const { session } = recordDocument(material);
  return pdfFile(recordPages(material, kind), `Session record, ${session.patient.name}, ${session.opened.iso.slice(0, 10)}`, printFonts());
}

/** `vigil-2026-11-23-DEMO-0042.pdf`: the day and the record number, and no name. */
export function recordFileName(material: RecordMaterial, ending: string): string {
  const number = material.section.patient.recordNumber.replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 40);
  return `vigil-${recordWords(material).iso(material.state.openedMs).slice(0, 10)}-${number}.${ending}`;
}
