import PDFDocument from 'pdfkit';
import type { PrintMark, PrintMarkOf, PrintPage } from '../../../../shared/contract/print-page.ts';
import { assertNever } from '../../../../shared/values/assert-never.ts';
import type { PrintFonts } from './print-fonts.ts';

interface PdfAbout {
  readonly title: string;
  /** The file's date: when the record came to say what it says, never when it was written out. */
  readonly asOf: Date;
}

/**
 * A PDF of drawn pages: 1.7, tagged, its fonts within it, in the form of PDF/A-2b. Nothing of the moment of writing goes
 * in, so that the same record gives the same file, byte by byte.
 */
export function pdfFile(pages: readonly PrintPage[], { title, asOf }: PdfAbout, fonts: PrintFonts): Uint8Array {
  const document = new PDFDocument({
    autoFirstPage: false,
    font: '',
    pdfVersion: '1.7',
    subset: 'PDF/A-2b',
    tagged: true,
    lang: 'en',
    displayTitle: true,
    info: { Producer: 'Vigil', Creator: 'Vigil', CreationDate: asOf },
  });
  // pdfkit would write a title into the metadata as it is, and a name may hold the signs of XML.
  document.appendXML(titleXml(title));
  const root = document.struct('Document');
  document.addStructure(root);
  for (const page of pages) drawPage(document, root, page, fonts);
  root.end();
  document.end();
  return new Uint8Array(document.read() as Buffer);
}

function titleXml(title: string): string {
  const escaped = title.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped}</rdf:li></rdf:Alt></dc:title></rdf:Description>`;
}

type Pdf = InstanceType<typeof PDFDocument>;
type Element = ReturnType<Pdf['struct']>;

/** Every text is a paragraph of its page, in the order of drawing; lines and areas are none of it. */
function drawPage(document: Pdf, root: Element, page: PrintPage, fonts: PrintFonts): void {
  document.addPage({ size: [page.widthPt, page.heightPt], margin: 0 });
  document.scale(1 / page.unitsPerPoint);
  const section = document.struct('Sect');
  root.add(section);
  let inLines = false;
  for (const mark of page.marks) {
    if (inLines && mark.mark === 'text') document.endMarkedContent();
    if (!inLines && mark.mark !== 'text') document.markContent('Artifact', { type: 'Layout' });
    inLines = mark.mark !== 'text';
    if (mark.mark === 'text') section.add(document.struct('P', {}, () => drawText(document, mark, fonts)));
    else drawLines(document, mark);
  }
  if (inLines) document.endMarkedContent();
  section.end();
}

/** Greys as such: a printer makes them of black alone. */
function fillGray(document: Pdf, gray: number): void {
  document.addContent(`${Number(gray.toFixed(3))} g`);
}

function strokeGray(document: Pdf, gray: number, width: number, dash: readonly number[] = []): void {
  document.addContent(`${Number(gray.toFixed(3))} G [${dash.join(' ')}] 0 d`).lineWidth(width);
}

function drawLines(document: Pdf, mark: Exclude<PrintMark, { mark: 'text' }>): void {
  switch (mark.mark) {
    case 'path':
      strokeGray(document, mark.gray, mark.width, mark.dash);
      document.lineCap(mark.round ? 'round' : 'butt').lineJoin('round');
      for (const [index, [x, y]] of mark.points.entries()) {
        if (index === 0) document.moveTo(x, y);
        else document.lineTo(x, y);
      }
      document.stroke();
      return;
    case 'rect':
      if (mark.fill !== null) {
        fillGray(document, mark.fill);
        document.rect(mark.x, mark.y, mark.width, mark.height).fill();
      }
      if (mark.line !== null) {
        strokeGray(document, mark.line.gray, mark.line.width);
        document.rect(mark.x, mark.y, mark.width, mark.height).stroke();
      }
      return;
    case 'circle':
      fillGray(document, mark.fill);
      strokeGray(document, 0, mark.line);
      document.circle(mark.x, mark.y, mark.radius).fillAndStroke();
      return;
    default:
      assertNever(mark);
  }
}

function drawText(document: Pdf, mark: PrintMarkOf<'text'>, fonts: PrintFonts): void {
  const { size, bold, anchor, y } = mark;
  const width = fonts.width(mark.text, size, bold);
  let x = mark.x - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0);
  for (const { font, text, isReordered, scale, lowered, width: ems } of fonts.runs(mark.text, bold)) {
    if (font === null) {
      strokeGray(document, 0, size * 0.06);
      document.rect(x + size * 0.08, y - size * 0.68, size * 0.44, size * 0.68).stroke();
    } else {
      fillGray(document, mark.gray);
      // Downwards on the page; the line's own place is its baseline.
      document.registerFont(font.name, font.font as never).font(font.name, size * scale);
      if (font.outline !== null) strokeGray(document, mark.gray, size * font.outline);
      // What was written goes along, to be searched and copied.
      if (isReordered) document.markContent('Span', { actual: text });
      const stroke = font.outline !== null;
      document.text(text, x, y + lowered * size, { lineBreak: false, baseline: 'alphabetic', fill: true, stroke });
      if (isReordered) document.endMarkedContent();
    }
    x += ems * size;
  }
}
