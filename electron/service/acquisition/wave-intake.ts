import type { WaveView } from '../../../shared/contract/board/waves.ts';
import type { MonitorId } from '../../../shared/values/ids.ts';
import type { Clock, Log } from '../platform/platform.ts';
import { LiveWaves } from './live-waves.ts';
import { WavePlaces, type ArrivedWaves, type PlacedWave } from './wave-places.ts';

/** The way of waveforms through acquisition: placed in time, kept for the strip, passed on. */
export class WaveIntake {
  readonly #places = new WavePlaces();
  readonly #live = new LiveWaves();
  readonly #log: Log;
  readonly #clock: Pick<Clock, 'rate'>;

  constructor(log: Log, clock: Pick<Clock, 'rate'>) {
    this.#log = log;
    this.#clock = clock;
  }

  /** `due`: it is time to draw them again. */
  take(arrived: ArrivedWaves): { readonly pieces: readonly PlacedWave[]; readonly due: boolean } {
    const pieces = this.#places.place(arrived);
    const due = this.#live.take(pieces, arrived.monoMs, this.#clock.rate);
    const dropped = this.#places.takeDropped();
    if (dropped > 0) this.#log.warn('wave-samples-dropped', { monitorId: arrived.monitorId, dropped });
    return { pieces, due };
  }

  views(): WaveView[] {
    return this.#live.views();
  }

  forget(monitorId: MonitorId): void {
    this.#places.forget(monitorId);
    this.#live.forget(monitorId);
  }
}
