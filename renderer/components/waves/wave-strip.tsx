import { minutesAndSeconds } from '../../../shared/values/clock-time.ts';
import { useEffect, useRef } from 'react';
import type { RoomBoard } from '../../../shared/contract/board/room-board.ts';
import type { WaveView } from '../../../shared/contract/board/waves.ts';
import { serviceNowMs, useBoard, useRoom, useServiceNow } from '../../live/room-context.tsx';
import { useMedia } from '../../live/use-media.ts';
import { useWavesShown } from '../../live/use-waves-shown.ts';
import { waveName, wavesText } from '../../text/waves.ts';
import { Button } from '../button.tsx';
import { useBox, type Box } from '../timeline/use-box.ts';
import { easedRange, joinWave, rangeOf, type ValueRange, type WaveRing } from './wave-ring.ts';
import { clearedCanvas, drawTrace } from './wave-trace.ts';
import styles from './wave-strip.module.css';

/** A low window keeps its height for the timeline and the figures. */
export const roomForWaves = '(min-height: 1001px) and (min-width: 1100px)';
const windowMs = 10_000;
/** How far the strip is behind: the feed brings samples in pieces, and the line must not run out between two. */
const behindMs = 1300;
const frameMs = 66;
const calmFrameMs = 1000;
/** A gap in the line that is worth words. */
const quietMs = 3000;
/** Faster than this (a demonstration that plays into the present) no line can be followed. */
const rateMax = 2;

type Signal = Pick<WaveView, 'monitorId' | 'monitorName' | 'metric'>;
const rowsMax = 2;

/** The waveforms as they come, at the foot of the timeline; nothing where there is none or no room. */
export function WaveStrip() {
  const hasRoom = useMedia(roomForWaves);
  const { shown, setShown } = useWavesShown();
  const list = useBoard(signalList);
  const signals = (list === '' ? [] : JSON.parse(list)) as Signal[];
  if (!hasRoom || signals.length === 0) return null;
  if (!shown) {
    return (
      <section className={styles.hidden} aria-label={wavesText.strip}>
        <Button kind="quiet" onPress={() => setShown(true)}>
          {wavesText.show}
        </Button>
      </section>
    );
  }
  return (
    <section className={styles.strip} aria-label={wavesText.strip}>
      <div className={styles.rows}>
        {signals.slice(0, rowsMax).map((signal) => (
          <WaveRow key={`${signal.monitorId} ${signal.metric}`} signal={signal} />
        ))}
      </div>
      <Button kind="quiet" label={wavesText.hideSpoken} onPress={() => setShown(false)}>
        {wavesText.hide}
      </Button>
    </section>
  );
}

/** The signals as one text, so that the strip's frame is drawn again when a signal changes and not with each sample. */
function signalList({ waves }: RoomBoard): string {
  const signals = waves.map(({ monitorId, monitorName, metric }): Signal => ({ monitorId, monitorName, metric }));
  return signals.length === 0 ? '' : JSON.stringify(signals);
}

function WaveRow({ signal }: { readonly signal: Signal }) {
  const [box, measured] = useBox();
  const canvas = useRef<HTMLCanvasElement>(null);
  const name = waveName(signal.metric);
  useLiveTrace(canvas, signal, box);
  return (
    <div className={styles.row} data-signal={seriesOf(signal.metric)}>
      <p className={styles.name}>
        <strong>{name}</strong>
        <span>{signal.monitorName}</span>
      </p>
      <div className={styles.plot} ref={measured}>
        <canvas ref={canvas} className={styles.canvas} role="img" aria-label={wavesText.live(name, signal.monitorName)} />
        <QuietWords signal={signal} name={name} />
      </div>
    </div>
  );
}

/** Why the line is broken now, in words. */
function QuietWords({ signal, name }: { readonly signal: Signal; readonly name: string }) {
  const endMs = useBoard(({ waves }) => lastValueMs(waves.find((wave) => isOf(wave, signal))));
  const isFast = useBoard(({ clock }) => clock.rate > rateMax);
  const nowMs = useServiceNow();
  if (isFast) return <p className={styles.quiet}>{wavesText.fast}</p>;
  const quiet = endMs === null ? null : nowMs - endMs;
  if (quiet === null || quiet < quietMs) return null;
  return <p className={styles.quiet}>{wavesText.none(name, minutesAndSeconds(quiet))}</p>;
}

/** Of the last value in whole seconds: an absence in the newest samples counts as none. */
function lastValueMs(wave: WaveView | undefined): number | null {
  if (wave === undefined) return null;
  const back = wave.points.toReversed().findIndex((point) => point !== null);
  const ageMs = (back === -1 ? wave.points.length : back) * wave.periodMs;
  return Math.floor((wave.endMs - ageMs) / 1000) * 1000;
}

/** Draws from the store's newest samples, frame by frame, past React. */
function useLiveTrace(canvas: React.RefObject<HTMLCanvasElement | null>, signal: Signal, box: Box | null): void {
  const { store } = useRoom();
  const { monitorId, metric } = signal;
  useEffect(() => {
    if (box === null) return undefined;
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)');
    let ring: WaveRing | null = null;
    let taken: WaveView | null = null;
    let range: ValueRange | null = null;
    let drawnMs = -Infinity;
    let frame = 0;
    const draw = (atMs: number): void => {
      frame = window.requestAnimationFrame(draw);
      if (atMs - drawnMs < (calm.matches ? calmFrameMs : frameMs)) return;
      const passedMs = Number.isFinite(drawnMs) ? atMs - drawnMs : 0;
      drawnMs = atMs;
      const state = store.getState();
      const view = state.board?.waves.find((wave) => wave.monitorId === monitorId && wave.metric === metric);
      if (view !== undefined && view !== taken) {
        ring = joinWave(ring, view, windowMs + behindMs + 2000);
        taken = view;
      }
      const context = canvas.current === null ? null : clearedCanvas(canvas.current, box.width, box.height);
      if (context === null || canvas.current === null || ring === null || (state.board?.clock.rate ?? 1) > rateMax) return;
      range = easedRange(range, rangeOf(ring.points), passedMs);
      if (range === null) return;
      const toMs = serviceNowMs(state) - behindMs;
      const colour = window.getComputedStyle(canvas.current).color;
      const trace = { points: ring.points, periodMs: ring.periodMs, startMs: ring.endMs - ring.points.length * ring.periodMs };
      drawTrace(context, trace, { ...box, fromMs: toMs - windowMs, toMs, range, colour });
    };
    frame = window.requestAnimationFrame(draw);
    return () => window.cancelAnimationFrame(frame);
  }, [box, canvas, metric, monitorId, store]);
}

function isOf(wave: WaveView, { monitorId, metric }: Signal): boolean {
  return wave.monitorId === monitorId && wave.metric === metric;
}

/** Which of the steady series colours a signal has. */
export function seriesOf(metric: string): 'spo2' | 'resp' | 'pulse' | 'other' {
  if (metric === 'pleth') return 'spo2';
  if (metric === 'co2' || metric.startsWith('resp')) return 'resp';
  return metric.startsWith('ecg') ? 'pulse' : 'other';
}
