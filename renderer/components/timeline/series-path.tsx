import { memo, useMemo, type ReactElement } from 'react';
import { useXAxisScale, useYAxisScale } from 'recharts';
import type { Stroke } from '../../../shared/clinical/trend-strokes.ts';
import { seriesClass } from './grid-layer.tsx';
import seriesStyles from './series.module.css';
import type { VitalLine } from './vital-lines.ts';

interface DrawnPoint {
  readonly x: number;
  readonly y: number;
}

interface SeriesPathProps {
  readonly line: VitalLine;
  readonly strokes: readonly Stroke[];
  /** What a person marked as artefacts of this line. */
  readonly marked: readonly Stroke[];
}

/**
 * A line through its values and nothing else, on the chart's own axes. Recharts' `Line` prepares a label and a half-way
 * point for every value of every second, asked for or not: most of an update's time.
 */
export const SeriesPath = memo(function SeriesPath({ line, strokes, marked }: SeriesPathProps): ReactElement | null {
  const xScale = useXAxisScale();
  const yScale = useYAxisScale(line.band);
  const drawn = useMemo(() => {
    if (xScale === undefined || yScale === undefined) return null;
    const placed = (some: readonly Stroke[]): readonly (readonly DrawnPoint[])[] =>
      some.map((stroke) =>
        stroke.flatMap(({ atMs, value }) => {
          const [x, y] = [xScale(atMs), yScale(value)];
          return x === undefined || y === undefined ? [] : [{ x, y }];
        }),
      );
    const struckOut = placed(marked);
    return { ...pathsThrough(placed(strokes)), marked: pathsThrough(struckOut), strikes: struckOut.flatMap(strikeThrough) };
  }, [xScale, yScale, strokes, marked]);
  if (drawn === null) return null;
  const { lines, points, strikes } = drawn;
  if (lines === '' && points === '' && strikes.length === 0) return null;
  return (
    <g className={seriesClass[line.band]}>
      {lines !== '' && <path className={seriesStyles.seriesPath} data-role="series" d={lines} />}
      {points !== '' && <path className={seriesStyles.seriesPoints} data-role="series-points" d={points} />}
      {strikes.length > 0 && (
        <g data-role="artefact">
          <path className={seriesStyles.marked} d={drawn.marked.lines + drawn.marked.points} />
          {strikes.map(({ x1, x2, y1, y2 }) => (
            <line key={x1} className={seriesStyles.struck} x1={x1} x2={x2} y1={y1} y2={y2} />
          ))}
        </g>
      )}
    </g>
  );
});

/** Beyond the ends of a marked stretch, so that it is seen at one second, too. */
const strikeOverPx = 6;

/** As a pressure is struck: from below its beginning to above its end. */
export function strikeThrough(stroke: readonly DrawnPoint[]): readonly { x1: number; y1: number; x2: number; y2: number }[] {
  const [first, last] = [stroke[0], stroke.at(-1)];
  if (first === undefined || last === undefined) return [];
  const ys = stroke.map(({ y }) => y);
  return [
    {
      x1: first.x - strikeOverPx,
      y1: Math.max(...ys) + strikeOverPx,
      x2: last.x + strikeOverPx,
      y2: Math.min(...ys) - strikeOverPx,
    },
  ];
}

/** Straight from point to point within a stroke. A value that no line joins is a point of its own, drawn by the round ends of a stroke without length. */
export function pathsThrough(strokes: readonly (readonly DrawnPoint[])[]): { readonly lines: string; readonly points: string } {
  let lines = '';
  let points = '';
  for (const stroke of strokes) {
    const [first, ...others] = stroke;
    if (first === undefined) continue;
    const start = `M${tenths(first.x)} ${tenths(first.y)}`;
    if (others.length === 0) points += `${start}h0`;
    else lines += start + others.map(({ x, y }) => `L${tenths(x)} ${tenths(y)}`).join('');
  }
  return { lines, points };
}

function tenths(px: number): number {
  return Math.round(px * 10) / 10;
}
