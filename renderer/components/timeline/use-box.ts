import { useLayoutEffect, useState, type RefCallback } from 'react';

export interface Box {
  readonly width: number;
  readonly height: number;
}

/** The size of an element in whole pixels, kept up to date; null before it was measured. */
export function useBox(): [Box | null, RefCallback<HTMLElement>] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [box, setBox] = useState<Box | null>(null);
  useLayoutEffect(() => {
    if (element === null) return undefined;
    const measure = (): void => {
      const width = Math.floor(element.clientWidth);
      const height = Math.floor(element.clientHeight);
      setBox((before) => (before !== null && before.width === width && before.height === height ? before : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return [box, setElement];
}
