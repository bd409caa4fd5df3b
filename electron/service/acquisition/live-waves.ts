import type { WaveView } from '../../../shared/contract/board/waves.ts';
import type { MonitorId } from '../../../shared/values/ids.ts';
import type { PlacedWave } from './wave-places.ts';

/** What is kept of each signal. */
const keptMs = 10_000;
/** How much one message carries: a page keeps its own ten seconds and may miss a few messages. */
const sentMs = 3000;
/** A strip shows no more than this. */
const pointsPerSecond = 100;
/** A few strips fit a screen; the ones worth a glance first. */
const shownMax = 3;
const sendEveryMs = 500;

interface LiveWave {
  readonly monitorId: MonitorId;
  monitorName: string;
  readonly metric: string;
  unit: string;
  /** Of the points kept, which may be fewer than the samples. */
  periodMs: number;
  step: number;
  /** Samples of the point that is being gathered. */
  gathered: (number | null)[];
  points: (number | null)[];
  /** How many points there ever were. */
  endIndex: number;
  endMs: number;
}

/** The last seconds of each waveform for the screen: bounded, thinned to what a strip can show, and never recorded from. */
export class LiveWaves {
  readonly #waves = new Map<string, LiveWave>();
  #sentMs = -Infinity;

  /** Returns whether it is time to tell the readers: twice a second at most. */
  take(pieces: readonly PlacedWave[], monoMs: number, rate: number): boolean {
    for (const piece of pieces) this.#takeOne(piece);
    if (pieces.length === 0 || monoMs - this.#sentMs < sendEveryMs * rate) return false;
    this.#sentMs = monoMs;
    return true;
  }

  forget(monitorId: MonitorId): void {
    for (const [key, wave] of this.#waves) if (wave.monitorId === monitorId) this.#waves.delete(key);
  }

  views(): WaveView[] {
    const first = [...this.#waves.values()].toSorted((a, b) => rankOf(a.metric) - rankOf(b.metric)).slice(0, shownMax);
    return first.map(({ monitorId, monitorName, metric, unit, periodMs, points, endIndex, endMs }) => ({
      monitorId,
      monitorName,
      metric,
      unit,
      periodMs,
      endIndex,
      endMs: Math.round(endMs),
      points: points.slice(-Math.ceil(sentMs / periodMs)),
    }));
  }

  #takeOne({ monitorId, monitorName, wave, at, follows, missing }: PlacedWave): void {
    const key = `${monitorId}/${wave.metric}`;
    const step = Math.max(1, Math.ceil(1000 / wave.periodMs / pointsPerSecond));
    const periodMs = wave.periodMs * step;
    let live = this.#waves.get(key);
    if (live === undefined || live.periodMs !== periodMs || live.unit !== wave.unit) {
      const endIndex = live?.endIndex ?? 0;
      const { metric, unit } = wave;
      live = { monitorId, monitorName, metric, unit, periodMs, step, gathered: [], points: [], endIndex, endMs: at.utcMs };
      this.#waves.set(key, live);
    } else if (!follows) breakLine(live, at.utcMs - live.endMs);
    live.monitorName = monitorName;
    for (let index = 0; index < missing; index += 1) gather(live, null);
    for (const sample of wave.samples) gather(live, sample);
    live.endMs = at.utcMs + (wave.samples.length - live.gathered.length) * wave.periodMs;
    const kept = Math.ceil(keptMs / periodMs);
    if (live.points.length > kept) live.points = live.points.slice(-kept);
  }
}

/** The time without samples, as points without a value: the line is broken, never drawn across. */
function breakLine(live: LiveWave, gapMs: number): void {
  live.gathered = [];
  const count = Math.max(1, Math.round(Math.min(Math.max(0, gapMs), keptMs) / live.periodMs));
  for (let index = 0; index < count; index += 1) live.points.push(null);
  live.endIndex += Math.max(count, Math.round(Math.max(0, gapMs) / live.periodMs));
}

/** Of several samples that become one point, the one furthest from the last point: a spike stays a spike. */
function gather(live: LiveWave, sample: number | null): void {
  live.gathered.push(sample);
  if (live.gathered.length < live.step) return;
  const last = live.points.at(-1) ?? null;
  let chosen: number | null = null;
  for (const candidate of live.gathered) {
    if (candidate === null) continue;
    if (chosen === null || last === null || Math.abs(candidate - last) > Math.abs(chosen - last)) chosen = candidate;
  }
  live.gathered = [];
  live.points.push(chosen);
  live.endIndex += 1;
}

function rankOf(metric: string): number {
  if (metric === 'pleth') return 0;
  if (metric === 'co2') return 1;
  return metric.startsWith('ecg') ? 2 : 3;
}
