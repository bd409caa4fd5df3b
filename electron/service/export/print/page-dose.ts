import { deliveredUg, doseCurve } from '../../../../shared/clinical/dosing.ts';
import { showMilli, showShort } from '../../../../shared/values/quantity.ts';
import { recordEndMs } from '../record/record-words.ts';
import type { SessionSource } from '../record/session-source.ts';
import { margin, plot } from './page-places.ts';
import type { PageTime } from './page-time.ts';
import { spanOf } from './print-words.ts';
import { ink, type Sheet } from './sheet.ts';

interface Band {
  readonly top: number;
  readonly bottom: number;
}

const pad = { above: 12, below: 5 };

/** Rates as steps of grey, and what has gone in as a line: for a dose given at once, a stair. */
export function drawDose(sheet: Sheet, source: SessionSource, time: PageTime, band: Band): void {
  const { timeline, startedMs, endedMs } = source.state.dose;
  sheet.text(margin.left, band.top + 16, 10.8, 'dose', { bold: true });
  sheet.text(margin.left, band.top + 29, 10.2, timeline.segments.length === 0 ? 'mg' : 'mL/h, mg');
  if (startedMs === null) {
    sheet.text(plot.left + 8, band.top + 40, 10.6, 'no dose was given');
    return;
  }
  const orderedMg = (source.state.order?.doseUg ?? source.state.routeOrder?.doseUg ?? 0) / 1000;
  const endMs = Math.min(recordEndMs(source), time.toMs);
  const totalMg = deliveredUg(timeline, endMs) / 1000;
  const mostMg = Math.max(orderedMg, totalMg, 1);
  const [floor, roof] = [band.bottom - pad.below, band.top + pad.above];
  const yMg = (mg: number): number => floor - (mg / mostMg) * (floor - roof);
  drawRates(sheet, source, time, floor, roof);
  if (orderedMg > 0) {
    sheet.line(plot.left, yMg(orderedMg), plot.right, yMg(orderedMg), 1, { gray: 0.3, dash: [1.2, 3.4] });
    sheet.text(plot.right + 6, yMg(orderedMg) + 3.6, 10.2, `${showShort(orderedMg, 3)} mg`);
  }
  const corners = doseCurve(timeline, endMs).map(({ atMs, ug }): [number, number] => [time.x(atMs), yMg(ug / 1000)]);
  if (corners.length > 1) sheet.path(corners, 1.4);
  const doneMs = endedMs ?? endMs;
  const words = `${showShort(totalMg, timeline.segments.length === 0 ? 3 : 2)} mg${endedMs === null ? ' so far' : ` at +${spanOf((doneMs - startedMs) / 60_000)}`}`;
  const x = Math.min(time.x(doneMs) + 6, plot.right - sheet.fonts.width(words, 10.8, true));
  sheet.text(x, yMg(totalMg) + 13, 10.8, words, { bold: true });
}

function drawRates(sheet: Sheet, { state }: SessionSource, time: PageTime, floor: number, roof: number): void {
  const { segments } = state.dose.timeline;
  if (segments.length === 0) return;
  const most = Math.max(...segments.map(({ rateUlPerHour }) => rateUlPerHour), 1);
  sheet.text(plot.left - 6, roof + 8, 10.6, showMilli(most), { anchor: 'end' });
  sheet.text(plot.left - 6, floor + 2, 10.6, '0', { anchor: 'end' });
  const scale = 0.93;
  for (const [index, { fromMs, rateUlPerHour }] of segments.entries()) {
    const [x, end] = [time.x(fromMs), time.x(segments[index + 1]?.fromMs ?? state.dose.endedMs ?? time.toMs)];
    if (end - x < 0.5) continue;
    if (rateUlPerHour === 0) {
      sheet.hatch(x, floor - 12, end - x, 12, 5);
      continue;
    }
    const height = (rateUlPerHour / most) * (floor - roof) * scale;
    sheet.rect(x, floor - height, end - x, height, ink.dose);
    sheet.line(x, floor - height, end, floor - height, 0.9);
    const words = `${showMilli(rateUlPerHour)} mL/h`;
    const width = sheet.fonts.width(words, 10.4, false);
    // The line of what has gone in crosses the band: the words stand low where it is high.
    if (width + 8 < end - x) sheet.text(x + (end - x - width) / 2, index === 0 ? floor - height + 13 : floor - 8, 10.4, words);
  }
}
