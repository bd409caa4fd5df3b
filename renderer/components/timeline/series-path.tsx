import { memo, useMemo, type ReactElement } from 'react';
import { useXAxisScale, useYAxisScale } from 'recharts';
import type { Stroke } from '../../../shared/clinical/trend-strokes.ts';
import { seriesClass } from './grid-layer.tsx';
import seriesStyles from './series.module.css';
import type { VitalLine } from './vital-lines.ts';

export interface DrawnPoint {
  readonly x: number;
  readonly y: number;
}

interface SeriesPathProps {
  readonly line: VitalLine;
  readonly strokes: readonly Stroke[];
}

/**
 * A line through its values and nothing else, on the chart's own axes. Recharts' `Line` prepares a label and a half-way
 * point for every value of every second, asked for or not: most of an update's time.
 */
export const SeriesPath = memo(function SeriesPath({ line, strokes }: SeriesPathProps): ReactElement | null {
  const xScale = useXAxisScale();
  const yScale = useYAxisScale(line.band);
  const paths = useMemo(() => {
    if (xScale === undefined || yScale === undefined) return { lines: '', points: '' };
    return pathsThrough(
      strokes.map((stroke) =>
        stroke.flatMap(({ atMs, value }) => {
          const [x, y] = [xScale(atMs), yScale(value)];
          return x === undefined || y === undefined ? [] : [{ x, y }];
        }),
      ),
    );
  }, [xScale, yScale, strokes]);
  if (paths.lines === '' && paths.points === '') return null;
  return (
    <g className={seriesClass[line.band]}>
      {paths.lines !== '' && <path className={seriesStyles.seriesPath} data-role="series" d={paths.lines} />}
      {paths.points !== '' && <path className={seriesStyles.seriesPoints} data-role="series-points" d={paths.points} />}
    </g>
  );
});

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
