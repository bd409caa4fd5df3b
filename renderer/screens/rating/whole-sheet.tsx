import { useEffect, useRef } from 'react';
import type { Instrument } from '../../../shared/clinical/instrument.ts';
import { ratingText } from '../../text/rating.ts';
import { valuesOf } from './answer-values.ts';
import type { Answers } from './rating-progress.ts';
import { shortFormItems } from './rating-cells.tsx';
import styles from './whole-sheet.module.css';

export interface WholeSheetProps {
  readonly instrument: Instrument;
  readonly answers: Answers;
  readonly isSending: (position: number) => boolean;
  readonly position: number;
  readonly onAnswer: (position: number, value: number) => void;
}

/** All items in one list, for those who have filled in the paper form first. */
export function WholeSheet({ instrument, answers, isSending, position, onAnswer }: WholeSheetProps) {
  const short = shortFormItems(instrument);
  const current = useRef<HTMLLIElement>(null);
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'center' });
  }, [position]);
  return (
    <ol className={styles.list} tabIndex={0} aria-label={ratingText.wholeSheet}>
      {instrument.items.map((item, index) => (
        <li key={item.number} ref={index === position ? current : undefined} className={styles.row} data-current={index === position}>
          <span className={styles.number} data-short={short.includes(item.number)}>
            {item.number}
          </span>
          <span className={styles.label}>{item.label}</span>
          <span className={styles.values} role="group" aria-label={ratingText.answers(item.number)}>
            {valuesOf(item).map((value) => (
              <button
                key={value}
                type="button"
                className={styles.value}
                aria-pressed={answers[index] === value}
                data-saving={isSending(index) && answers[index] === value}
                onClick={() => onAnswer(index, value)}
              >
                {value}
              </button>
            ))}
          </span>
        </li>
      ))}
    </ol>
  );
}
