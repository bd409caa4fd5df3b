import type { TrendColumns } from '../../shared/clinical/measured-vitals.ts';
import type { FeedMessage, RoomBoard } from '../../shared/contract/board/room-board.ts';

/**
 * The page's one copy of what the room service says. Only the feed writes it; nothing here is worked out or
 * guessed. A tap shows "saving" until its event comes back through here.
 */
export interface LiveState {
  readonly board: RoomBoard | null;
  readonly link: PageLink;
  /** `performance.now()` of the newest message, and the service's clock in it. */
  readonly heard: { readonly atMs: number; readonly serviceMs: number; readonly rate: number } | null;
}

/** The page's link to the room service, judged by the page's own clock: a port may never report its close. */
export type PageLink =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  /** Nothing heard for too long: the page cannot say that anything is being recorded. */
  | { readonly state: 'lost'; readonly sinceMs: number; readonly why: string }
  /** The service said why it cannot run. */
  | { readonly state: 'refused'; readonly code: string; readonly message: string };

export interface LiveStore {
  getState(): LiveState;
  subscribe(task: () => void): () => void;
  /** Applies a feed message; returns false where a number is missing, so that the reader asks for a snapshot. */
  take(message: FeedMessage, heardAtMs: number): boolean;
  setLink(link: PageLink): void;
}

export function createLiveStore(): LiveStore {
  let state: LiveState = { board: null, link: { state: 'connecting' }, heard: null };
  let lastNumber: number | null = null;
  const subscribers = new Set<() => void>();
  const put = (next: LiveState): void => {
    state = next;
    for (const task of subscribers) task();
  };

  return {
    getState: () => state,
    subscribe(task) {
      subscribers.add(task);
      return () => subscribers.delete(task);
    },
    take(message, heardAtMs) {
      const board = nextBoard(state.board, lastNumber, message);
      if (board === null) return false;
      lastNumber = message.number;
      const { now, rate } = board.clock;
      put({ board, link: { state: 'live' }, heard: { atMs: heardAtMs, serviceMs: now.utcMs, rate } });
      return true;
    },
    setLink(link) {
      put({ ...state, link });
    },
  };
}

function nextBoard(board: RoomBoard | null, lastNumber: number | null, message: FeedMessage): RoomBoard | null {
  if (message.kind === 'snapshot') return message.board;
  if (board === null || lastNumber === null || message.number !== lastNumber + 1) return null;
  const trend = message.trendTail === undefined ? board.trend : appendTrend(board.trend, message.trendTail);
  const next = { ...board, ...definedOnly(message.sections), trend };
  if (message.sessionChange === undefined) return next;
  // Fields of a session that this page does not have: it has missed something.
  if (next.session === null) return null;
  return { ...next, session: { ...next.session, ...definedOnly(message.sessionChange) } };
}

function definedOnly<T extends object>(sections: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(sections).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

/** The tail starts where the columns end; a first tail starts them. */
function appendTrend(trend: TrendColumns | null, tail: TrendColumns): TrendColumns {
  if (trend === null || trend.length === 0) return tail;
  const columns: TrendColumns['columns'] = { ...trend.columns };
  for (const [metric, values] of Object.entries(tail.columns) as [keyof TrendColumns['columns'], (number | null)[]][]) {
    columns[metric] = [...trend.columns[metric], ...values];
  }
  if (tail.breaks === undefined) return { ...trend, columns, length: trend.length + tail.length };
  const breaks: NonNullable<TrendColumns['breaks']> = { ...trend.breaks };
  for (const [metric, times] of Object.entries(tail.breaks) as [keyof TrendColumns['columns'], number[]][]) {
    breaks[metric] = [...(breaks[metric] ?? []), ...times];
  }
  return { ...trend, columns, breaks, length: trend.length + tail.length };
}
