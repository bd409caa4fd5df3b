import type { Instrument } from '../../../shared/clinical/instrument.ts';
import { useKeys } from '../../components/keys/key-layer.tsx';

interface AnswerKeys {
  readonly instrument: Instrument;
  readonly position: number;
  readonly onAnswer: (value: number) => void;
}

/**
 * Digit keys answer while the sheet is open, wherever the focus is, but never while somebody types, so that digits of
 * an observation answer nothing. null: the keys do nothing now.
 */
export function useAnswerKeys(keys: AnswerKeys | null): void {
  useKeys((event) => {
    const value = keys === null ? null : valueOfKey(keys.instrument, keys.position, event.key);
    if (keys === null || value === null) return;
    event.preventDefault();
    if (!event.repeat) keys.onAnswer(value);
  });
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
