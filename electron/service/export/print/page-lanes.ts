import { gapCauseWords } from '../../../../shared/clinical/gap-cause.ts';
import { markedStrokes } from '../../../../shared/clinical/trend-strokes.ts';
import type { MetricId } from '../../../../shared/clinical/metric.ts';
import { trendFullMs, type TrendMetric } from '../../../../shared/clinical/measured-vitals.ts';
import { showShort } from '../../../../shared/values/quantity.ts';
import { cuffReadings, typedValues } from '../../session/questions/recorded-vitals.ts';
import type { SessionSource } from '../record/session-source.ts';
import { drawDose } from './page-dose.ts';
import { drawObservations, drawRatings } from './page-entries.ts';
import { pausesOf } from './page-milestones.ts';
import type { PageTime } from './page-time.ts';
import { margin, plot } from './page-places.ts';
import { ink, type Sheet } from './sheet.ts';

/** A lane of the page: from its upper rule to its lower one, and the values these stand for. */
export interface Lane {
  readonly top: number;
  readonly bottom: number;
  readonly low: number;
  readonly high: number;
}

const lineLanes = [
  { metric: 'pulse-rate', name: 'pulse', unit: '/min', top: 225, bottom: 281, least: [50, 125], dash: [], width: 1.6 },
  { metric: 'spo2', name: 'SpO₂', unit: '%', top: 281, bottom: 328, least: [88, 101], dash: [5.5, 2.5], width: 1.3 },
  { metric: 'resp-rate', name: 'resp', unit: '/min', top: 475, bottom: 521, least: [5, 24], dash: [3, 2], width: 1.3 },
] as const;
const pressureLane = { top: 328, bottom: 475 } as const;
const lanesEnd = 716;

export function drawLanes(sheet: Sheet, source: SessionSource, time: PageTime): void {
  drawGrid(sheet, source, time);
  for (const lane of lineLanes) drawLine(sheet, source, time, lane);
  drawPressure(sheet, source, time);
  drawGaps(sheet, source, time);
  drawDose(sheet, source, time, { top: 521, bottom: 599 });
  drawRatings(sheet, source, time);
  drawObservations(sheet, source, time);
}

function drawGrid(sheet: Sheet, { state }: SessionSource, time: PageTime): void {
  for (const { fromMs, toMs } of pausesOf(state.dose, time.toMs)) {
    sheet.rect(time.x(fromMs), 225, time.x(toMs) - time.x(fromMs), 599 - 225, 0.93);
  }
  for (const { atMs } of time.ticks) sheet.line(time.x(atMs), 156, time.x(atMs), lanesEnd, 0.7, { gray: ink.grid });
  for (const y of [225, 281, 328, 475, 521, 599, 663, lanesEnd]) sheet.rule(y, margin.left, margin.right, 0.8, ink.rule);
  sheet.rule(156, margin.left, margin.right, 0.8, ink.rule);
  if (time.hasStart) sheet.line(time.x(time.zeroMs), 154, time.x(time.zeroMs), lanesEnd, 1.2);
  sheet.text(margin.left, 149, 10.6, 'wall clock');
  sheet.text(margin.left, 730, 10.6, time.hasStart ? 'min from start' : 'min from opening');
  for (const { atMs, clock, minute } of time.ticks) {
    sheet.text(time.x(atMs), 149, 10.6, clock, { anchor: 'middle' });
    sheet.text(time.x(atMs), 730, 10.6, minute, { anchor: 'middle' });
  }
}

export function yOf(lane: Lane, value: number): number {
  const share = (value - lane.low) / (lane.high - lane.low);
  return lane.bottom - 4 - Math.min(1, Math.max(0, share)) * (lane.bottom - lane.top - 8);
}

function referencesOf({ protocol }: SessionSource, metrics: readonly MetricId[]): SessionSource['protocol']['referenceLines'] {
  return protocol.referenceLines.filter((line) => metrics.includes(line.metric));
}

/** The values a lane spans: what people expect of it, and beyond that whatever was measured. */
function laneOf(top: number, bottom: number, least: readonly [number, number], values: readonly number[]): Lane {
  return {
    top,
    bottom,
    low: Math.min(least[0], ...values.map((value) => value - 2)),
    high: Math.max(least[1], ...values.map((value) => value + 2)),
  };
}

function drawReference(sheet: Sheet, lane: Lane, value: number, words: string): void {
  const y = yOf(lane, value);
  sheet.line(plot.left, y, plot.right, y, 1, { gray: 0.3, dash: [1.2, 3.4] });
  sheet.text(plot.right + 6, y + 3.6, 10.2, words);
}

function drawScale(sheet: Sheet, lane: Lane, values: readonly number[]): void {
  for (const value of values) {
    if (value < lane.low || value > lane.high) continue;
    sheet.line(plot.left, yOf(lane, value), plot.right, yOf(lane, value), 0.5, { gray: ink.grid });
    sheet.text(plot.left - 6, yOf(lane, value) + 3.6, 10.6, String(value), { anchor: 'end' });
  }
}

const pointsMax = 500;
const scaleValues: Readonly<Record<string, readonly number[]>> = {
  'pulse-rate': [60, 90, 120, 150],
  spo2: [80, 90, 100],
  'resp-rate': [10, 20, 30],
};

function drawLine(sheet: Sheet, source: SessionSource, time: PageTime, spec: (typeof lineLanes)[number]): void {
  const { state, vitals } = source;
  const metric: TrendMetric = spec.metric;
  const { strokes, marked } = markedStrokes(vitals.trend, metric, { fromMs: time.fromMs, toMs: time.toMs }, pointsMax, state.artefacts);
  const typed = typedValues(state).filter((entry) => entry.metric === metric);
  const values = [...strokes.flat(), ...marked.flat(), ...typed].map(({ value }) => value);
  const references = referencesOf(source, [metric]);
  const lane = laneOf(spec.top, spec.bottom, spec.least, [...values, ...references.map(({ value }) => value)]);
  sheet.text(margin.left, spec.top + 16, 10.8, spec.name, { bold: true });
  sheet.text(margin.left, spec.top + 29, 10.2, spec.unit);
  drawScale(sheet, lane, scaleValues[metric] ?? []);
  for (const { value } of references) drawReference(sheet, lane, value, `${showShort(value, 1)} review`);
  for (const stroke of strokes) {
    const points = stroke.map(({ atMs, value }) => [time.x(atMs), yOf(lane, value)] as const);
    const [only] = points;
    if (points.length > 1) sheet.path(points, spec.width, { dash: spec.dash });
    // What no line joins is a full dot; by hand is a hollow one.
    else if (only !== undefined) sheet.circle(...only, 1.7, 0, 0.2);
  }
  for (const stroke of marked)
    strikeOut(
      sheet,
      stroke.map(({ atMs, value }) => [time.x(atMs), yOf(lane, value)] as const),
    );
  for (const { atMs, value } of typed) sheet.circle(time.x(atMs), yOf(lane, value), 2.4, 1, 1);
}

/** Beyond the ends of a marked stretch. */
const strikeOver = 5;

/** What was marked as an artefact stays, thin, and struck through. */
function strikeOut(sheet: Sheet, points: readonly (readonly [x: number, y: number])[]): void {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return;
  if (points.length > 1) sheet.path(points, 0.6);
  else sheet.circle(...first, 1.2, 0, 0.2);
  const ys = points.map(([, y]) => y);
  sheet.line(first[0] - strikeOver, Math.max(...ys) + strikeOver, last[0] + strikeOver, Math.min(...ys) - strikeOver, 1.4);
}

/** Figures stand above and below a bar, where the one before leaves room. */
const figureWidth = 24;

function drawPressure(sheet: Sheet, source: SessionSource, time: PageTime): void {
  const cuffs = cuffReadings(source.state, source.vitals.cuffs).filter((cuff) => cuff.atMs >= time.fromMs && cuff.atMs <= time.toMs);
  const references = referencesOf(source, ['nibp-sys', 'nibp-dia']);
  const lane = laneOf(
    pressureLane.top + 6,
    pressureLane.bottom - 8,
    [68, 172],
    [...cuffs.flatMap(({ sys, dia }) => [sys + 4, dia - 4]), ...references.map(({ value }) => value)],
  );
  sheet.text(margin.left, pressureLane.top + 16, 10.8, 'BP', { bold: true });
  sheet.text(margin.left, pressureLane.top + 29, 10.2, 'mmHg');
  drawScale(sheet, lane, [40, 80, 120, 160, 200, 240]);
  for (const { value, metric } of references) drawReference(sheet, lane, value, `${value} ${metric === 'nibp-sys' ? 'sys' : 'dia'}`);
  let lastFigureX = Number.NEGATIVE_INFINITY;
  for (const { atMs, sys, dia, mean, byHand, artefact } of cuffs) {
    const x = time.x(atMs);
    if (artefact === true) {
      // It stays, struck through.
      sheet.line(x, yOf(lane, sys), x, yOf(lane, dia), 0.8);
      sheet.line(x - 6, yOf(lane, (sys + dia) / 2) + 6, x + 6, yOf(lane, (sys + dia) / 2) - 6, 1.4);
      continue;
    }
    sheet.line(x, yOf(lane, sys), x, yOf(lane, dia), byHand ? 2.2 : 4.6, { round: true });
    if (byHand) sheet.circle(x, yOf(lane, sys), 2.6, 1, 1);
    if (mean !== null) sheet.line(x - 5.5, yOf(lane, mean), x + 5.5, yOf(lane, mean), 1.8);
    if (x - lastFigureX < figureWidth) continue;
    lastFigureX = x;
    // Clear of the lines behind it.
    for (const y of [yOf(lane, sys) - 15, yOf(lane, dia) + 4]) sheet.rect(x - 10, y, 20, 11, 1);
    sheet.text(x, yOf(lane, sys) - 6, 10.6, String(sys), { anchor: 'middle' });
    sheet.text(x, yOf(lane, dia) + 13.5, 10.6, String(dia), { anchor: 'middle' });
  }
}

const trendFullWords = 'lines end after seven days; later values are in the record, not drawn';

/** Stretches without readings: hatched through the vitals, with the reason where it fits. */
function drawGaps(sheet: Sheet, { state, vitals }: SessionSource, time: PageTime): void {
  const fullMs = trendFullMs(vitals.trend);
  if (fullMs !== null && fullMs < time.toMs) {
    const x = Math.min(time.x(fullMs) + 4, plot.right - sheet.fonts.width(trendFullWords, 9.6, false));
    sheet.text(x, 297, 9.6, trendFullWords);
  }
  for (const { fromMs, toMs, cause } of state.gaps) {
    const [x, end] = [time.x(fromMs), time.x(toMs ?? time.toMs)];
    if (end - x < 0.6) continue;
    sheet.hatch(x, 226, end - x, 54, 6);
    sheet.hatch(x, 282, end - x, 45, 6);
    sheet.hatch(x, 476, end - x, 44, 6);
    const words = gapCauseWords[cause];
    const width = sheet.fonts.width(words, 9.6, false);
    if (width + 6 > end - x) continue;
    sheet.rect(x + 2, 300, width + 4, 13, 1);
    sheet.text(x + 4, 310, 9.6, words);
  }
}
