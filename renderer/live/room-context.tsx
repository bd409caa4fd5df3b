import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { RoomClient } from '../connection/room-client.ts';
import type { RoomBoard } from '../../shared/contract/board/room-board.ts';
import type { LiveState, LiveStore } from './live-store.ts';

/** What every screen stands on: the live store and the calls. */
export interface RoomAccess {
  readonly store: LiveStore;
  readonly client: RoomClient;
}

const RoomContext = createContext<RoomAccess | null>(null);
export const RoomProvider = RoomContext.Provider;

export function useRoom(): RoomAccess {
  const room = useContext(RoomContext);
  if (room === null) throw new Error('a screen was drawn outside RoomProvider');
  return room;
}

/** The part of the live state that `select` names; draws again only when that part changed. */
export function useLive<T>(select: (state: LiveState) => T): T {
  const { store } = useRoom();
  return useSyncExternalStore(store.subscribe, () => select(store.getState()));
}

/** The board; screens are drawn only while there is one. */
export function useBoard<T>(select: (board: RoomBoard) => T): T {
  return useLive((state) => {
    if (state.board === null) throw new Error('a screen was drawn before the first snapshot');
    return select(state.board);
  });
}

/**
 * The service's time now, as far as the page can say: the newest message's clock, run on by the page's
 * monotonic clock. Draws again once a second. The only ticking source in the page.
 */
export function useServiceNow(): number {
  const { store } = useRoom();
  const [nowMs, setNowMs] = useState(() => serviceNowMs(store.getState()));
  useEffect(() => {
    const timer = setInterval(() => setNowMs(serviceNowMs(store.getState())), 250);
    return () => clearInterval(timer);
  }, [store]);
  // Whole seconds: figures step, they do not glide.
  return Math.floor(nowMs / 1000) * 1000;
}

/**
 * The service's time at which this was first drawn. Not a whole second: an act right after another would lie before it.
 */
export function useOpenedMs(): number {
  const { store } = useRoom();
  const [openedMs] = useState(() => exactNowMs(store.getState()));
  return openedMs;
}

/** This very millisecond, as a time of the service. */
export function exactNowMs(state: LiveState): number {
  return Math.ceil(serviceNowMs(state));
}

/** 0 before anything was heard. */
export function serviceNowMs(state: LiveState): number {
  if (state.heard === null) return 0;
  return state.heard.serviceMs + (performance.now() - state.heard.atMs) * state.heard.rate;
}
