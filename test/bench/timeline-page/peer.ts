import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { loadAtSecond, type BenchLoad } from './bench-load.ts';

/** Five lines of the load, every value of them, drawn anew on a canvas each second: no marks, no words, no lanes. */
export function startPeer(
  root: HTMLElement,
  { width, height }: { readonly width: number; readonly height: number },
  load: BenchLoad,
): () => Promise<void> {
  const metrics = Object.keys(load.trend.columns) as (keyof typeof load.trend.columns)[];
  let second = 0;
  const data = (): UPlot.AlignedData => {
    const { trend } = loadAtSecond(load, second);
    const times = Array.from({ length: trend.length }, (_, index) => (trend.fromMs + index * trend.stepMs) / 1000);
    return [times, ...metrics.map((metric) => [...trend.columns[metric]])];
  };
  const plot = new UPlot(
    { width, height, series: [{}, ...metrics.map((label) => ({ label, stroke: '#888' }))], legend: { show: false } },
    data(),
    root,
  );
  return () => {
    second += 1;
    plot.setData(data());
    return painted();
  };
}

/** Resolves once what was drawn stands on the screen. */
export function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}
