import { useEffect, useState } from 'react';

export type TextWidth = (words: string, weight?: 400 | 600) => number;

const sizePx = 14;
const mostRemembered = 4000;
/** Where nothing can be measured (no canvas): a little wider than the typeface's average. */
const guessPx = sizePx * 0.56;

/** Widths of words in the plot's type. A new function once the fonts have arrived, so that words are placed again. */
export function useTextWidth(): TextWidth {
  const [measure, setMeasure] = useState<TextWidth>(() => createTextWidth());
  useEffect(() => {
    let here = true;
    void document.fonts.ready.then(() => {
      if (here) setMeasure(() => createTextWidth());
    });
    return () => {
      here = false;
    };
  }, []);
  return measure;
}

function createTextWidth(): TextWidth {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return (words) => words.length * guessPx;
  const family = getComputedStyle(document.body).fontFamily;
  const known = new Map<string, number>();
  return (words, weight = 400) => {
    const key = `${weight} ${words}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= mostRemembered) known.clear();
    context.font = `${weight} ${sizePx}px ${family}`;
    const width = Math.ceil(context.measureText(words).width);
    known.set(key, width);
    return width;
  };
}
