import { useEffect, useRef } from 'react';
import type { Instrument } from '../../../shared/clinical/instrument.ts';

export interface AnswerKeys {
  readonly instrument: Instrument;
  readonly position: number;
  readonly onAnswer: (value: number) => void;
  readonly onFinish: () => void;
  readonly onPause: () => void;
}

/**
 * Digit keys answer while the sheet is open, wherever the focus is, but never while somebody types: the
 * therapist's line stays the therapist's. null: the keys do nothing now.
 */
export function useAnswerKeys(keys: AnswerKeys | null): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const now = latest.current;
      if (now === null || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === 'Escape') now.onPause();
      else {
        const value = valueOfKey(now.instrument, now.position, event.key);
        // A 7 on a scale that ends at 4 is a slip of the finger, not a chip of the line behind.
        if (value === null && !isFigure(event.key)) return;
        if (value !== null && !event.repeat) now.onAnswer(value);
      }
      event.preventDefault();
      event.stopPropagation();
    };
    // Before the screen behind the sheet, which has other meanings for digits.
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, []);
}

/** What a key answers, or null. Where a scale has eleven steps, 0 to 9 are the first ten and x is the last. */
export function valueOfKey(instrument: Instrument, position: number, key: string): number | null {
  const item = instrument.items[position];
  if (item === undefined || item.min < 0) return null;
  const letter = key.toLowerCase();
  if (letter === 'x' && item.min === 0 && item.max === 10 * item.step) return item.max;
  const isQuestion = item.min === 0 && item.max === 1;
  if (isQuestion && letter === 'y') return 1;
  if (isQuestion && letter === 'n') return 0;
  if (!/^\d$/.test(key)) return null;
  const value = Number(key) * item.step;
  return value >= item.min && value <= item.max ? value : null;
}

/** Figures never fall through to the room behind the sheet. */
function isFigure(key: string): boolean {
  return /^\d$/.test(key);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}
