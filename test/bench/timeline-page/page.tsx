import '@fontsource-variable/ibm-plex-sans';
import { useSyncExternalStore, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { Timeline } from '../../../renderer/components/timeline/timeline.tsx';
import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import type { RoomBoard } from '../../../shared/contract/board/room-board.ts';
import { formatsOfCountry } from '../../../shared/values/formats.ts';
import { clockTimeAt } from '../../../shared/values/clock-time.ts';
import { boardStates, goldenBoard, type BoardState } from '../../fixtures/boards/golden-board.ts';
import { benchLoad, loadAtSecond, type BenchMoment } from './bench-load.ts';
import { painted, startPeer } from './peer.ts';

/**
 * The timeline alone, in a container of a given size: `?state=long&theme=day&width=838&height=520`. With `?bench&hours=4`
 * it carries the load of the benchmark and steps when `window.stepTimeline()` is called; with `?peer`, uPlot draws it.
 */
declare global {
  interface Window {
    /** Draws the next second; resolves once it was painted. */
    stepTimeline?: () => Promise<void>;
  }
}

const query = new URLSearchParams(location.search);
const size = { width: Number(query.get('width') ?? 1232), height: Number(query.get('height') ?? 790) };
document.documentElement.dataset['theme'] = query.get('theme') ?? 'night';
const root = createRoot(document.getElementById('root') ?? document.body);

const hours = Number(query.get('hours') ?? 4);
if (query.has('bench')) startBench();
else if (query.has('peer')) {
  window.stepTimeline = startPeer(document.getElementById('root') ?? document.body, size, benchLoad(hours));
} else {
  const state = boardStates.find((candidate) => candidate === query.get('state')) ?? 'full';
  const board = goldenBoard({ state });
  root.render(<Framed>{timelineOf(board, state)}</Framed>);
}

function Framed({ children }: { readonly children: ReactElement }): ReactElement {
  return <div style={size}>{children}</div>;
}

function timelineOf(board: RoomBoard, state: BoardState): ReactElement {
  if (board.session === null) throw new Error('the timeline page needs a session');
  const { utcMs, offsetMin } = board.clock.now;
  const privateMarks = query.has('private')
    ? [12.3, 22.1, 31.2].map((min) => ({ key: `private ${min}`, atMs: utcMs + (min - 38) * 60_000 }))
    : [];
  return (
    <Timeline
      session={board.session}
      trend={board.trend}
      vitals={board.vitals}
      nowMs={utcMs}
      live={state !== 'finished'}
      clock={clockTimeAt(offsetMin, formatsOfCountry.uk)}
      privateMarks={privateMarks}
    />
  );
}

function startBench(): void {
  const clock = clockTimeAt(-300, formatsOfCountry.uk);
  const load = benchLoad(hours);
  let moment: BenchMoment = loadAtSecond(load, 0);
  const readers = new Set<() => void>();
  const subscribe = (reader: () => void): (() => void) => {
    readers.add(reader);
    return () => readers.delete(reader);
  };
  function Stepping(): ReactElement {
    const { session, trend, vitals, nowMs } = useSyncExternalStore(subscribe, () => moment);
    return <Timeline session={session} trend={trend} vitals={vitals} nowMs={nowMs} live clock={clock} />;
  }
  root.render(
    <Framed>
      <Stepping />
    </Framed>,
  );
  let second = 0;
  window.stepTimeline = () => {
    second += 1;
    moment = loadAtSecond(load, second);
    for (const reader of readers) reader();
    return painted();
  };
}
