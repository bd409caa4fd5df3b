import { describe, expect, test } from 'vitest';
import { drivers } from '../../electron/service/drivers/driver-directory.ts';
import { SessionReadings } from '../../electron/service/projection/session-readings.ts';
import { ReadingSeconds } from '../../electron/service/recorder/reading-seconds.ts';
import { goldenScenario } from '../../electron/service/simulation/golden-patient.ts';
import { trendStrokes, type Stroke } from '../../shared/clinical/trend-strokes.ts';
import { casesOf } from '../drivers/cases/case-directory.ts';
import type { Heard } from '../drivers/wire.ts';
import { play } from './played-monitor.ts';

const minutes = 20;
const scenario = goldenScenario(5);
const outFromMs = scenario.startMs + 10 * 60_000;

/** The line that a session's pulse has of what a monitor said, as if its cable had been out for `outMs`. */
function pulseLine(heard: readonly Heard[], { everyMs = 0, outMs = 0, limit = 400 }): readonly Stroke[] {
  const seconds = new ReadingSeconds();
  let nextMs = Number.NEGATIVE_INFINITY;
  for (const { atMs, reading } of heard) {
    if (reading.metric !== 'pulse-rate' || atMs < nextMs || (atMs >= outFromMs && atMs < outFromMs + outMs)) continue;
    nextMs = atMs + everyMs;
    const utcMs = atMs - scenario.startMs;
    seconds.take({ monitorId: 'bedside', reading, received: { utcMs, offsetMin: 0 }, monoMs: utcMs });
  }
  const readings = new SessionReadings('session', 0);
  for (const second of seconds.pending(null)) readings.take('bedside', second.at.utcMs, second.readings.values());
  const trend = readings.trend.columns;
  return trendStrokes(trend, 'pulse-rate', { fromMs: 0, toMs: minutes * 60_000 }, limit);
}

describe.each(drivers.map(({ id }) => id))('%s', (id) => {
  const { heard } = play(id, scenario, scenario.startMs + minutes * 60_000);

  test.each(casesOf(id).rhythmsS)('CHART-26 a value every %i s is one line, and breaks where two turns and more are missing', (everyS) => {
    const thinned = { everyMs: everyS * 1000 - 200 };
    for (const limit of [64, 400]) {
      const whole = pulseLine(heard, { ...thinned, limit });
      expect(whole.map((stroke) => stroke.length > 10)).toEqual([true]);
      const outMs = everyS * 3000 + 3000;
      const cut = pulseLine(heard, { ...thinned, limit, outMs });
      expect(cut.map((stroke) => stroke.length > 5)).toEqual([true, true]);
      expect(cut[0]?.at(-1)?.atMs).toBeLessThan(outFromMs - scenario.startMs);
      expect(cut[1]?.at(0)?.atMs).toBeGreaterThanOrEqual(outFromMs - scenario.startMs + outMs - 1000);
    }
  });
});
