import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { RoomBoard } from '../../../shared/contract/board/room-board.ts';
import { clockTimeAt, type ClockTime, minutesAndSeconds } from '../../../shared/values/clock-time.ts';
import { formatsUnchosen } from '../../../shared/values/formats.ts';
import type { LiveState, PageLink } from '../../live/live-store.ts';
import { serviceNowMs, useLive, useRoom } from '../../live/room-context.tsx';
import { notLetIn, type NotLetIn } from '../../text/connection.ts';
import { notRecordingText } from '../../text/page.ts';
import { Icon } from '../icon.tsx';
import { useKeyLayer } from '../keys/key-layer.tsx';
import styles from './not-recording.module.css';

/** Minutes east of UTC of this workstation, until the room has said its own. */
const ownOffsetMin = -new Date().getTimezoneOffset();

/** Why nothing can be said to be recorded, in words. */
interface NotRecordingView {
  readonly title: string;
  readonly message: string;
  readonly sinceMs: number | null;
  readonly steps: readonly string[];
  /** Until when everything is on disk, as far as it is known. */
  readonly keptUntilMs: number | null;
}

/** null while the record is being kept. A page that still connects for the first time has a screen of its own. */
export function notRecordingView(link: PageLink, board: RoomBoard | null): NotRecordingView | null {
  const words = notRecordingText;
  const keptUntilMs = board?.recording.state === 'recording' ? board.recording.lastWriteMs : null;
  if (link.state === 'refused') {
    const { title, steps } = isNotLetIn(link.code) ? notLetIn[link.code] : words.refused;
    return { title, message: link.message, sinceMs: null, steps, keptUntilMs: null };
  }
  if (link.state === 'lost' && board !== null) {
    return { title: words.lost.title, message: words.lost.words, sinceMs: link.sinceMs, steps: words.lost.steps, keptUntilMs };
  }
  if (board?.recording.state === 'stopped') {
    const { code, message, sinceMs } = board.recording;
    return { title: words.stopped.title, message, sinceMs, steps: words.stopped[code], keptUntilMs: sinceMs };
  }
  return null;
}

function isNotLetIn(code: string): code is NotLetIn {
  return Object.hasOwn(notLetIn, code);
}

/** Lies over the whole page while nothing is recorded, and says so. It needs no answer and goes away when recording goes on. */
export function NotRecording({ children }: { readonly children: ReactNode }) {
  const link = useLive((state) => state.link);
  const board = useLive((state) => state.board);
  const view = notRecordingView(link, board);
  return (
    <>
      {/* Stays drawn, so that what is being typed is still there afterwards. */}
      <div className={styles.behind} inert={view !== null}>
        {children}
      </div>
      {view === null ? null : (
        <Cover view={view} clock={clockTimeAt(board?.clock.now.offsetMin ?? ownOffsetMin, board?.room.formats ?? formatsUnchosen)} />
      )}
    </>
  );
}

function Cover({ view, clock }: { readonly view: NotRecordingView; readonly clock: ClockTime }) {
  const words = notRecordingText;
  const nowMs = useCoverNow();
  const cover = useRef<HTMLDivElement>(null);
  // Keys reach nothing behind the cover, because nothing of it would be recorded.
  useKeyLayer();
  useEffect(() => {
    const before = document.activeElement;
    cover.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <div
      ref={cover}
      className={styles.cover}
      role="alertdialog"
      aria-modal="true"
      aria-labelledby="not-recording"
      aria-describedby="not-recording-why"
      tabIndex={-1}
    >
      <div className={styles.card}>
        <div className={styles.head}>
          <Icon name="disk-stopped" size={72} className={styles.icon} />
          <div>
            <p className={styles.kind}>{words.title}</p>
            <h1 id="not-recording" className={styles.title}>
              {view.title}
            </h1>
            {view.sinceMs === null ? null : (
              <p className={styles.since}>
                {words.since(clock.second(view.sinceMs), minutesAndSeconds(Math.max(0, nowMs - view.sinceMs)))}
              </p>
            )}
          </div>
        </div>
        <p id="not-recording-why" className={styles.message}>
          {view.message}
        </p>
        <section className={styles.steps} aria-labelledby="not-recording-steps">
          <h2 id="not-recording-steps">{words.whatToDo}</h2>
          <ol>
            {[words.watch, words.paper, ...view.steps].map((step, index) => (
              <li key={step}>
                <span aria-hidden="true">{index + 1}</span>
                <p>{step}</p>
              </li>
            ))}
          </ol>
        </section>
        {view.keptUntilMs === null ? null : <p className={styles.kept}>{words.kept(clock.second(view.keptUntilMs))}</p>}
      </div>
    </div>
  );
}

/** Counts on although the service is silent. */
function useCoverNow(): number {
  const { store } = useRoom();
  const [nowMs, setNowMs] = useState(() => coverNowMs(store.getState()));
  useEffect(() => {
    const timer = setInterval(() => setNowMs(coverNowMs(store.getState())), 500);
    return () => clearInterval(timer);
  }, [store]);
  return nowMs;
}

/** The room's time, run on at the pace of seconds where the room does not say it any more. */
export function coverNowMs(state: LiveState): number {
  if (state.heard === null) return Date.now();
  return serviceNowMs(state.link.state === 'lost' ? { ...state, heard: { ...state.heard, rate: 1 } } : state);
}
