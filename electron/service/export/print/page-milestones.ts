import type { RecordDocument } from '../../../../shared/contract/record-document.ts';
import { markedEntries } from '../../session/questions/marks.ts';
import type { SessionSource } from '../record/session-source.ts';
import type { PageTime } from './page-time.ts';

import { ink, type Sheet } from './sheet.ts';

/** A milestone with the number that stands for it on the axis and in the list. */
export interface NumberedMark {
  readonly number: number;
  readonly iso: string;
  readonly label: string;
  /** What changed the dose, and how the session went from phase to phase: drawn in black. */
  readonly isWeighty: boolean;
  readonly late: boolean;
  readonly amendedFrom: string | null;
}

const weighty = new Set(['Return to baseline', 'Discharged with escort', 'Transferred to emergency care']);

export function numberedMarks(document: RecordDocument): readonly NumberedMark[] {
  return document.milestones.map(({ at, label, detail, kind, late, amendedFrom }, index) => ({
    number: index + 1,
    iso: at.iso,
    label: detail === null ? label : `${label}, ${detail}`,
    isWeighty: kind === 'dose' || kind === 'stop-request' || weighty.has(label),
    late,
    amendedFrom,
  }));
}

const phaseGray: Readonly<Record<string, number>> = { prepare: 0.93, baseline: 0.88, infusing: 0.74, recovery: 0.93, discharge: 0.88 };
const radius = 7.6;
const rowsY = [187, 204.5];

/** The phases as a bar, and beneath it every milestone by its number. */
export function drawMilestones(sheet: Sheet, source: SessionSource, marks: readonly NumberedMark[], time: PageTime): void {
  drawPhases(sheet, source, time);
  sheet.text(39, 191, 10.8, 'milestones', { bold: true });
  const ends = rowsY.map(() => Number.NEGATIVE_INFINITY);
  const zeroX = time.x(time.zeroMs);
  const entries = markedEntries(source.state);
  for (const [index, mark] of marks.entries()) {
    const x = time.x(entries[index]?.atMs ?? time.fromMs);
    // The start of the dose stands on its line, in the second row, with the black ones beside it.
    const free = ends.findIndex((end) => x - end >= radius * 2 + 1);
    const row = free === -1 ? rowsY.length - 1 : free;
    ends[row] = x;
    const y = rowsY[row] ?? 187;
    if (row > 0 && Math.abs(x - zeroX) > 1) sheet.line(x, 176, x, y - radius, 0.8);
    sheet.circle(x, y, radius, mark.isWeighty ? 0 : 1, 1);
    sheet.text(x, y + 3.7, mark.number > 99 ? 8 : 10.2, String(mark.number), {
      anchor: 'middle',
      bold: mark.isWeighty,
      gray: mark.isWeighty ? 1 : ink.text,
    });
  }
}

function drawPhases(sheet: Sheet, { state, protocol }: SessionSource, time: PageTime): void {
  sheet.text(39, 171, 10.8, 'phases', { bold: true });
  for (const [index, { phase, fromMs }] of state.phases.entries()) {
    const x = time.x(fromMs);
    const end = time.x(state.phases[index + 1]?.fromMs ?? time.toMs);
    if (end - x < 1) continue;
    sheet.rect(x, 159, end - x - 1, 16, phaseGray[phase] ?? 0.9);
    const words = protocol.phases.find((one) => one.phase === phase)?.label ?? phase;
    if (sheet.fonts.width(words, 10.8, false) + 10 < end - x) sheet.text(x + 6, 171, 10.8, words, { bold: phase === 'infusing' });
  }
  for (const { fromMs, toMs } of pausesOf(state.dose, time.toMs)) sheet.hatch(time.x(fromMs), 159, time.x(toMs) - time.x(fromMs), 16);
}

/** Stretches at rate 0. */
export function pausesOf(
  { timeline, endedMs }: SessionSource['state']['dose'],
  untilMs: number,
): readonly { readonly fromMs: number; readonly toMs: number }[] {
  return timeline.segments.flatMap(({ fromMs, rateUlPerHour }, index) =>
    rateUlPerHour === 0 ? [{ fromMs, toMs: timeline.segments[index + 1]?.fromMs ?? endedMs ?? untilMs }] : [],
  );
}

const listY = { from: 777, to: 874 } as const;
const listColumns = 4;
const listLeft = 41;
const listWidth = 776;

/** Every milestone in words; what does not fit is named as left to the full record. */
export function drawMilestoneList(sheet: Sheet, marks: readonly NumberedMark[]): void {
  const { written } = sheet;
  const roomy = marks.length <= 28;
  const size = roomy ? 10.6 : 8.8;
  const step = roomy ? 14.6 : 10.4;
  const rows = Math.floor((listY.to - listY.from) / step) + 1;
  const shown = marks.slice(0, rows * listColumns);
  const width = listWidth / listColumns;
  const clockWidth = Math.max(29, ...shown.map((mark) => sheet.fonts.width(written.minute(mark.iso), size, true)));
  for (const [index, mark] of shown.entries()) {
    const isLast = index === shown.length - 1 && shown.length < marks.length;
    const x = listLeft + Math.floor(index / rows) * width;
    const y = listY.from + (index % rows) * step;
    const look = { bold: mark.isWeighty };
    if (isLast) {
      sheet.text(x + 16, y, size, `… and ${marks.length - shown.length + 1} more in the full record`);
      break;
    }
    sheet.text(x + 9, y, size, String(mark.number), { ...look, anchor: 'end' });
    sheet.text(x + 14 + clockWidth, y, size, written.minute(mark.iso), { ...look, anchor: 'end' });
    const signs = [
      ...(mark.late ? ['late'] : []),
      ...(mark.amendedFrom === null ? [] : [`amended, first ${written.minute(mark.amendedFrom)}`]),
    ];
    const said = signs.length === 0 ? '' : ` (${signs.join(', ')})`;
    const saidWidth = sheet.fonts.width(said, size, mark.isWeighty);
    const label = sheet.clipped(mark.label, size, width - 25 - clockWidth - saidWidth, mark.isWeighty);
    sheet.text(x + 19 + clockWidth, y, size, `${label}${said}`, look);
  }
}
