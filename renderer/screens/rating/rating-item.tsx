import { useEffect, useRef } from 'react';
import type { Instrument } from '../../../shared/clinical/instrument.ts';
import { ratingText } from '../../text/rating.ts';
import { rangeOf, valuesOf } from './answer-values.ts';
import styles from './rating-item.module.css';

export interface RatingItemProps {
  readonly instrument: Instrument;
  readonly position: number;
  readonly answer: number | null;
  readonly onAnswer: (value: number) => void;
  readonly onTakeBack: () => void;
}

/** One item, five targets that a gloved finger cannot miss. End anchors in words only. */
export function RatingItem({ instrument, position, answer, onAnswer, onTakeBack }: RatingItemProps) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus({ preventScroll: true }), []);
  const item = instrument.items[position];
  if (item === undefined) return null;
  return (
    <section className={styles.item} aria-labelledby="rating-item">
      <div className={styles.itemHead}>
        <span className={styles.itemNumber} aria-hidden="true">
          {item.number}
        </span>
        <div>
          <h3 id="rating-item" className={styles.instruction} aria-live="polite">
            {ratingText.readItem(item.number)}
          </h3>
          <p className={styles.range}>{rangeOf(item)}</p>
        </div>
        {answer === null ? null : (
          <button type="button" className={styles.takeBack} onClick={onTakeBack}>
            {ratingText.takeBack}
          </button>
        )}
      </div>
      <div className={styles.targets} role="group" aria-label={ratingText.answers(item.number)}>
        {valuesOf(item).map((value, index) => {
          const anchor = item.anchors.find((candidate) => candidate.value === value)?.text;
          return (
            <button
              key={value}
              ref={index === 0 ? first : undefined}
              type="button"
              className={styles.target}
              aria-pressed={answer === value}
              onClick={() => onAnswer(value)}
            >
              <span className={styles.targetValue}>{value}</span>
              <span className={styles.targetWord}>{anchor ?? ''}</span>
            </button>
          );
        })}
      </div>
    </section>
  );
}
