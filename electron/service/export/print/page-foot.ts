import { gapCauseWords } from '../../../../shared/clinical/gap-cause.ts';
import { unconfirmedSentence } from '../../../../shared/clinical/unconfirmed.ts';
import type { WrittenIso } from '../../../../shared/values/clock-time.ts';
import type { RecordDocument } from '../../../../shared/contract/record-document.ts';
import { drawMilestoneList, type NumberedMark } from './page-milestones.ts';
import { margin } from './page-places.ts';
import { shortHash, versionWords } from './print-words.ts';
import { ink, type Sheet } from './sheet.ts';

const legend = [
  'bar: systolic to diastolic, tick: mean',
  'dotted: protocol line',
  'hatched: paused, or no data',
  'black number: dose or phase event',
  'gauge: share of the scale’s range',
  'square: shared note',
];

/** Below the lanes: what the signs mean, the milestones in words, what lay beyond the protocol, and who signed. */
export function drawFoot(sheet: Sheet, document: RecordDocument, marks: readonly NumberedMark[]): void {
  let x = 116;
  for (const words of legend) x += sheet.text(x, 752, 10.2, words) + 20;
  sheet.rule(760, margin.left, margin.right, 0.8);
  drawMilestoneList(sheet, marks);
  drawRemarks(sheet, document);
  sheet.rule(881, margin.left, margin.right, 1.4);
  const { record } = document;
  sheet.text(margin.left, 895, 10, 'Documentation aid. Not a patient monitor or alarm.');
  sheet.text(653, 895, 10, 'Private notes are kept apart and are not part of this record.', { anchor: 'middle' });
  sheet.text(margin.right, 895, 10, `${versionWords(document)} · SHA-256 ${shortHash(record.hash)}`, { anchor: 'end' });
}

const remarks = { left: 824, width: 444, top: 777, end: 828 } as const;

function drawRemarks(sheet: Sheet, document: RecordDocument): void {
  const beyond = document.beyondProtocol;
  const open = beyond.filter(({ detail, closed }) => closed === null && !detail.includes('reviewed')).length;
  sheet.text(remarks.left, remarks.top, 10.8, headingOf(document, open), { bold: true });
  const said = [
    ...document.withReason.map(({ at, label, reasons }) => `${sheet.written.minute(at.iso)} ${label}: ${reasons.join(', ')}.`),
    ...beyond.map(({ label, detail, closed }) => `${label}: ${detail}${closed === null ? '' : ` · ${closed}`}.`),
    remarkOf(document, sheet.written),
    ...sentence(unconfirmedSentence(document.session.protocol.unconfirmed)),
  ].join(' ');
  const lines = sheet.wrapped(said, 10, remarks.width);
  const roomFor = Math.floor((remarks.end - remarks.top) / 12.6);
  for (const [index, line] of lines.slice(0, roomFor).entries()) {
    const cut = index === roomFor - 1 && lines.length > roomFor;
    sheet.text(
      remarks.left,
      remarks.top + 15 + index * 12.6,
      10,
      cut ? sheet.clipped(`${line} … more in the full record`, 10, remarks.width) : line,
    );
  }
  drawSignatures(sheet, document);
}

function sentence(words: string | null): readonly string[] {
  return words === null ? [] : [`${words}.`];
}

/** "Nothing" is said where there was none of either: no value beyond a limit, and no entry that needed a reason. */
function headingOf({ beyondProtocol, withReason }: RecordDocument, open: number): string {
  const values = beyondProtocol.length;
  const parts = [
    ...(values === 0
      ? []
      : [`${values} ${values === 1 ? 'value' : 'values'}, ${open === 0 ? 'documented' : `${open} without a note of what was done`}`]),
    ...(withReason.length === 0 ? [] : [`${withReason.length} ${withReason.length === 1 ? 'entry' : 'entries'} with a reason`]),
  ];
  return `Beyond protocol: ${parts.length === 0 ? 'nothing' : parts.join('; ')}`;
}

/** What a reader would otherwise have to look for: late entries, amendments, gaps, or that there are none. */
function remarkOf(document: RecordDocument, written: WrittenIso): string {
  const { milestones, observations, amendments, gaps, adverseEvents, drugsGiven } = document;
  const entries = [...milestones, ...observations];
  const late = entries.filter((entry) => entry.late).length;
  const moved = entries.filter((entry) => entry.amendedFrom !== null).length;
  const parts = [
    ...adverseEvents.map(({ label, severity, at }) => `Adverse event ${written.minute(at.iso)}: ${label}, ${severity}.`),
    ...drugsGiven.map(({ drug, dose, at }) => `Given ${written.minute(at.iso)}: ${drug} ${dose}.`),
    ...amendments.map(({ version, reason }) => `Version ${version}: ${reason}.`),
    ...gaps.map(
      ({ from, to, cause }) =>
        `No data ${written.minute(from.iso)} to ${to === null ? 'the end' : written.minute(to.iso)}: ${gapCauseWords[cause]}.`,
    ),
    ...(late === 0 ? [] : [`${late} late ${late === 1 ? 'entry' : 'entries'}.`]),
    ...(moved === 0 ? [] : [`${moved} ${moved === 1 ? 'entry' : 'entries'} with a corrected time.`]),
  ];
  const none = [
    ...(late === 0 ? ['late entries'] : []),
    ...(amendments.length + moved === 0 ? ['amendments'] : []),
    ...(gaps.length === 0 ? ['gaps'] : []),
  ];
  return [...parts, ...(none.length === 0 ? [] : [`No ${listWords(none)}.`])].join(' ');
}

function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

function drawSignatures(sheet: Sheet, { signatures, record }: RecordDocument): void {
  const last = signatures.filter((signature) => signature.version === record.version).slice(0, 3);
  const slots = Math.max(2, last.length);
  const width = (remarks.width - 20 * (slots - 1)) / slots;
  for (let slot = 0; slot < slots; slot += 1) {
    const x = remarks.left + slot * (width + 20);
    sheet.rule(833, x, x + width, 0.8);
    const signature = last[slot];
    if (signature === undefined) {
      sheet.text(x, 846, 10.4, slot === 0 ? 'not signed' : '', { gray: ink.lesser });
      continue;
    }
    // What a signature means is never cut; a long name is whole in the full record.
    const meaning = ` · ${signature.role} · ${signature.meaning}`;
    const name = sheet.clipped(signature.name, 10.4, width - sheet.fonts.width(meaning, 10.4, false), true);
    const nameWidth = sheet.text(x, 846, 10.4, name, { bold: true });
    sheet.text(x + nameWidth, 846, 10.4, meaning);
    sheet.text(x, 860, 10.4, sheet.clipped(sheet.written.stamp(signature.at), 10.4, width));
  }
}
