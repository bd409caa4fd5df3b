import { showWeight } from '../../../../shared/values/quantity.ts';
import { unconfirmedSentence } from '../../../../shared/clinical/unconfirmed.ts';
import type { PrintPage } from '../../../../shared/contract/print-page.ts';
import type { RecordDocument } from '../../../../shared/contract/record-document.ts';
import type { RecordFigure } from '../../../../shared/contract/record-facts.ts';
import type { SessionSource } from '../record/session-source.ts';
import { Flow } from './flow.ts';
import { onePage } from './one-page.ts';
import { pageFacts } from './page-facts.ts';
import { printedEntries, printedEnd, printedVitals } from './record-sections.ts';
import { shortHash, spanOf, versionWords } from './print-words.ts';
import { ink, type PrintLook, type Sheet } from './sheet.ts';

/** The whole record: the one page with the timeline, then everything in words. Every page says whose it is. */
export function fullRecord(source: SessionSource, document: RecordDocument, look: PrintLook): PrintPage[] {
  const flow = new Flow(look);
  for (const print of [printSummary, printedEntries, printedVitals, printedEnd]) print(flow, document);
  if (look.fonts.lacks(JSON.stringify(document))) {
    flow.paragraph('A box stands for a letter of a script that this print does not have; it is whole in the record and in its export.');
  }
  const count = flow.count + 1;
  return [onePage(source, document, look, count), ...flow.pages((sheet, index) => drawFrame(sheet, document, index + 2, count))];
}

function printSummary(flow: Flow, document: RecordDocument): void {
  const { session, record, room } = document;
  const { written } = flow;
  flow.heading('Session');
  flow.facts([
    ['patient', `${session.patient.name}, born ${written.date(session.patient.birthDate)}`],
    ['record number', session.patient.recordNumber],
    ['protocol', `${session.protocol.name}, version ${session.protocol.version}`],
    ['course', session.course === null ? 'none' : `session ${session.course.number} of ${session.course.of}`],
    ['opened', `${written.weekday(session.opened.iso)}, ${written.minute(session.opened.iso)}`],
    ['ended', session.ended === null ? 'still running' : written.minute(session.ended.iso)],
    [
      'weight',
      session.weight === null
        ? 'not recorded'
        : `${showWeight(session.weight.kg * 1000, flow.formats.weight)} (entered as ${session.weight.entered})`,
    ],
    ...remoteFacts(session.remote),
    ['room', room.name],
    ['session id', session.sessionId],
    ['state of the record', versionWords(document)],
  ]);
  const unconfirmed = unconfirmedSentence(session.protocol.unconfirmed);
  if (unconfirmed !== null) flow.paragraph(unconfirmed);
  flow.paragraph(`SHA-256 ${record.hash}`);
  flow.heading('In figures');
  flow.facts([
    ...pageFacts(document).map(({ term, figure, unit, under }): [string, string] => [
      term,
      `${figure} ${unit}${under === '' ? '' : ` (${under})`}`,
    ]),
    ['blood pressures taken', keptWords(document.facts['vitals-kept'])],
    ['monitor without data', withoutWords(document.facts['without-data'])],
  ]);
}

function keptWords(kept: RecordFigure): string {
  return kept.value === null ? kept.absent : `${kept.value} ${kept.unit} due`;
}

function withoutWords(without: RecordFigure): string {
  return without.value === null ? without.absent : without.value === 0 ? 'never' : spanOf(without.value);
}

function remoteFacts(remote: RecordDocument['session']['remote']): [string, string][] {
  if (remote === null) return [];
  return [
    ['where the patient was', remote.locationAddress],
    ['emergency contact', remote.emergencyContact],
    ['sitter', remote.sitterName],
    ['call back', `${remote.callBackNumber}, video ${remote.videoOn ? 'on' : 'off'}`],
  ];
}

/** Patient, session, page, version, amended mark and hash: a page that is parted from the others is still known. */
function drawFrame(sheet: Sheet, document: RecordDocument, page: number, pages: number): void {
  const { session, room, record } = document;
  const { written } = sheet;
  const [left, right] = [42, sheet.width - 42];
  const paging = sheet.text(right, 46, 8.6, `page ${page} of ${pages}`, { anchor: 'end' });
  const name = sheet.clipped(session.patient.name, 11, 190, true);
  const nameWidth = sheet.text(left, 46, 11, name, { bold: true });
  const facts = [
    `born ${written.date(session.patient.birthDate)}`,
    session.patient.recordNumber,
    written.date(session.opened.iso),
    ...(room.demo ? ['DEMO DATA'] : []),
  ].join(' · ');
  sheet.text(left + nameWidth + 10, 46, 8.6, sheet.clipped(facts, 8.6, right - left - nameWidth - paging - 24));
  sheet.rule(53, left, right, 1);
  const foot = sheet.height - 40;
  sheet.rule(foot - 10, left, right, 0.6);
  sheet.text(left, foot, 7.6, 'Documentation aid. Not a patient monitor or alarm. Private notes are not part of this record.', {
    gray: ink.lesser,
  });
  sheet.text(left, foot + 10, 7.6, sheet.clipped(`session ${session.sessionId}`, 7.6, 240), { gray: ink.lesser });
  sheet.text(right, foot + 10, 7.6, `${versionWords(document)} · SHA-256 ${shortHash(record.hash)}`, { anchor: 'end' });
}
