import { paperPt } from '../../../../shared/values/formats.ts';
import type { RecordDocument } from '../../../../shared/contract/record-document.ts';
import type { PrintPage } from '../../../../shared/contract/print-page.ts';
import type { SessionSource } from '../record/session-source.ts';
import { drawFacts } from './page-facts.ts';
import { drawFoot } from './page-foot.ts';
import { drawLanes } from './page-lanes.ts';
import { drawMilestones, numberedMarks } from './page-milestones.ts';
import { margin, plot } from './page-places.ts';
import { pageTime } from './page-time.ts';
import { ink, Sheet, type PrintLook } from './sheet.ts';

/** The space in which the one-page record is drawn: the sides of an A4 sheet that lies. */
const drawn = { width: 1307, height: 924 } as const;

/** The paper lying, and as many units across it that the whole drawing lies on it. */
function lyingSheet(look: PrintLook): Sheet {
  const { widthPt, heightPt } = paperPt[look.formats.paper];
  const paper = { widthPt: heightPt, heightPt: widthPt };
  return new Sheet(paper, Math.max(drawn.width, (drawn.height * paper.widthPt) / paper.heightPt), look);
}

/** The record of a session on one page, in black and white: every lane on one time axis, and who signed. */
export function onePage(source: SessionSource, document: RecordDocument, look: PrintLook, pages = 1): PrintPage {
  const sheet = lyingSheet(look);
  drawHead(sheet, document, pages);
  drawFacts(sheet, document);
  const time = pageTime(source, sheet.written, plot);
  const marks = numberedMarks(document);
  drawLanes(sheet, source, time);
  drawMilestones(sheet, source, marks, time);
  drawFoot(sheet, document, marks);
  return sheet.page;
}

function drawHead(sheet: Sheet, { session, room }: RecordDocument, pages: number): void {
  const { written } = sheet;
  const { patient, course, protocol, opened } = session;
  const right = margin.right;
  const pageWidth = sheet.text(right, 54, 12, `page 1 of ${pages}`, { anchor: 'end' });
  const titleWidth = sheet.text(right - pageWidth - 5, 54, 12, 'Session record ·', { bold: true, anchor: 'end' });
  let end = right - pageWidth - titleWidth - 20;
  if (room.demo) {
    const width = sheet.fonts.width('DEMO DATA', 12, true) + 18;
    sheet.rect(end - width, 38, width, 21, null, { width: 1.4, gray: ink.text });
    sheet.text(end - width / 2, 53, 12, 'DEMO DATA', { bold: true, anchor: 'middle' });
    end -= width + 16;
  }
  const name = sheet.clipped(patient.name, 22, 420, true);
  let x = margin.left + sheet.text(margin.left, 54, 22, name, { bold: true }) + 18;
  const facts = [
    `born ${written.date(patient.birthDate)} · ${patient.recordNumber}`,
    [
      ...(course === null ? [] : [`session ${course.number} of ${course.of}`]),
      written.weekday(opened.iso),
      ...(room.name === '' ? [] : [room.name]),
      `opened ${written.minute(opened.iso)}`,
    ].join(' · '),
    `${protocol.name} · protocol v${protocol.version}`,
  ];
  for (const fact of facts) {
    if (end - x < 40) break;
    x += sheet.text(x, 54, 12, sheet.clipped(fact, 12, end - x)) + 18;
  }
  sheet.rule(66, margin.left, margin.right, 2);
}
