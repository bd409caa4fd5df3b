import { memo, useMemo, type ReactElement } from 'react';
import { useXAxisScale, useYAxisScale } from 'recharts';
import type { TrendMetric } from '../../../shared/contract/room-board.ts';
import type { TrendRow } from '../../../shared/clinical/trend.ts';
import { seriesClass } from './grid-layer.tsx';
import seriesStyles from './series.module.css';
import type { VitalLine } from './vital-lines.ts';

interface DrawnPoint {
  readonly x: number | null;
  readonly y: number | null;
}

interface SeriesPathProps {
  readonly line: VitalLine;
  readonly rows: readonly TrendRow<TrendMetric>[];
}

/**
 * A line through its values and nothing else, on the chart's own axes. Recharts' `Line` prepares a label and a half-way
 * point for every value of every second, asked for or not: most of an update's time.
 */
export const SeriesPath = memo(function SeriesPath({ line, rows }: SeriesPathProps): ReactElement | null {
  const xScale = useXAxisScale();
  const yScale = useYAxisScale(line.band);
  const path = useMemo(() => {
    if (xScale === undefined || yScale === undefined) return '';
    return pathThrough(
      rows.map((row) => {
        const value = row[line.metric];
        return { x: xScale(row.atMs) ?? null, y: value === null ? null : (yScale(value) ?? null) };
      }),
    );
  }, [rows, line, xScale, yScale]);
  return path === '' ? null : (
    <g className={seriesClass[line.band]}>
      <path className={seriesStyles.seriesPath} data-role="series" d={path} />
    </g>
  );
});

/** Straight from point to point; a point without a value ends the stroke, the next with one begins another. */
export function pathThrough(points: readonly DrawnPoint[]): string {
  let path = '';
  let drawing = false;
  for (const { x, y } of points) {
    if (x === null || y === null) {
      drawing = false;
      continue;
    }
    path += `${drawing ? 'L' : 'M'}${tenths(x)} ${tenths(y)}`;
    drawing = true;
  }
  return path;
}

function tenths(px: number): number {
  return Math.round(px * 10) / 10;
}
