import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { clampToScale, msAt, xOf, type TimeScale } from './time-scale.ts';

interface CrosshairControl {
  /** The instant being read; null when none is. */
  readonly readMs: number | null;
  readonly clear: () => void;
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerCancel: () => void;
    readonly onPointerLeave: (event: PointerEvent<HTMLElement>) => void;
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  };
}

const stepsMs: Readonly<Record<string, number>> = { ArrowLeft: -10_000, ArrowRight: 10_000, PageUp: -300_000, PageDown: 300_000 };
const tapPx = 10;

/**
 * Reading an instant, never one that has not come (`latestMs`): a mouse reads where it is and stops when it leaves; a finger reads where it drags and what it
 * read stays, until it taps there again; keys step 10 s, 1 min with Shift, 5 min with the page keys.
 */
export function useCrosshair(scale: TimeScale, latestMs: number): CrosshairControl {
  const [readMs, setReadMs] = useState<number | null>(null);
  const touch = useRef<{ x: number; moved: boolean; wasHere: boolean } | null>(null);
  const readable = (ms: number): number => Math.min(clampToScale(scale, ms), Math.max(scale.fromMs, latestMs));
  const instantAt = (event: PointerEvent<HTMLElement>): number => {
    const left = event.currentTarget.getBoundingClientRect().left;
    return readable(Math.round(msAt(scale, event.clientX - left + scale.leftPx) / 1000) * 1000);
  };
  const clear = (): void => setReadMs(null);
  return {
    readMs,
    clear,
    handlers: {
      onPointerDown(event) {
        if (event.pointerType === 'mouse') return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const x = event.clientX;
        const lineX = readMs === null ? null : event.currentTarget.getBoundingClientRect().left + xOf(scale, readMs) - scale.leftPx;
        touch.current = { x, moved: false, wasHere: lineX !== null && Math.abs(lineX - x) <= tapPx };
        if (!touch.current.wasHere) setReadMs(instantAt(event));
      },
      onPointerMove(event) {
        const held = touch.current;
        if (event.pointerType !== 'mouse' && held === null) return;
        if (held !== null && !held.moved && Math.abs(event.clientX - held.x) < tapPx) return;
        if (held !== null) held.moved = true;
        setReadMs(instantAt(event));
      },
      onPointerUp() {
        if (touch.current?.wasHere === true && !touch.current.moved) clear();
        touch.current = null;
      },
      onPointerCancel() {
        touch.current = null;
      },
      onPointerLeave(event) {
        if (event.pointerType === 'mouse') clear();
      },
      onKeyDown(event) {
        const stepMs = stepsMs[event.key];
        if (event.key === 'Escape' && readMs !== null) clear();
        else if (event.key === 'Home') setReadMs(scale.fromMs);
        else if (event.key === 'End') setReadMs(readable(latestMs));
        else if (stepMs !== undefined) {
          const step = event.shiftKey && Math.abs(stepMs) === 10_000 ? stepMs * 6 : stepMs;
          setReadMs(readable(readMs === null ? latestMs : readMs + step));
        } else return;
        event.preventDefault();
        event.stopPropagation();
      },
    },
  };
}
