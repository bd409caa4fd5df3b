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
        if (value === null) return;
        now.onAnswer(value);
      }
      event.preventDefault();
      event.stopPropagation();
    };
    // Before the screen behind the sheet, which has other meanings for digits.
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, []);
}

/** What a key answers, or null. SUDS is asked in tens: 0 to 9 are 0 to 90, x is 100. */
export function valueOfKey(instrument: Instrument, position: number, key: string): number | null {
  const item = instrument.items[position];
  if (item === undefined) return null;
  if (key.toLowerCase() === 'x' && item.step === 10) return item.max;
  if (!/^\d$/.test(key) || item.min < 0) return null;
  const value = Number(key) * item.step;
  return value >= item.min && value <= item.max ? value : null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}
