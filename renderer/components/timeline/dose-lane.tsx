import type { ReactElement } from 'react';
import { deliveredUg, doseCurve, emptyFromMs } from '../../../shared/clinical/dosing.ts';
import { standstillOf } from '../bag-empty.ts';
import { orderedUg } from '../ordered-dose.ts';
import { timelineText } from '../../text/timeline.ts';
import { happenedUntilMs, nowX, pauses, type Frame } from './frame.ts';
import { mgGiven } from '../../format/amounts.ts';
import { showMilli } from '../../../shared/values/quantity.ts';
import { msAt, spanPx, xOf } from './time-scale.ts';
import doseStyles from './dose.module.css';
import wordStyles from './words.module.css';
import { doseDomains, yIn } from './value-domains.ts';

interface DoseLaneProps {
  readonly frame: Frame;
  readonly hatch: string;
}

/** Rate as steps, the cumulative dose as the exact corners of its curve, the prediction dotted. */
export function DoseLane({ frame, hatch }: DoseLaneProps): ReactElement {
  const { session, layout, scale } = frame;
  const lane = layout.lanes.dose;
  const domains = doseDomains(session);
  const yUg = (ug: number): number => yIn(lane, [0, domains.ug], ug);
  const orderUg = orderedUg(session.dose);
  const clip = { left: layout.plot.left, right: layout.plot.right };
  return (
    <g>
      {orderUg !== null && <line className={doseStyles.doseReference} x1={clip.left} x2={clip.right} y1={yUg(orderUg)} y2={yUg(orderUg)} />}
      <RateSteps frame={frame} yRate={(rate) => yIn(lane, [0, domains.rateUlPerHour], rate)} yUg={yUg} />
      {pauses(frame).map((pause) => {
        const span = spanPx(scale, pause.fromMs, pause.toMs);
        if (span === null) return null;
        // A pause fills the lane from top to bottom, so that it is seen before its words are read.
        const height = lane.height;
        const bottom = lane.top + lane.height;
        const words = timelineText.paused;
        return (
          <g key={pause.fromMs}>
            <rect x={span.x} y={bottom - height} width={span.width} height={height} fill={`url(#${hatch})`} />
            {!layout.short && frame.textWidth(words) + 4 <= span.width && (
              <text className={wordStyles.words} x={span.x + span.width / 2} y={lane.top + 16} textAnchor="middle">
                {words}
              </text>
            )}
          </g>
        );
      })}
      <Cumulative frame={frame} yUg={yUg} />
    </g>
  );
}

interface RateStepsProps {
  readonly frame: Frame;
  readonly yRate: (rateUlPerHour: number) => number;
  readonly yUg: (ug: number) => number;
}

function RateSteps({ frame, yRate, yUg }: RateStepsProps): ReactElement {
  const { session, scale, layout } = frame;
  const { segments, endedMs } = session.dose;
  const untilMs = Math.min(endedMs ?? Infinity, happenedUntilMs(frame));
  // Out of an empty bag nothing flows, whatever the pump is set to.
  const emptyMs = emptyFromMs(session.dose);
  const bottom = layout.lanes.dose.top + layout.lanes.dose.height;
  return (
    <g>
      {segments.map((segment, index) => {
        const toMs = Math.min(untilMs, segments[index + 1]?.fromMs ?? untilMs, emptyMs[index] ?? untilMs);
        const span = segment.rateUlPerHour === 0 ? null : spanPx(scale, segment.fromMs, toMs);
        if (span === null) return null;
        const y = yRate(segment.rateUlPerHour);
        const words = timelineText.rate(showMilli(segment.rateUlPerHour));
        const wordsPx = frame.textWidth(words) + 12;
        const wordsEndMs = Math.min(toMs, msAt(scale, span.x + wordsPx));
        // Words stand clear of the cumulative line: above it while it is low, at the bottom once it is not.
        const atTop = yUg(deliveredUg(session.dose, wordsEndMs)) > y + 22;
        const atBottom = yUg(deliveredUg(session.dose, segment.fromMs)) < bottom - 24;
        const fits = wordsPx <= span.width && (atTop || atBottom);
        return (
          <g key={segment.fromMs}>
            <rect className={doseStyles.doseFill} x={span.x} y={y} width={span.width} height={bottom - y} />
            <line className={doseStyles.rateEdge} x1={span.x} x2={span.x + span.width} y1={y} y2={y} />
            {fits && (
              <text className={wordStyles.onFill} x={span.x + 7} y={atTop ? y + 16 : bottom - 6}>
                {words}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

function Cumulative({ frame, yUg }: { readonly frame: Frame; readonly yUg: (ug: number) => number }): ReactElement | null {
  const { session, scale, live } = frame;
  const { dose } = session;
  if (dose.startedMs === null) return null;
  const untilMs = happenedUntilMs(frame);
  const curve = doseCurve(dose, untilMs);
  const last = curve.at(-1);
  if (last === undefined) return null;
  const path = clippedPath(
    curve.map((point) => ({ ms: point.atMs, value: point.ug })),
    frame,
    yUg,
  );
  const now = { x: xOf(scale, untilMs), y: yUg(last.ug) };
  const planned = live && dose.predictedEndMs !== null && dose.order !== null && dose.predictedEndMs > untilMs;
  const prediction = planned
    ? clippedPath(
        [
          { ms: untilMs, value: last.ug },
          { ms: dose.predictedEndMs ?? untilMs, value: dose.order?.doseUg ?? last.ug },
        ],
        frame,
        yUg,
      )
    : '';
  return (
    <g>
      <path className={doseStyles.cumulative} d={path} />
      {prediction !== '' && <path className={doseStyles.prediction} d={prediction} />}
      {live && nowX(frame) !== null && <circle className={doseStyles.doseEnd} cx={now.x} cy={now.y} r={3.5} />}
      <DoseSoFar frame={frame} x={now.x} y={now.y} ug={last.ug} />
    </g>
  );
}

/** The amount, where its line ends, and that nothing flows; in a finished record where the dose ended. */
function DoseSoFar({
  frame,
  x,
  y,
  ug,
}: {
  readonly frame: Frame;
  readonly x: number;
  readonly y: number;
  readonly ug: number;
}): ReactElement | null {
  const { layout, session, scale, live, textWidth, nowMs } = frame;
  const words = timelineText.mg(mgGiven(ug, session.dose));
  const standstill = live ? standstillOf(session.dose, nowMs) : null;
  const stands = standstill === null ? '' : ` ${timelineText.standstill[standstill]}`;
  const lane = layout.lanes.dose;
  const endX = session.dose.endedMs === null ? x : xOf(scale, session.dose.endedMs);
  if ((live && session.dose.endedMs === null && nowX(frame) === null) || endX < layout.plot.left || endX > layout.plot.right) return null;
  const baseline = Math.min(lane.top + lane.height - 4, y + 21);
  const roomRight = endX + 10 + textWidth(words + stands, 600) <= layout.plot.right;
  return (
    <text
      className={wordStyles.strong}
      x={roomRight ? endX + 10 : endX - 10}
      y={roomRight ? baseline : y - 8}
      textAnchor={roomRight ? 'start' : 'end'}
    >
      {words}
      {stands === '' ? null : <tspan className={wordStyles.dueStrong}>{stands}</tspan>}
    </text>
  );
}

interface CurvePoint {
  readonly ms: number;
  readonly value: number;
}

/** A polyline cut to the visible stretch exactly: its ends are points of the line, not of the sampling. */
function clippedPath(points: readonly CurvePoint[], { scale }: Frame, yOf: (value: number) => number): string {
  const visible: CurvePoint[] = [];
  points.forEach((point, index) => {
    const before = points[index - 1];
    if (before !== undefined) {
      for (const edge of [scale.fromMs, scale.toMs]) {
        if (before.ms < edge && point.ms > edge) {
          visible.push({ ms: edge, value: before.value + ((point.value - before.value) * (edge - before.ms)) / (point.ms - before.ms) });
        }
      }
    }
    if (point.ms >= scale.fromMs && point.ms <= scale.toMs) visible.push(point);
  });
  return visible.map((point, index) => `${index === 0 ? 'M' : 'L'}${xOf(scale, point.ms)} ${yOf(point.value)}`).join(' ');
}
