import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type CDPSession, type Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build, preview, type InlineConfig } from 'vite';
import { median, quantile } from './statistics.ts';

export interface TimelineBench {
  readonly hours: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  /**
   * Processor time of the whole page process for one update, on average: all its threads, so with rasterising and
   * garbage collection, but without the waiting that a busy machine adds to the two above.
   */
  readonly cpuMeanMs: number;
  /** Updates measured. */
  readonly rows: number;
  /** The same columns drawn anew by uPlot, a drawer of lines on a canvas and the quickest to be had: what a second's lines cost alone. */
  readonly peerMedianMs: number;
}

const warmUp = 10;
const measured = 60;
const quietMs = 120;
const pageRoot = fileURLToPath(new URL('./timeline-page/', import.meta.url));

/**
 * What one second's update of a full timeline costs in Chromium: hours of eight series with 60 marks and 80
 * observations, "all" shown, as built for production.
 *
 * Measured is the main thread's work, as the browser itself counts it (`TaskDuration`), from before the store changes
 * until the page has been quiet again: React's render and commit, effects and whatever they render again, style,
 * layout and paint. Waiting for the display's next frame is not work and is not in it, nor is rasterising, which
 * other threads do.
 */
export async function benchTimeline(hours = 4): Promise<TimelineBench> {
  const builtTo = mkdtempSync(join(tmpdir(), 'vigil-bench-'));
  const shared: InlineConfig = { configFile: false, root: pageRoot, plugins: [react()], logLevel: 'error', build: { outDir: builtTo } };
  await build(shared);
  const server = await preview({ ...shared, preview: { host: '127.0.0.1', port: 0 } });
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const address = server.httpServer.address();
    if (address === null || typeof address === 'string') throw new Error('timeline bench: the page server has no port');
    const open = async (query: string, drawn: string): Promise<Page> => {
      const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
      await page.goto(`http://127.0.0.1:${address.port}/?${query}&hours=${hours}`);
      await page.waitForSelector(drawn);
      await stepThrough(page, warmUp);
      return page;
    };
    const page = await open('bench', 'svg.recharts-surface path[data-role=series]');
    const devtools = await browser.newBrowserCDPSession();
    const beforeMs = await pageProcessMs(devtools);
    const timesMs = await stepThrough(page, measured);
    const cpuMeanMs = ((await pageProcessMs(devtools)) - beforeMs) / measured;
    await page.close();
    const peerTimesMs = await stepThrough(await open('peer', 'canvas'), measured);
    return {
      hours,
      medianMs: median(timesMs),
      p95Ms: quantile(timesMs, 0.95),
      cpuMeanMs,
      rows: timesMs.length,
      peerMedianMs: median(peerTimesMs),
    };
  } finally {
    await browser.close();
    await server.close();
    rmSync(builtTo, { recursive: true, force: true });
  }
}

/** Main-thread milliseconds of each update. */
async function stepThrough(page: Page, steps: number): Promise<number[]> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const workMs = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  };
  const timesMs: number[] = [];
  for (let step = 0; step < steps; step += 1) {
    const beforeMs = await workMs();
    await page.evaluate(async () => {
      await window.stepTimeline?.();
    });
    // Effects and what they draw again belong to the update.
    await new Promise((resolve) => setTimeout(resolve, quietMs));
    timesMs.push((await workMs()) - beforeMs);
  }
  return timesMs;
}

async function pageProcessMs(devtools: CDPSession): Promise<number> {
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  return processInfo.filter((info) => info.type === 'renderer').reduce((sum, info) => sum + info.cpuTime, 0) * 1000;
}
