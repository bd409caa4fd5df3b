import { useEffect, useRef, type RefObject } from 'react';

/** For the part of a sheet that takes the place of another: the button that led here is gone, so the keys go on from its top. */
export function useFocusAtFirst(): RefObject<HTMLDivElement | null> {
  const view = useRef<HTMLDivElement>(null);
  useEffect(() => view.current?.focus(), []);
  return view;
}
