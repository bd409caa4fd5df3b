import { createContext, useContext, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { createKeyLayers, type KeyLayer, type KeyTask } from './key-layers.ts';
import { isTyping } from './typing.ts';

/** The layers of the one page there is. Nothing else on the page listens for keys of the window. */
const layers = createKeyLayers<KeyboardEvent>();
const Layer = createContext<KeyLayer<KeyboardEvent>>(layers.page);

let listeners = 0;
const hear = (event: KeyboardEvent): void => layers.hear(event, isTyping(event.target));

/**
 * Hears keys of the window, while this part of the page is drawn and its layer is the topmost one; never those typed
 * into a field, nor those with Ctrl, Alt or the command key. What it takes it marks with `preventDefault`.
 */
export function useKeys(task: KeyTask<KeyboardEvent>): void {
  useKeysOf(useContext(Layer), task);
}

/** As `useKeys`, for a layer that is laid here. */
export function useKeysOf(layer: KeyLayer<KeyboardEvent>, task: KeyTask<KeyboardEvent>): void {
  const latest = useRef(task);
  // With what is drawn, and not a moment after: whoever sees a pad may type.
  useLayoutEffect(() => {
    latest.current = task;
  });
  useLayoutEffect(() => {
    const forget = layers.listen(layer, (event) => latest.current(event));
    if (listeners === 0) window.addEventListener('keydown', hear);
    listeners += 1;
    return () => {
      forget();
      listeners -= 1;
      if (listeners === 0) window.removeEventListener('keydown', hear);
    };
  }, [layer]);
}

/** Hears one key wherever it is pressed, also in a field and over every layer. For a key that types nothing. */
export function useKeyAnywhere(key: string, task: () => void): void {
  const latest = useRef(task);
  useLayoutEffect(() => {
    latest.current = task;
  });
  useLayoutEffect(() => {
    const hearIt = (event: KeyboardEvent): void => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current();
    };
    window.addEventListener('keydown', hearIt, { capture: true });
    return () => window.removeEventListener('keydown', hearIt, { capture: true });
  }, [key]);
}

/** Hears every key before anything else does, but those typed into a field. What it takes it keeps from going on. */
export function useEveryKey(task: KeyTask<KeyboardEvent>): void {
  const latest = useRef(task);
  useLayoutEffect(() => {
    latest.current = task;
  });
  useLayoutEffect(() => {
    const hearIt = (event: KeyboardEvent): void => {
      if (!isTyping(event.target)) latest.current(event);
    };
    window.addEventListener('keydown', hearIt, { capture: true });
    return () => window.removeEventListener('keydown', hearIt, { capture: true });
  }, []);
}

/** This key belonged to a PIN: digits that go on from it after its sheet has closed press nothing. */
export const pinTyped = (event: Pick<KeyboardEvent, 'timeStamp'>): void => layers.pinTyped(event);

/** A layer over everything that is drawn already, for as long as its owner is. */
export function useKeyLayer(): KeyLayer<KeyboardEvent> {
  const [layer] = useState<KeyLayer<KeyboardEvent>>(() => ({ tasks: [] }));
  useLayoutEffect(() => layers.lay(layer), [layer]);
  return layer;
}

/** What is within hears the keys of this layer. */
export function WithinKeyLayer({ layer, children }: { readonly layer: KeyLayer<KeyboardEvent>; readonly children: ReactNode }) {
  return <Layer value={layer}>{children}</Layer>;
}
