import type { WaveWindow } from '../../../shared/contract/board/waves.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import type { WaveBlock } from '../store/wave-log.ts';

/** More than a screen has pixels for, and little enough for a message. */
const pointsPerSecond = 125;

type Signal = WaveWindow['signals'][number];

/** Blocks of a session as a page draws them: one entry a signal, a piece for each stretch without a gap. */
export function waveWindow(blocks: readonly WaveBlock[], fromMs: UtcMs, toMs: UtcMs): Signal[] {
  const signals = new Map<string, Signal>();
  for (const block of blocks) {
    const { monitorId, metric, unit, flags } = block;
    const step = Math.max(1, Math.ceil(1000 / block.periodMs / pointsPerSecond));
    const periodMs = block.periodMs * step;
    const key = JSON.stringify([monitorId, metric, unit, periodMs, flags]);
    const signal = signals.get(key) ?? { monitorId, metric, unit, periodMs, flags: [...flags], pieces: [] };
    signals.set(key, signal);
    const from = Math.max(0, Math.ceil((fromMs - block.at.utcMs) / block.periodMs));
    const to = Math.min(block.samples.length, Math.ceil((toMs - block.at.utcMs) / block.periodMs));
    if (to <= from) continue;
    const points = thinned(
      block.samples.slice(from, to).map((sample) => (typeof sample === 'number' ? sample : null)),
      step,
    );
    const last = signal.pieces.at(-1);
    if (block.follows && last !== undefined) last.points.push(...points);
    else signal.pieces.push({ atMs: Math.round(block.at.utcMs + from * block.periodMs), points });
  }
  return [...signals.values()].filter((signal) => signal.pieces.length > 0);
}

/** Of several samples that become one point, the one furthest from the last point: a spike stays a spike. */
function thinned(samples: readonly (number | null)[], step: number): (number | null)[] {
  if (step === 1) return [...samples];
  const points: (number | null)[] = [];
  for (let index = 0; index < samples.length; index += step) {
    const last = points.at(-1) ?? null;
    let chosen: number | null = null;
    for (const sample of samples.slice(index, index + step)) {
      if (sample === null) continue;
      if (chosen === null || last === null || Math.abs(sample - last) > Math.abs(chosen - last)) chosen = sample;
    }
    points.push(chosen);
  }
  return points;
}
