import { useCallback, useEffect, useRef, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';

const holdMs = 550;
/** A finger that moves further is scrolling. */
const movePxMax = 12;

interface HoldHandlers {
  readonly onClick: (event: MouseEvent) => void;
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: () => void;
  readonly onPointerLeave: () => void;
  readonly onPointerCancel: () => void;
  readonly onContextMenu: (event: MouseEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** A tap, or the second meaning: a hold, Alt+click, or Shift+Enter. */
export function useHold(onTap: () => void, onHold: () => void): HoldHandlers {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const from = useRef<{ readonly x: number; readonly y: number }>({ x: 0, y: 0 });
  const held = useRef(false);
  const stop = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
  }, []);
  useEffect(() => stop, [stop]);
  return {
    onPointerDown: (event) => {
      held.current = false;
      stop();
      if (event.button !== 0) return;
      from.current = { x: event.clientX, y: event.clientY };
      timer.current = setTimeout(() => {
        held.current = true;
        onHold();
      }, holdMs);
    },
    onPointerMove: (event) => {
      if (Math.hypot(event.clientX - from.current.x, event.clientY - from.current.y) > movePxMax) stop();
    },
    onPointerUp: stop,
    onPointerLeave: stop,
    onPointerCancel: stop,
    // A long press on a touch screen asks for a menu.
    onContextMenu: (event) => event.preventDefault(),
    onClick: (event) => {
      stop();
      if (held.current) {
        held.current = false;
        return;
      }
      if (event.altKey) onHold();
      else onTap();
    },
    onKeyDown: (event) => {
      if (event.key !== 'Enter' || !event.shiftKey) return;
      event.preventDefault();
      onHold();
    },
  };
}
