import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { WaveWindow } from '../../../shared/contract/board/waves.ts';
import type { SessionId } from '../../../shared/values/ids.ts';
import { useRoom } from '../../live/room-context.tsx';
import { useMedia } from '../../live/use-media.ts';
import { waveName, wavesText } from '../../text/waves.ts';
import { Button } from '../button.tsx';
import { useBox } from '../timeline/use-box.ts';
import { rangeOf } from './wave-ring.ts';
import { roomForWaves, seriesOf } from './wave-strip.tsx';
import { clearedCanvas, drawTrace } from './wave-trace.ts';
import styles from './wave-strip.module.css';
import { ReadFailed } from '../act/read-failed.tsx';

interface RecordedWavesProps {
  readonly sessionId: SessionId;
  /** The instant that is read on the timeline, or was last; null while none was. */
  readonly atMs: number | null;
  readonly second: (ms: number) => string;
}

const windowMs = 20_000;
/** Windows begin on these, so that a moving crosshair asks for few of them. */
const gridMs = 5000;
const rowsMax = 2;

/** A recorded session's waveforms around the instant being read, on demand; nothing where there are none or no room. */
export function RecordedWaves({ sessionId, atMs, second }: RecordedWavesProps) {
  const { client } = useRoom();
  const hasRoom = useMedia(roomForWaves);
  const [open, setOpen] = useState(false);
  const wantedMs = atMs === null ? 0 : Math.max(0, Math.round((atMs - windowMs / 2) / gridMs) * gridMs);
  const fromMs = useSettled(open ? wantedMs : 0);
  const read = useQuery({
    queryKey: ['waves', sessionId, fromMs],
    queryFn: () => client.session.waves({ sessionId, fromMs, lengthMs: windowMs }),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
    enabled: hasRoom,
  });
  if (hasRoom && read.data === undefined) return <ReadFailed of={read} words={wavesText.failed} />;
  if (!hasRoom || read.data?.any !== true) return null;
  if (!open) {
    return (
      <section className={styles.hidden} aria-label={wavesText.strip}>
        <Button kind="quiet" onPress={() => setOpen(true)}>
          {wavesText.show}
        </Button>
      </section>
    );
  }
  const signals = atMs === null ? [] : read.data.signals.slice(0, rowsMax);
  return (
    <section className={styles.recorded} aria-label={wavesText.strip}>
      <div className={styles.rows}>
        {signals.map((signal) => (
          <RecordedRow
            key={`${signal.monitorId} ${signal.metric} ${signal.periodMs}`}
            signal={signal}
            fromMs={fromMs}
            atMs={atMs}
            second={second}
          />
        ))}
        {signals.length === 0 && (
          <p className={styles.words} role="status">
            {read.isError ? wavesText.failed : atMs === null ? wavesText.point : wavesText.noneHere(second(atMs))}
          </p>
        )}
      </div>
      <Button kind="quiet" label={wavesText.hideSpoken} onPress={() => setOpen(false)}>
        {wavesText.hide}
      </Button>
    </section>
  );
}

interface RecordedRowProps {
  readonly signal: WaveWindow['signals'][number];
  readonly fromMs: number;
  readonly atMs: number | null;
  readonly second: (ms: number) => string;
}

function RecordedRow({ signal, fromMs, atMs, second }: RecordedRowProps) {
  const [box, measured] = useBox();
  const canvas = useRef<HTMLCanvasElement>(null);
  const name = waveName(signal.metric);
  useEffect(() => {
    const range = rangeOf(signal.pieces.flatMap((piece) => piece.points));
    const context = canvas.current === null || box === null ? null : clearedCanvas(canvas.current, box.width, box.height);
    if (context === null || canvas.current === null || box === null || range === null) return;
    const style = window.getComputedStyle(canvas.current);
    const frame = { ...box, fromMs, toMs: fromMs + windowMs, range, colour: style.color };
    for (const { atMs: startMs, points } of signal.pieces) drawTrace(context, { points, periodMs: signal.periodMs, startMs }, frame);
    if (atMs === null) return;
    context.fillStyle = style.getPropertyValue('--text2');
    context.fillRect(((atMs - fromMs) / windowMs) * box.width, 0, 1, box.height);
  }, [box, signal, fromMs, atMs]);
  return (
    <div className={styles.row} data-signal={seriesOf(signal.metric)}>
      <p className={styles.name}>
        <strong>{name}</strong>
        <span>{second(fromMs)}</span>
      </p>
      <div className={styles.plot} ref={measured}>
        <canvas
          ref={canvas}
          className={styles.canvas}
          role="img"
          aria-label={wavesText.recorded(name, second(fromMs), second(fromMs + windowMs))}
        />
      </div>
    </div>
  );
}

const settleMs = 150;

/** A value that has stood for a moment: a crosshair that is dragged asks for no window on its way. */
function useSettled(value: number): number {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
