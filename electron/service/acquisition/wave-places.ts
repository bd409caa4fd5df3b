import type { MonitorId } from '../../../shared/values/ids.ts';
import type { Instant } from '../../../shared/values/instant.ts';
import type { Wave } from '../drivers/driver.ts';

/** A piece of a waveform with its place in time. */
export interface PlacedWave {
  readonly monitorId: MonitorId;
  readonly monitorName: string;
  readonly wave: Wave;
  /** Of its first sample, by the room's clock. */
  readonly at: Instant;
  /** Of its first sample, monotonic. */
  readonly monoMs: number;
  /** It comes directly after the piece before it, after `missing` samples that the monitor counted and that did not arrive. */
  readonly follows: boolean;
  readonly missing: number;
}

/** What one monitor said in one chunk of bytes, in stream order. */
export interface ArrivedWaves {
  readonly monitorId: MonitorId;
  readonly monitorName: string;
  readonly waves: readonly Wave[];
  readonly received: Instant;
  readonly monoMs: number;
  /** Counts the openings of the port: samples of one opening are not joined to those of the one before. */
  readonly opening: number;
}

/** Without a count of samples a piece this late begins after a gap. Chunks are a third of a second apart at most. */
const lateMs = 600;
/** With a count: a hole up to this long is filled with missing samples, a longer one is a gap. */
const filledMs = 1000;
/** A stated count may differ from what the clock says by so much before the clock is believed. */
const countTrustMs = 2000;
/** A monitor that sends faster than it states is placed no further than this into the future. */
const aheadMsMax = 10_000;
/** The monitor's clock and ours run apart; a piece moves by no more than this part of its length. */
const driftShare = 0.01;
/** Any real signal: 1 kHz down to a sample in five seconds. */
const [periodMsMin, periodMsMax] = [1, 5000];
const samplesMax = 10_000;
/** A monitor gives a dozen at most. */
const signalsMax = 64;

interface Track {
  readonly opening: number;
  readonly unit: string;
  readonly periodMs: number;
  /** Where the next sample belongs: monotonic, and on the monitor's own count. */
  readonly endMs: number;
  readonly nextSample: number | null;
}

/**
 * Gives each piece of a waveform its place in time. The samples of a run lie at equal distances; the monitor's own
 * count says where some are missing, and where it states none, the time of arrival does.
 */
export class WavePlaces {
  readonly #tracks = new Map<string, Track>();
  #dropped = 0;

  /** Samples that could not be placed, since the last call: of no real signal, or sent faster than they say. */
  takeDropped(): number {
    const dropped = this.#dropped;
    this.#dropped = 0;
    return dropped;
  }

  forget(monitorId: MonitorId): void {
    for (const key of this.#tracks.keys()) if (key.startsWith(`${monitorId}/`)) this.#tracks.delete(key);
  }

  place(arrived: ArrivedWaves): PlacedWave[] {
    // What arrives at once was sent one after the other: the last sample of each signal is the newest.
    const restMs = new Map<string, number>();
    for (const wave of arrived.waves) if (isPlaceable(wave)) restMs.set(wave.metric, (restMs.get(wave.metric) ?? 0) + lengthMs(wave));
    const placed: PlacedWave[] = [];
    for (const wave of arrived.waves) {
      if (!isPlaceable(wave)) {
        this.#dropped += wave.samples.length;
        continue;
      }
      const rest = restMs.get(wave.metric) ?? 0;
      restMs.set(wave.metric, rest - lengthMs(wave));
      const piece = this.#placeOne(arrived, wave, arrived.monoMs - rest);
      if (piece === null) this.#dropped += wave.samples.length;
      else placed.push(piece);
    }
    return placed;
  }

  #placeOne(arrived: ArrivedWaves, wave: Wave, observedMs: number): PlacedWave | null {
    const { monitorId, monitorName, received, monoMs, opening } = arrived;
    const key = `${monitorId}/${wave.metric}`;
    const track = this.#tracks.get(key);
    if (track === undefined && this.#tracks.size >= signalsMax) return null;
    if (track !== undefined && observedMs < track.endMs - aheadMsMax) return null;
    const { startMs, follows, missing } = startOf(track, wave, opening, observedMs);
    this.#tracks.set(key, {
      opening,
      unit: wave.unit,
      periodMs: wave.periodMs,
      endMs: startMs + (missing + wave.samples.length) * wave.periodMs,
      nextSample: wave.firstSample === undefined ? null : wave.firstSample + wave.samples.length,
    });
    const firstMs = startMs + missing * wave.periodMs;
    const at = { utcMs: Math.round(received.utcMs - (monoMs - firstMs)), offsetMin: received.offsetMin };
    return { monitorId, monitorName, wave, at, monoMs: firstMs, follows, missing };
  }
}

interface Start {
  /** Monotonic, of the first sample or of the missing ones before it. */
  readonly startMs: number;
  readonly follows: boolean;
  readonly missing: number;
}

function startOf(track: Track | undefined, wave: Wave, opening: number, observedMs: number): Start {
  if (track === undefined) return { startMs: observedMs, follows: false, missing: 0 };
  const gap = { startMs: Math.max(track.endMs, observedMs), follows: false, missing: 0 };
  if (track.opening !== opening || track.unit !== wave.unit || track.periodMs !== wave.periodMs) return gap;
  const offMs = observedMs - track.endMs;
  const driftMsMax = lengthMs(wave) * driftShare;
  const missing = wave.firstSample === undefined || track.nextSample === null ? null : wave.firstSample - track.nextSample;
  if (missing === null) {
    return offMs > lateMs ? gap : { startMs: track.endMs + clamp(offMs, driftMsMax), follows: true, missing: 0 };
  }
  const missingMs = missing * wave.periodMs;
  if (missing < 0) return gap;
  // The count went on although time passed without samples: the monitor paused its output, or the count is not one of samples.
  if (offMs - missingMs > countTrustMs) return gap;
  if (missingMs <= filledMs) return { startMs: track.endMs + clamp(offMs - missingMs, driftMsMax), follows: true, missing };
  const countedMs = track.endMs + missingMs;
  return Math.abs(countedMs - observedMs) <= countTrustMs ? { startMs: countedMs, follows: false, missing: 0 } : gap;
}

function isPlaceable({ periodMs, samples, firstSample }: Wave): boolean {
  const isCount = firstSample === undefined || Number.isSafeInteger(firstSample);
  return periodMs >= periodMsMin && periodMs <= periodMsMax && samples.length > 0 && samples.length <= samplesMax && isCount;
}

function lengthMs({ samples, periodMs }: Wave): number {
  return samples.length * periodMs;
}

function clamp(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value));
}
