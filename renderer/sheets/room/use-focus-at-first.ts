import { useEffect, useRef, type RefObject } from 'react';

/** For the part of a sheet that takes the place of another: the button that led here is gone, so the keys go on from its top, or from a field that took them. */
export function useFocusAtFirst(): RefObject<HTMLDivElement | null> {
  const view = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (view.current?.contains(document.activeElement) !== true) view.current?.focus();
  }, []);
  return view;
}
