import type { ValueRange } from './wave-ring.ts';

interface Trace {
  readonly points: readonly (number | null)[];
  readonly periodMs: number;
  /** When the first point is. */
  readonly startMs: number;
}

interface TraceFrame {
  readonly width: number;
  readonly height: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly range: ValueRange;
  readonly colour: string;
}

const linePx = 1.75;
const marginPx = 5;

/** Sizes a canvas for its screen and wipes it; null where it cannot be drawn on. */
export function clearedCanvas(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const scale = window.devicePixelRatio || 1;
  const [columns, rows] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== columns) canvas.width = columns;
  if (canvas.height !== rows) canvas.height = rows;
  const context = canvas.getContext('2d');
  context?.setTransform(scale, 0, 0, scale, 0, 0);
  context?.clearRect(0, 0, width, height);
  return context;
}

/** One line, broken wherever there is no value. */
export function drawTrace(context: CanvasRenderingContext2D, { points, periodMs, startMs }: Trace, frame: TraceFrame): void {
  const { width, height, fromMs, toMs, range, colour } = frame;
  const perMs = width / (toMs - fromMs);
  const span = range.high - range.low;
  const yOf = (value: number): number =>
    span === 0 ? height / 2 : height - marginPx - ((value - range.low) / span) * (height - 2 * marginPx);
  context.strokeStyle = colour;
  context.lineWidth = linePx;
  context.lineJoin = 'round';
  context.beginPath();
  let isDown = false;
  const first = Math.max(0, Math.floor((fromMs - startMs) / periodMs) - 1);
  for (let index = first; index < points.length; index += 1) {
    const value = points[index] ?? null;
    const atMs = startMs + index * periodMs;
    if (atMs > toMs) break;
    if (value === null || atMs < fromMs) {
      isDown = false;
      continue;
    }
    const x = (atMs - fromMs) * perMs;
    if (isDown) context.lineTo(x, yOf(value));
    else context.moveTo(x, yOf(value));
    isDown = true;
  }
  context.stroke();
}
