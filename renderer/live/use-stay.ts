import { useEffect } from 'react';
import { useRoom } from './room-context.tsx';
import { seatOf } from './seat-store.ts';

/** Far below the five minutes after which a seat is given up, and no more than a call now and then. */
const tellMs = 20_000;

/** Tells the service that somebody touches this page, so that their seat is not given up while they read or type and record nothing. */
export function useStay(): void {
  const { client } = useRoom();
  useEffect(() => {
    let toldMs = -tellMs;
    const touched = (): void => {
      const nowMs = performance.now();
      if (nowMs - toldMs < tellMs || seatOf(client).getPerson() === null) return;
      toldMs = nowMs;
      void client.staff.stay().catch(() => undefined);
    };
    const acts = ['keydown', 'pointerdown', 'wheel'] as const;
    for (const act of acts) window.addEventListener(act, touched, { capture: true, passive: true });
    return () => {
      for (const act of acts) window.removeEventListener(act, touched, { capture: true });
    };
  }, [client]);
}
