import type { ReactElement } from 'react';
import type { AnimationInterpolateFn, CartesianLayout, LineDrawShapeProps, LinePointItem } from 'recharts';
import styles from './timeline.module.css';

interface DrawnPoint {
  readonly x: number | null;
  readonly y: number | null;
}

/**
 * A line through its points and nothing else. Recharts' own shape measures its length on each update, even when
 * animation is off.
 */
export function SeriesPath({ points, className }: LineDrawShapeProps): ReactElement {
  return <path className={`recharts-curve ${styles.seriesPath ?? ''} ${className ?? ''}`} d={pathThrough(points ?? [])} />;
}

/** Points go to where they belong at once; without this each is first copied half-way from where it was. */
export const newestPoints: AnimationInterpolateFn<LinePointItem, CartesianLayout> = (items) =>
  items === null ? [] : items.flatMap((item) => (item.status === 'removed' ? [] : [item.next]));

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
